import { HardenedDeployment, HardenedNamespace, HardenedStatefulSet, Volume } from "../../constructs/index.js";
import { IMAGE, only, problems, synth } from "./synth.js";
import type { Manifest } from "./synth.js";

function podSpecOf(manifest: Manifest): unknown {
  return (manifest["spec"] as { template: { spec: unknown } }).template.spec;
}

describe("expose", () => {
  test("makes one ClusterIP service whose selector is exactly that of the pods", () => {
    const manifests = synth((chart) => {
      const api = new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", {
        image: IMAGE,
        ports: { http: 8080, admin: 9000 },
      });
      expect(api.expose(8080, { port: 80 })).toEqual({
        serviceName: "api",
        host: "api.shop.svc.cluster.local",
        port: 80,
        targetPort: 8080,
        protocol: "TCP",
      });
      expect(api.expose(8080, { port: 80 })).toBe(api.exposedPorts[0]);
      api.expose(9000);
    });
    expect(only(manifests, "Service", "api")["spec"]).toEqual({
      type: "ClusterIP",
      selector: { "app.kubernetes.io/name": "api" },
      ports: [
        { name: "tcp-80", port: 80, targetPort: 8080, protocol: "TCP" },
        { name: "tcp-9000", port: 9000, targetPort: 9000, protocol: "TCP" },
      ],
    });
  });

  test("refuses what is not there, and two targets behind one port", () => {
    const told = problems((chart) => {
      const api = new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", {
        image: IMAGE,
        ports: { http: 8080, admin: 9000 },
      });
      api.expose();
      api.expose(1234);
      api.expose(8080, { port: 80 });
      api.expose(9000, { port: 80 });
    });
    expect(told).toEqual([
      "'expose' must say which port, got nothing. Name one of 'ports'",
      "'expose' must be a port of the workload (8080, 9000), got 1234. Name one of 'ports'",
      "'expose' must be free, but 80 leads to 8080, got 9000. Choose another 'port'",
    ]);
  });
});

describe("HardenedStatefulSet", () => {
  const manifests = synth((chart) => {
    const ns = new HardenedNamespace(chart, "shop");
    const data = Volume.claim("data", { sizeGiB: 20, storageClassName: "encrypted" });
    new HardenedStatefulSet(ns, "db", {
      image: IMAGE,
      ports: { postgres: 5432 },
      mounts: { "/var/lib/data": data },
    }).expose();
  });

  test("keeps its disks, of the class that was named", () => {
    expect(only(manifests, "StatefulSet", "db")["spec"]).toMatchObject({
      serviceName: "db-headless",
      replicas: 1,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      template: { spec: { containers: [{ volumeMounts: [{ name: "data", mountPath: "/var/lib/data" }] }] } },
      volumeClaimTemplates: [
        {
          metadata: { name: "data" },
          spec: {
            accessModes: ["ReadWriteOnce"],
            storageClassName: "encrypted",
            resources: { requests: { storage: "20Gi" } },
          },
        },
      ],
    });
    expect(podSpecOf(only(manifests, "StatefulSet", "db"))).not.toHaveProperty("volumes");
  });

  test("has a headless service for its replicas beside the one for clients", () => {
    expect(only(manifests, "Service", "db-headless")["spec"]).toMatchObject({
      clusterIP: "None",
      ports: [{ port: 5432 }],
    });
    expect(only(manifests, "Service", "db")["spec"]).toMatchObject({ type: "ClusterIP", ports: [{ port: 5432 }] });
  });

  test("a claim in a Deployment is refused", () => {
    const mounts = { "/data": Volume.claim("data", { sizeGiB: 1, storageClassName: "encrypted" }) };
    expect(
      problems(
        (chart) => new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", { image: IMAGE, mounts }),
      ),
    ).toEqual(["'mounts' must not be a claim, got 'data'. Use a HardenedStatefulSet for data that stays"]);
  });
});

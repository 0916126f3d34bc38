import {
  HardenedDeployment,
  HardenedNamespace,
  HardenedStatefulSet,
  Probe,
  RunAs,
  ServiceAccountToken,
  Volume,
} from "../../constructs/index.js";
import { DIGEST, IMAGE, problems, synth } from "./synth.js";

describe("bad input of workloads", () => {
  test("every problem of every construct is told at once, each with its path", () => {
    const build = (): unknown =>
      synth((chart) => {
        const ns = new HardenedNamespace(chart, "shop", { approvedRegistries: ["registry.example.com"] });
        const scratch = [Volume.scratch("a"), Volume.scratch("a")] as const;
        new HardenedDeployment(ns, "api", {
          image: "registry.example.com/api:1.2",
          ports: { http: 80, "Not-A-Name": 8080 },
          runAs: RunAs.uid(0),
          mounts: { tmp: scratch[0], "/b": scratch[1] },
          resources: { memoryMiB: 0.5 },
          readiness: Probe.http("healthz", { port: 9999 }),
          initContainers: [{ name: "api", image: `docker.io/other/app@${DIGEST}`, liveness: Probe.tcp(1) }],
          replicas: -1,
        });
        new HardenedDeployment(chart, "lost", { image: IMAGE });
      });
    let message = "";
    try {
      build();
    } catch (error) {
      message = (error as Error).message;
    }
    const advice = "Write it like 'registry.example.com/team/app@sha256:<64 hexadecimal digits>'";
    expect(message.split("\n  ").slice(1)).toEqual([
      `[app/shop/api] 'image' must be pinned by a digest, got 'registry.example.com/api:1.2'. ${advice}, or give a reason with ImageRef.unpinned`,
      "[app/shop/api] 'ports.http' must be a port from 1024 to 65535, got 80. A process without capabilities listens above 1023: use 8080, and expose it under the port that clients know",
      "[app/shop/api] 'ports.Not-A-Name' must be a port name, got 'Not-A-Name'. Use at most 15 lower-case letters, digits and '-', with a letter",
      "[app/shop/api] 'mounts' must be an absolute path below '/', got 'tmp'. Write it like '/var/run/app', without '..' and ':'",
      "[app/shop/api] 'resources.memoryMiB' must be a whole number from 4 to 16777216, got 0.5. Give a number in that range",
      "[app/shop/api] 'readiness.port' must be a port of the container, got 9999. Name it in 'ports'",
      "[app/shop/api] 'readiness.path' must begin with '/', got 'healthz'. Write it like '/healthz'",
      expect.stringMatching(
        /^\[app\/shop\/api\] 'initContainers\[0\]\.image' must come from an approved registry \(registry\.example\.com\), got 'docker\.io\/other\/app@/,
      ),
      "[app/shop/api] 'initContainers[0].liveness' must be absent from an init container. Make it a sidecar, or leave it out",
      "[app/shop/api] 'containers' must have names of their own, got 'api'. Rename one of the containers",
      "[app/shop/api] 'mounts' must name different volumes differently, got 'a'. Rename one, or make the volume once and mount it in both places",
      "[app/shop/api] 'runAs.uid' must be a whole number from 1 to 2147483647, got 0. Give a number in that range",
      "[app/shop/api] 'runAs.gid' must be a whole number from 1 to 2147483647, got 0. Give a number in that range",
      "[app/shop/api] 'replicas' must be a whole number from 0 to 1000, got -1. Give a number in that range",
      "[app/lost] 'namespace' must be known, got nothing. Make it inside a HardenedNamespace, or give 'namespace'",
    ]);
  });

  test("two workloads of one name in a namespace would share labels and policy", () => {
    const told = problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      new HardenedDeployment(ns, "api", { image: IMAGE });
      new HardenedStatefulSet(ns, "api-data", { name: "api", image: IMAGE });
      new HardenedDeployment(new HardenedNamespace(chart, "other"), "api", { image: IMAGE });
    });
    const line = "'name' must be the only one in its namespace, got 'shop/api'. Choose another name";
    expect(told).toEqual([line, line]);
  });

  test("the name of a StatefulSet leaves room for what Kubernetes adds", () => {
    const told = (length: number): readonly string[] =>
      problems(
        (chart) => new HardenedStatefulSet(new HardenedNamespace(chart, "shop"), "d".repeat(length), { image: IMAGE }),
      );
    expect(told(52)).toEqual([]);
    expect(told(53)).toHaveLength(1);
    expect(told(53)[0]).toContain("'name' must be a DNS label of at most 52 characters");
  });

  test("a token must leave its path free and live from ten minutes to a day", () => {
    const serviceAccountToken = ServiceAccountToken.projected({
      audience: "",
      mountPath: "/run/vault",
      expirationSeconds: 60,
      reason: "the app logs in to Vault with it",
    });
    const mounts = { "/run/vault": Volume.scratch("vault") };
    expect(
      problems(
        (chart) =>
          new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", {
            image: IMAGE,
            serviceAccountToken,
            mounts,
          }),
      ),
    ).toEqual([
      "'mounts' must leave free where the service account token or a path of the host is mounted, got '/run/vault'. Mount the volume elsewhere",
      "'serviceAccountToken.expirationSeconds' must be a whole number from 600 to 86400, got 60. Give a number in that range",
      "'serviceAccountToken.audience' must name who accepts the token, got ''. Give the audience, such as 'vault'",
    ]);
  });
});

import {
  HardenedCronJob,
  HardenedDeployment,
  HardenedNamespace,
  HardenedStatefulSet,
  Peer,
  Volume,
  WorkloadPriority,
} from "../../constructs/index.js";
import { IMAGE, only, problems, synth } from "./synth.js";

test("NodeLocal DNS by choice, beside the cluster's own", () => {
  const manifests = synth((chart) => new HardenedNamespace(chart, "shop", { dns: [Peer.dns(), Peer.nodeLocalDns()] }));
  const ports = [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ];
  expect(only(manifests, "NetworkPolicy", "allow-dns")["spec"]).toMatchObject({
    egress: [
      { to: [{ podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }], ports },
      { to: [{ ipBlock: { cidr: "169.254.20.10/32" } }], ports },
    ],
  });
});

test("no DNS at all leaves no policy that opens it", () => {
  const manifests = synth((chart) => new HardenedNamespace(chart, "shop", { dns: [] }));
  expect(manifests.filter(({ kind }) => kind === "NetworkPolicy").map(({ metadata }) => metadata.name)).toEqual([
    "default-deny",
  ]);
});

test("a quota for the pods of one priority class", () => {
  const manifests = synth(
    (chart) =>
      new HardenedNamespace(chart, "shop", { priorityQuotas: { batch: { pods: 10, cpuLimitCores: 4, memoryGiB: 8 } } }),
  );
  expect(only(manifests, "ResourceQuota", "priority-batch")["spec"]).toEqual({
    hard: { "limits.cpu": "4", "requests.memory": "8Gi", "limits.memory": "8Gi", pods: "10" },
    scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["batch"] }] },
  });
});

describe("a quota that is smaller than what its pods need at once", () => {
  test("is told, with who needs it", () => {
    const told = problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop", {
        quota: { cpuRequestCores: 1, pods: 8, memoryGiB: 2, storageGiB: 20, persistentVolumeClaims: 1 },
        priorityQuotas: { batch: { pods: 1 } },
      });
      // Five pods during an update: 100 millicores and 256 MiB for the main container, as much for the sidecar.
      new HardenedDeployment(ns, "web", { image: IMAGE, replicas: 4, sidecars: [{ name: "proxy", image: IMAGE }] });
      new HardenedStatefulSet(ns, "db", {
        image: IMAGE,
        replicas: 2,
        mounts: { "/data": Volume.claim("data", { sizeGiB: 15, storageClassName: "encrypted" }) },
        // What runs before the others counts where it is more.
        initContainers: [
          { name: "restore", image: IMAGE, resources: { cpuRequestMillicores: 400, cpuLimitMillicores: 400 } },
        ],
      });
      const { name } = new WorkloadPriority(chart, "batch", { value: -1, description: "waits" });
      new HardenedCronJob(ns, "report", {
        image: IMAGE,
        schedule: "@daily",
        completions: 3,
        parallelism: 2,
        priorityClassName: name,
      });
    });
    const all = "Deployment web, StatefulSet db, CronJob report need at once";
    const advice = "Raise the quota, or lower replicas and requests";
    expect(told).toEqual([
      `'quota.cpuRequestCores' must hold the 2000 millicores that ${all}, got 1. ${advice}`,
      `'quota.memoryGiB' must hold the 3584 MiB that ${all}, got 2. ${advice}`,
      `'quota.pods' must hold the 9 pods that ${all}, got 8. ${advice}`,
      `'quota.persistentVolumeClaims' must hold the 2 claims that ${all}, got 1. ${advice}`,
      `'quota.storageGiB' must hold the 30 GiB that ${all}, got 20. ${advice}`,
      `'priorityQuotas.batch.pods' must hold the 2 pods that CronJob report need at once, got 1. ${advice}`,
    ]);
  });

  test("is enough when it holds exactly that", () => {
    const told = problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop", { quota: { pods: 3, memoryGiB: 1 } });
      new HardenedDeployment(ns, "web", { image: IMAGE, replicas: 2, resources: { memoryMiB: 341 } });
    });
    expect(told).toEqual([]);
  });
});

test("two objects of the cluster with one name are told, both of them", () => {
  const told = problems((chart) => {
    new HardenedNamespace(chart, "shop");
    new HardenedNamespace(chart, "shop-2", { name: "shop" });
    new WorkloadPriority(chart, "other", { name: "shop", value: 1, description: "another kind" });
  });
  const line = "'name' must be the only Namespace of that name, got 'shop'. Choose another name, or make it once";
  expect(told).toEqual([line, line]);
});

import { type Chart } from "cdk8s";
import {
  AntiAffinity,
  type ClusterContract,
  DisruptionBudget,
  HardenedCronJob,
  HardenedDaemonSet,
  HardenedDeployment,
  HardenedJob,
  HardenedNamespace,
  HardenedStatefulSet,
  HostAccess,
  LifecycleHook,
  patch,
  Probe,
  Sandbox,
  SandboxedRuntime,
  ServiceAccountToken,
  SharedVolume,
  Spread,
  SystemNamespace,
  UserNamespace,
  Volume,
  WorkloadPriority,
} from "../../constructs/index.js";

/** Workloads of every kind, each with what one says most often. */
export function workloads(chart: Chart, contract: ClusterContract, digest: string): void {
  const image = (name: string): string => `${contract.registryHost}/shop/${name}@${digest}`;
  const priority = new WorkloadPriority(chart, "answers-people", { value: 1000, description: "What people wait for" });
  const shop = new HardenedNamespace(chart, "shop", {
    kubernetesVersion: contract.kubernetesVersion,
    approvedRegistries: [contract.registryHost],
    quota: { cpuRequestCores: 20, cpuLimitCores: 40, memoryGiB: 40 },
    priorityQuotas: { [priority.name]: { pods: 30 } },
  });

  const web = new HardenedDeployment(shop, "web", {
    image: image("web"),
    ports: { http: 8080 },
    readiness: Probe.http("/ready", { port: 8080 }),
    preStop: LifecycleHook.sleep(5),
    mounts: { "/tmp": Volume.scratch("tmp") },
    autoscaling: { minReplicas: 3, maxReplicas: 12 },
    disruptionBudget: DisruptionBudget.minAvailable(2),
    spread: Spread.required(),
    priorityClassName: priority.name,
  });

  new HardenedStatefulSet(shop, "orders", {
    image: image("orders"),
    replicas: 3,
    ports: { sql: 5432 },
    qosClass: "Guaranteed",
    mounts: { "/data": Volume.claim("data", { sizeGiB: 20, storageClassName: contract.storageClassName ?? "" }) },
    antiAffinity: [AntiAffinity.preferred(web)],
  });

  new HardenedJob(shop, "migrate", {
    image: image("migrate"),
    activeDeadlineSeconds: 900,
    serviceAccountToken: ServiceAccountToken.apiServer({ reason: "waits for the database's StatefulSet to be ready" }),
  });

  const reports = new SharedVolume(shop, "reports", { sizeGiB: 10, storageClassName: "efs" });
  const report = new HardenedCronJob(shop, "report", {
    image: image("report"),
    schedule: "0 6 * * mon-fri",
    timeZone: "Europe/Berlin",
    mounts: { "/reports": reports.volume },
    userNamespace: UserNamespace.host({ reason: "the reports lie on EFS, which cannot be mapped" }),
  });
  patch(report, "/spec/jobTemplate/spec/podReplacementPolicy", "Failed");
}

/** Code of strangers: in a sandbox, on nodes of its own. */
export function strangersCode(chart: Chart, image: string): void {
  const gvisor = new SandboxedRuntime(chart, "gvisor", {
    sandbox: Sandbox.gvisor(),
    nodeSelector: { "example.com/sandbox": "gvisor" },
  });
  const plugins = new HardenedNamespace(chart, "plugins");
  new HardenedDeployment(plugins, "runner", { image, runtimeClassName: gvisor.name });
}

/** An agent of the node: what it takes of the host is granted by its namespace, with the reason, and nothing else is. */
export function nodeAgent(chart: Chart, image: string): void {
  const hostAccess = [HostAccess.readPath("/var/log/pods", { reason: "collects the logs of all pods of its node" })];
  const agents = new SystemNamespace(chart, "log-agents", { hostAccess });
  new HardenedDaemonSet(agents, "agent", { image, hostAccess, tolerations: [{ key: "dedicated" }] });
}

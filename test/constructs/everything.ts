import type { Chart } from "cdk8s";
import type { NetworkEngine } from "../../constructs/index.js";
import {
  AdoptedPods,
  AntiAffinity,
  AppArmor,
  ClusterDeny,
  ClusterEngine,
  ClusterNetworkRules,
  DisruptionBudget,
  EncryptedStorageClass,
  EveryTaint,
  HardenedCronJob,
  HardenedDaemonSet,
  HardenedDeployment,
  HardenedJob,
  HardenedNamespace,
  HardenedStatefulSet,
  HostAccess,
  ImageRef,
  LifecycleHook,
  Namespaces,
  Peer,
  PodSecurity,
  Port,
  Probe,
  RootFilesystem,
  RunAs,
  Sandbox,
  SandboxedRuntime,
  Seccomp,
  ServiceAccountToken,
  SharedVolume,
  Spread,
  SystemNamespace,
  UserNamespace,
  Volume,
  WorkloadPriority,
} from "../../constructs/index.js";
import { CONTRACT, IMAGE } from "./synth.js";

const reason = "so that every form that a manifest can take is here";

/** Namespaces, workloads and connections of one engine, with every option used at least once. */
export function everythingIn(
  chart: Chart,
  networkEngine: NetworkEngine,
  name: string,
  kubernetesVersion: string,
): void {
  const ns = new HardenedNamespace(chart, name, {
    kubernetesVersion,
    networkEngine,
    quota: { cpuRequestCores: 100, cpuLimitCores: 200, memoryGiB: 400, pods: 200, storageGiB: 500 },
    priorityQuotas: { [`urgent-${name}`]: { pods: 40, memoryGiB: 100 } },
    dns: [Peer.dns(), Peer.nodeLocalDns()],
    labels: { team: name },
  });
  const urgent = new WorkloadPriority(chart, `urgent-${name}`, {
    value: 1000,
    preemption: "evict",
    description: "web",
  });
  const web = new HardenedDeployment(ns, "web", {
    image: IMAGE,
    command: ["/app"],
    args: ["--serve"],
    workingDir: "/app",
    env: { LEVEL: "info", NODE: { podField: "spec.nodeName" } },
    ports: { http: 8080, dns: Port.udp(5353) },
    mounts: {
      "/tmp": Volume.scratch("tmp"),
      "/run/keys": Volume.memory("keys").readOnly(),
      "/etc/tls": Volume.secret("tls", { secretName: "web-tls" }),
      "/etc/web": Volume.configMap("config", { configMapName: "web" }),
    },
    readiness: Probe.http("/ready", { port: 8080 }),
    liveness: Probe.grpc(8080, { service: "live" }),
    startup: Probe.exec(["/app", "check"], { failureThreshold: 30 }),
    postStart: LifecycleHook.exec("/app", "warm"),
    preStop: LifecycleHook.sleep(5),
    initContainers: [{ name: "migrate", image: IMAGE }],
    sidecars: [
      { name: "proxy", image: IMAGE, ports: { admin: 9901 }, preStop: LifecycleHook.http("/quit", { port: 9901 }) },
    ],
    runAs: RunAs.uid(20_000, 30_000),
    seccomp: Seccomp.localhost("profiles/web.json"),
    appArmor: AppArmor.localhost("web"),
    seLinux: { type: "container_t", level: "s0:c1,c2" },
    userNamespace: UserNamespace.own(),
    serviceAccountToken: ServiceAccountToken.projected({ audience: "vault", mountPath: "/run/vault", reason }),
    qosClass: "Guaranteed",
    terminationGracePeriodSeconds: 60,
    spread: Spread.required(),
    nodeSelector: { "kubernetes.io/arch": "arm64" },
    tolerations: [{ key: "web", value: "yes", effect: "NoSchedule" }, { key: "spot" }],
    priorityClassName: urgent.name,
    autoscaling: { minReplicas: 3, maxReplicas: 9, memoryUtilizationPercent: 80, cpuUtilizationPercent: 60 },
    disruptionBudget: DisruptionBudget.minAvailable(2),
    podLabels: { tier: "front" },
    podAnnotations: { note: "n" },
    labels: { part: "web" },
    updateStrategy: "Recreate",
  });
  web.expose(8080, { port: 80 });
  const storage = new EncryptedStorageClass(chart, `disks-${name}`, { kmsKeyArn: "${ringfence:volumes-key}" });
  const store = new HardenedStatefulSet(ns, "store", {
    image: ImageRef.unpinned("registry.example.com/store:1", { reason }),
    replicas: 3,
    podManagementPolicy: "Parallel",
    ports: { sql: 5432 },
    mounts: { "/data": Volume.claim("data", { sizeGiB: 10, storageClassName: storage.name }) },
    rootFilesystem: RootFilesystem.writable({ reason }),
    userNamespace: UserNamespace.host({ reason }),
    antiAffinity: [AntiAffinity.required(web), AntiAffinity.preferred(web)],
    appArmor: AppArmor.runtimeDefault(),
  });
  store.expose();
  const batch = new HardenedCronJob(ns, "report", {
    image: IMAGE,
    schedule: "*/10 2-4 * jan,mar mon-fri",
    timeZone: "Europe/Berlin",
    suspend: true,
    completions: 4,
    parallelism: 2,
    completionMode: "Indexed",
    restartPolicy: "OnFailure",
    runtimeClassName: "gvisor",
  });
  const job = new HardenedJob(ns, "import", {
    image: IMAGE,
    serviceAccountToken: ServiceAccountToken.apiServer({ reason }),
  });
  const shared = new SharedVolume(ns, "shared", { sizeGiB: 5, storageClassName: "efs" });
  const sandbox = new SandboxedRuntime(chart, `sandbox-${name}`, {
    sandbox: Sandbox.kata(),
    nodeSelector: { sandbox: "kata" },
    tolerations: [{ key: "sandbox", value: "kata", effect: "NoSchedule" }],
  });
  new HardenedDeployment(ns, "reader", {
    image: IMAGE,
    runtimeClassName: sandbox.name,
    mounts: { "/shared": shared.volume.readOnly() },
  });
  const adopted = new AdoptedPods(ns, "old", { labels: { app: "old" }, ports: [8443] });
  web.allowTo(store);
  batch.allowTo(store);
  web.allowFrom(adopted, 8080);
  web.allowFrom(Peer.loadBalancer(CONTRACT), 8080);
  web.allowFrom(Peer.prometheus(), 9901);
  web.allowTo(Peer.namespace("other", 443));
  web.allowTo(Peer.cidr("192.0.2.0/24", 443, Port.sctp(9000)));
  web.allowTo(Peer.internet([443], { reason }));
  job.allowTo(Peer.apiServer(CONTRACT));
  job.allowTo(Peer.awsEndpoint("sts", CONTRACT));
  job.usePodIdentity(CONTRACT);
  if (networkEngine.abilities.hosts) web.allowTo(Peer.host("*.example.com", 443));
  if (networkEngine.abilities.http) web.allowFrom(batch, Port.http(8080, { method: "GET", path: "/report/.*" }));
}

/** What needs more of the host, and the lower levels of Pod Security. */
export function everythingOfTheHost(chart: Chart, kubernetesVersion: string): void {
  const ns = new SystemNamespace(chart, "agents", {
    kubernetesVersion,
    hostAccess: [
      HostAccess.network({ reason }),
      HostAccess.processes({ reason }),
      HostAccess.privileged({ reason }),
      HostAccess.rootUser({ reason }),
      HostAccess.capabilities(["NET_ADMIN", "SYS_ADMIN"], { reason }),
      HostAccess.readPath("/var/log", { reason }),
      HostAccess.writePath("/var/lib/agent", { reason }),
    ],
  });
  new HardenedDaemonSet(ns, "agent", {
    image: IMAGE,
    maxUnavailable: 2,
    tolerations: [{ key: "dedicated", effect: "NoExecute" }, EveryTaint.tolerated({ reason })],
    hostAccess: [
      HostAccess.network({ reason }),
      HostAccess.processes({ reason }),
      HostAccess.rootUser({ reason }),
      HostAccess.capabilities(["NET_ADMIN"], { reason }),
      HostAccess.readPath("/var/log/pods", { reason }),
      HostAccess.writePath("/var/lib/agent", { mountPath: "/data", reason }),
    ],
  });
  new HardenedDaemonSet(ns, "driver", { image: IMAGE, hostAccess: [HostAccess.privileged({ reason })] });
  new HardenedNamespace(chart, "base", { kubernetesVersion, podSecurity: PodSecurity.baseline({ reason }) });
  new HardenedNamespace(chart, "free", { kubernetesVersion, podSecurity: PodSecurity.privileged({ reason }), dns: [] });
}

/** Guard rails of the cluster by every engine. */
export function everythingOfTheCluster(chart: Chart): void {
  const engines = {
    eks: ClusterEngine.eks(),
    upstream: ClusterEngine.upstream(),
    cilium: ClusterEngine.cilium(),
    calico: ClusterEngine.calico(),
  };
  for (const [name, engine] of Object.entries(engines)) {
    new ClusterNetworkRules(chart, `metadata-${name}`, {
      engine,
      subject: Namespaces.except("kube-system"),
      rules: [ClusterDeny.instanceMetadata()],
    });
    new ClusterNetworkRules(chart, `tenants-${name}`, {
      engine,
      subject: Namespaces.labelled("tenant", "a"),
      rules: [
        ClusterDeny.ingressFrom("from-others", Namespaces.labelledOtherThan("tenant", "a")),
        ClusterDeny.egressToNamespaces("to-others", Namespaces.all(), Port.tcp(22), Port.udp(161)),
      ],
    });
  }
}

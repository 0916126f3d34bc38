import {
  AntiAffinity,
  AppArmor,
  HardenedDeployment,
  HardenedNamespace,
  LifecycleHook,
  Probe,
  RunAs,
  Sandbox,
  SandboxedRuntime,
  Seccomp,
  SharedVolume,
  Spread,
  UserNamespace,
} from "../../constructs/index.js";
import type { HardenedDeploymentProps } from "../../constructs/index.js";
import { IMAGE, only, problems, synth } from "./synth.js";

interface Template {
  readonly template: { readonly spec: Readonly<Record<string, unknown>> };
}

function podOf(props: Partial<HardenedDeploymentProps>, version = "1.36"): Readonly<Record<string, unknown>> {
  const manifests = synth((chart) => {
    const ns = new HardenedNamespace(chart, "shop", { kubernetesVersion: version });
    new HardenedDeployment(ns, "api", { image: IMAGE, ...props });
  });
  return (only(manifests, "Deployment", "api")["spec"] as Template).template.spec;
}

const problemsOf = (props: Partial<HardenedDeploymentProps>): readonly string[] =>
  problems((chart) => new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", { image: IMAGE, ...props }));

describe("a pod's kernel", () => {
  test("profiles of the node, by name", () => {
    expect(
      podOf({
        seccomp: Seccomp.localhost("profiles/api.json"),
        appArmor: AppArmor.localhost("api"),
        seLinux: { level: "s0:c1,c2" },
      })["securityContext"],
    ).toMatchObject({
      seccompProfile: { type: "Localhost", localhostProfile: "profiles/api.json" },
      appArmorProfile: { type: "Localhost", localhostProfile: "api" },
      seLinuxOptions: { level: "s0:c1,c2" },
    });
    expect(podOf({})["securityContext"]).not.toHaveProperty("appArmorProfile");
  });

  test.each([
    ["1.36", {}, false],
    ["1.37", {}, false],
    ["1.35", {}, undefined],
    ["1.33", {}, undefined],
    ["1.33", { userNamespace: UserNamespace.own() }, false],
    ["1.36", { runtimeClassName: "gvisor" }, undefined],
    ["1.36", { userNamespace: UserNamespace.host({ reason: "its volume lies on EFS" }) }, undefined],
  ] as const)("on %s with %j, hostUsers is %s", (version, props, expected) => {
    expect(podOf(props, version)["hostUsers"]).toBe(expected);
  });

  test("the reason for the node's users stays on the object", () => {
    const manifests = synth((chart) => {
      new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", {
        image: IMAGE,
        userNamespace: UserNamespace.host({ reason: "its volume lies on EFS" }),
      });
    });
    expect(only(manifests, "Deployment", "api").metadata.annotations).toEqual({
      "ringfence.dev/relaxations": '[{"choice":"UserNamespace.host","reason":"its volume lies on EFS"}]',
    });
  });
});

describe("a pod's place", () => {
  test("zones by force, nodes by preference, apart from others, on chosen nodes", () => {
    const manifests = synth((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const other = new HardenedDeployment(new HardenedNamespace(chart, "back"), "db", { image: IMAGE });
      const near = new HardenedDeployment(ns, "cache", { image: IMAGE });
      new HardenedDeployment(ns, "api", {
        image: IMAGE,
        spread: Spread.required(),
        antiAffinity: [AntiAffinity.required(other), AntiAffinity.preferred(near)],
        nodeSelector: { disk: "fast" },
        tolerations: [{ key: "gpu" }, { key: "team", value: "shop", effect: "NoSchedule" }],
        priorityClassName: "web",
      });
    });
    const matching = (name: string): object => ({ matchLabels: { "app.kubernetes.io/name": name } });
    expect((only(manifests, "Deployment", "api")["spec"] as Template).template.spec).toMatchObject({
      priorityClassName: "web",
      nodeSelector: { disk: "fast" },
      tolerations: [
        { key: "gpu", operator: "Exists" },
        { key: "team", operator: "Equal", value: "shop", effect: "NoSchedule" },
      ],
      topologySpreadConstraints: [
        { topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" },
        { topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
      ],
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: "kubernetes.io/hostname", labelSelector: matching("db"), namespaces: ["back"] },
          ],
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: matching("cache") },
            },
          ],
        },
      },
    });
  });

  test("no spread where it is not wanted", () => {
    expect(podOf({ spread: Spread.none() })).not.toHaveProperty("topologySpreadConstraints");
  });
});

test("class Guaranteed: the request is the limit, in every container", () => {
  const pod = podOf({
    qosClass: "Guaranteed",
    resources: { cpuRequestMillicores: 750 },
    sidecars: [{ name: "proxy", image: IMAGE }],
  });
  expect(pod).toMatchObject({
    containers: [{ resources: { requests: { cpu: "750m" }, limits: { cpu: "750m" } } }],
    initContainers: [{ resources: { requests: { cpu: "100m" }, limits: { cpu: "100m" } } }],
  });
});

test("hooks and a gRPC probe", () => {
  const pod = podOf({
    ports: { grpc: 9000 },
    liveness: Probe.grpc(9000),
    postStart: LifecycleHook.exec("/app", "warm"),
    preStop: LifecycleHook.sleep(10),
  });
  expect(pod).toMatchObject({
    containers: [
      {
        livenessProbe: { grpc: { port: 9000 } },
        lifecycle: { postStart: { exec: { command: ["/app", "warm"] } }, preStop: { sleep: { seconds: 10 } } },
      },
    ],
  });
});

test("bad input is told at once", () => {
  expect(
    problemsOf({
      seccomp: Seccomp.localhost("../all"),
      appArmor: AppArmor.localhost(""),
      seLinux: { level: "secret" },
      runAs: RunAs.uid(70_000),
      qosClass: "Guaranteed",
      resources: { cpuLimitMillicores: 200 },
      tolerations: [{ key: "" }],
      preStop: LifecycleHook.sleep(30),
      postStart: LifecycleHook.http("warm", { port: 9999 }),
      initContainers: [{ name: "init", image: IMAGE, preStop: LifecycleHook.sleep(1) }],
    }),
  ).toEqual([
    "'resources.cpuLimitMillicores' must equal the request of 100 in a pod of class 'Guaranteed', got 200. Leave the limit out, or make the pod 'Burstable'",
    "'postStart.port' must be a port of the container, got 9999. Name it in 'ports'",
    "'initContainers[0].preStop' must be absent from an init container. Make it a sidecar, or leave it out",
    "'seccomp.localhost' must be a path below the kubelet's folder 'seccomp', got '../all'. Write it like 'profiles/api.json', without '..'",
    "'appArmor.localhost' must be the name of a loaded profile, got ''. Write the name as 'aa-status' shows it",
    "'seLinux.level' must be a level of SELinux, got 'secret'. Write it like 's0:c123,c456'",
    "'tolerations[0].key' must name a taint, got ''. Name the key, or give a reason with EveryTaint.tolerated",
    "'runAs' must be at most 65535 in a pod with a user namespace of its own, got 70000. Take a lower user and group, or give a reason with UserNamespace.host",
    "'preStop' must sleep less than the termination grace period of 30 seconds, got 30. Sleep less, or raise 'terminationGracePeriodSeconds'",
  ]);
});

describe("a sandbox", () => {
  test("is a runtime class for the nodes that have it, with what it takes", () => {
    const manifests = synth((chart) => {
      const runtime = new SandboxedRuntime(chart, "gvisor", {
        sandbox: Sandbox.gvisor(),
        nodeSelector: { "example.com/sandbox": "gvisor" },
        tolerations: [{ key: "sandbox" }],
      });
      new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", {
        image: IMAGE,
        runtimeClassName: runtime.name,
      });
    });
    expect(only(manifests, "RuntimeClass", "gvisor")).toMatchObject({
      apiVersion: "node.k8s.io/v1",
      handler: "runsc",
      overhead: { podFixed: { cpu: "50m", memory: "64Mi" } },
      scheduling: {
        nodeSelector: { "example.com/sandbox": "gvisor" },
        tolerations: [{ key: "sandbox", operator: "Exists" }],
      },
    });
    expect((only(manifests, "Deployment", "api")["spec"] as Template).template.spec).toMatchObject({
      runtimeClassName: "gvisor",
    });
  });

  test("must name its nodes", () => {
    const told = problems(
      (chart) => new SandboxedRuntime(chart, "kata", { sandbox: Sandbox.kata(), nodeSelector: {} }),
    );
    expect(told).toEqual([
      "'nodeSelector' must hold at least one label, got {}. Label the nodes that have the runtime, and name the label",
    ]);
  });
});

describe("a shared volume", () => {
  test("is one claim, which each workload mounts as it needs", () => {
    const manifests = synth((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const { volume } = new SharedVolume(ns, "uploads", { sizeGiB: 20, storageClassName: "efs" });
      const userNamespace = UserNamespace.host({ reason: "the uploads lie on EFS, which cannot be mapped" });
      new HardenedDeployment(ns, "web", { image: IMAGE, userNamespace, mounts: { "/uploads": volume } });
      new HardenedDeployment(ns, "scan", { image: IMAGE, userNamespace, mounts: { "/uploads": volume.readOnly() } });
    });
    expect(only(manifests, "PersistentVolumeClaim", "uploads")).toMatchObject({
      metadata: { namespace: "shop" },
      spec: {
        accessModes: ["ReadWriteMany"],
        storageClassName: "efs",
        resources: { requests: { storage: "20Gi" } },
      },
    });
    expect((only(manifests, "Deployment", "scan")["spec"] as Template).template.spec).toMatchObject({
      containers: [{ volumeMounts: [{ name: "uploads", mountPath: "/uploads", readOnly: true }] }],
      volumes: [{ name: "uploads", persistentVolumeClaim: { claimName: "uploads" } }],
    });
  });

  test("counts in the quota, and has a place", () => {
    const told = problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop", { quota: { storageGiB: 10 } });
      new SharedVolume(ns, "uploads", { sizeGiB: 20, storageClassName: "efs" });
      new SharedVolume(chart, "lost", { sizeGiB: 0, storageClassName: "E F S" });
    });
    expect(told).toEqual([
      "'quota.storageGiB' must hold the 20 GiB that PersistentVolumeClaim uploads need at once, got 10. Raise the quota, or lower replicas and requests",
      "'namespace' must be known, got nothing. Make it inside a HardenedNamespace, or give 'namespace'",
      "'sizeGiB' must be a whole number from 1 to 65536, got 0. Give a number in that range",
      "'storageClassName' must be a DNS name, got 'E F S'. Use lower-case letters, digits, '-' and '.', such as 'app.config'",
    ]);
  });
});

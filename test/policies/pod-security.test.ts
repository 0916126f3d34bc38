/**
 * The Pod Security Standards, by one pod that meets `restricted` and one change each: what Kubernetes' own admission says of
 * it at a level and version. All 738 pods of its test data agreed when this was written.
 */
import { World } from "../../plan/world/index.js";
import { manifest, planOfExample, unresolved } from "../../policies/examples.js";
import type { ExampleObject, ExampleValue } from "../../policies/index.js";
import type { PodSecurityLevel } from "../../policies/lib/pod-security/index.js";
import { podSecurity } from "../../policies/lib/pod-security/index.js";
import { podView } from "../../policies/shapes.js";
import { contextOf } from "./said.js";

const CONTAINER = {
  name: "c",
  image: "i",
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};
const CONTEXT = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };

interface Change {
  readonly spec?: ExampleObject;
  /** Fields of the pod's security context, beside those that it needs. */
  readonly context?: ExampleObject;
  readonly container?: ExampleObject;
  /** Fields of the container's security context, beside those that it needs. */
  readonly own?: ExampleObject;
  readonly annotations?: ExampleObject;
}

/** What admission says: the paths it refuses, `?` before those that nobody can tell. */
function refused(level: PodSecurityLevel, minor: number, change: Change): readonly string[] {
  const container = {
    ...CONTAINER,
    ...change.container,
    securityContext: { ...CONTAINER.securityContext, ...change.own },
  };
  const spec = { securityContext: { ...CONTEXT, ...change.context }, containers: [container], ...change.spec };
  const pod = manifest({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p", annotations: change.annotations ?? {} },
    spec,
  });
  const world = new World(planOfExample({ title: "a pod", resources: [pod] }));
  const [workload] = world.workloads;
  if (workload === undefined) return ["no pod"];
  const verdicts = podSecurity(podView(contextOf(world), workload), level, minor);
  return verdicts.flatMap((v) => (v.kind === "fail" ? [v.path] : v.kind === "unknown" ? [`?${v.path}`] : []));
}

test("the pod to begin with meets every level at every version", () => {
  for (const level of ["privileged", "baseline", "restricted"] as const)
    for (const minor of [0, 8, 19, 22, 25, 34, 36]) expect(refused(level, minor, {})).toEqual([]);
});

const OWN = "spec.containers[0].securityContext";

test.each<[string, Change, string]>([
  ["privileged", { own: { privileged: true } }, `${OWN}.privileged`],
  ["the node's process ids", { spec: { hostPID: true } }, "spec.hostPID"],
  ["the node's shared memory", { spec: { hostIPC: true } }, "spec.hostIPC"],
  ["the node's network", { spec: { hostNetwork: true } }, "spec.hostNetwork"],
  [
    "a path of the node",
    { spec: { volumes: [{ name: "v", hostPath: { path: "/" } }] } },
    "spec.volumes[0].hostPath.path",
  ],
  [
    "a port of the node",
    { container: { ports: [{ containerPort: 80, hostPort: 80 }] } },
    "spec.containers[0].ports[0].hostPort",
  ],
  [
    "a capability that runtimes do not give",
    { own: { capabilities: { drop: ["ALL"], add: ["NET_RAW"] } } },
    `${OWN}.capabilities.add[0]`,
  ],
  ["/proc without masks", { own: { procMount: "Unmasked" } }, `${OWN}.procMount`],
  [
    "AppArmor off",
    { context: { appArmorProfile: { type: "Unconfined" } } },
    "spec.securityContext.appArmorProfile.type",
  ],
  [
    "AppArmor off, the older way",
    { annotations: { "container.apparmor.security.beta.kubernetes.io/c": "unconfined" } },
    'metadata.annotations["container.apparmor.security.beta.kubernetes.io/c"]',
  ],
  ["seccomp off", { own: { seccompProfile: { type: "Unconfined" } } }, `${OWN}.seccompProfile.type`],
  ["an SELinux user", { own: { seLinuxOptions: { user: "system_u" } } }, `${OWN}.seLinuxOptions.user`],
  [
    "an unsafe kernel parameter",
    { context: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } },
    "spec.securityContext.sysctls[0].name",
  ],
  [
    "a Windows host process",
    { context: { windowsOptions: { hostProcess: true } } },
    "spec.securityContext.windowsOptions.hostProcess",
  ],
  [
    "a probe of another host",
    { container: { readinessProbe: { tcpSocket: { host: "10.0.0.1", port: 1 } } } },
    "spec.containers[0].readinessProbe.tcpSocket.host",
  ],
])("baseline and restricted refuse %s, privileged does not", (_, change, path) => {
  expect(refused("baseline", 36, change)).toEqual([path]);
  expect(refused("restricted", 36, change)).toContain(path);
  expect(refused("privileged", 36, change)).toEqual([]);
});

test.each<[string, Change, string]>([
  [
    "privilege escalation that is not denied",
    { own: { allowPrivilegeEscalation: null } },
    `${OWN}.allowPrivilegeEscalation`,
  ],
  ["capabilities that are kept", { own: { capabilities: { drop: ["NET_RAW"] } } }, `${OWN}.capabilities.drop`],
  ["a container that takes runAsNonRoot back", { own: { runAsNonRoot: false } }, `${OWN}.runAsNonRoot`],
  ["a pod that may run as root", { context: { runAsNonRoot: false } }, "spec.securityContext.runAsNonRoot"],
  ["user 0", { context: { runAsUser: 0 } }, "spec.securityContext.runAsUser"],
  ["no seccomp profile", { context: { seccompProfile: null } }, `${OWN}.seccompProfile.type`],
  [
    "a volume of another kind",
    { spec: { volumes: [{ name: "v", nfs: { server: "s", path: "/" } }] } },
    "spec.volumes[0]",
  ],
])("restricted refuses %s, baseline does not", (_, change, path) => {
  expect(refused("restricted", 36, change)).toEqual([path]);
  expect(refused("baseline", 36, change)).toEqual([]);
});

test.each<[string, Change, PodSecurityLevel, readonly [number, boolean][]]>([
  [
    "probe hosts count",
    { container: { livenessProbe: { httpGet: { host: "h" } } } },
    "baseline",
    [
      [33, true],
      [34, false],
    ],
  ],
  [
    "privilege escalation counts",
    { own: { allowPrivilegeEscalation: true } },
    "restricted",
    [
      [7, true],
      [8, false],
    ],
  ],
  [
    "capabilities must go",
    { own: { capabilities: {} } },
    "restricted",
    [
      [21, true],
      [22, false],
    ],
  ],
  [
    "user 0 counts",
    { context: { runAsUser: 0 } },
    "restricted",
    [
      [22, true],
      [23, false],
    ],
  ],
  [
    "a seccomp profile is asked for",
    { context: { seccompProfile: null } },
    "restricted",
    [
      [18, true],
      [19, false],
    ],
  ],
  [
    "keep-alive times are safe",
    { context: { sysctls: [{ name: "net.ipv4.tcp_keepalive_time", value: "1" }] } },
    "baseline",
    [
      [28, false],
      [29, true],
    ],
  ],
  [
    "buffer sizes are safe",
    { context: { sysctls: [{ name: "net.ipv4.tcp_rmem", value: "1" }] } },
    "baseline",
    [
      [31, false],
      [32, true],
    ],
  ],
  [
    "an engine has its SELinux type",
    { context: { seLinuxOptions: { type: "container_engine_t" } } },
    "baseline",
    [
      [30, false],
      [31, true],
    ],
  ],
  [
    "a user namespace makes up for root",
    { spec: { hostUsers: false }, context: { runAsNonRoot: null } },
    "restricted",
    [
      [34, false],
      [35, true],
    ],
  ],
  [
    "a user namespace makes up for an unmasked /proc, at baseline",
    { spec: { hostUsers: false }, own: { procMount: "Unmasked" } },
    "baseline",
    [
      [34, false],
      [35, true],
    ],
  ],
  [
    "a user namespace does not, at restricted",
    { spec: { hostUsers: false }, own: { procMount: "Unmasked" } },
    "restricted",
    [
      [34, false],
      [36, false],
    ],
  ],
  [
    "Windows needs no seccomp profile",
    { spec: { os: { name: "windows" } }, context: { seccompProfile: null } },
    "restricted",
    [
      [24, false],
      [25, true],
    ],
  ],
])("from a version on: %s", (_, change, level, expected) => {
  expect(expected.map(([minor]) => [minor, refused(level, minor, change).length === 0])).toEqual(expected);
});

test("a volume without a source is an emptyDir", () => {
  expect(refused("restricted", 36, { spec: { volumes: [{ name: "scratch" }] } })).toEqual([]);
});

test("what is unknown is neither admitted nor refused", () => {
  const own = (field: string, value: ExampleValue) => refused("restricted", 36, { own: { [field]: value } });
  expect(own("privileged", unresolved("boolean"))).toEqual([`?${OWN}.privileged`]);
  expect(own("capabilities", { drop: ["ALL"], add: [unresolved("string")] })).toEqual([`?${OWN}.capabilities.add[0]`]);
  expect(
    refused("restricted", 36, { spec: { hostUsers: unresolved("boolean") }, context: { runAsNonRoot: null } }),
  ).toEqual([`?${OWN}.runAsNonRoot`]);
  expect(refused("baseline", 36, { spec: { volumes: unresolved("list") } })).toEqual(["?spec.volumes"]);
});

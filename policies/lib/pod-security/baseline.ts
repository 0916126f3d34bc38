import type { Cursor } from "../../../plan/world/index.js";
import { UNKNOWN } from "../../../plan/world/index.js";
import type { Verdict } from "../../model.js";
import { containersOf } from "../../shapes.js";
import type { PodView } from "../../shapes.js";
import { expectBoolean, expectString, fail, pass, remove, unknown } from "../../verdicts.js";
import { capabilityOf } from "../capabilities.js";
import { isSensitive, readVolume } from "../host-paths.js";
import type { PodCheck } from "./model.js";
import { isRelaxedByUserNamespace, unlessExempt } from "./model.js";

/** No container is privileged (`securityContext.privileged`). */
export const privileged: PodCheck = (pod) =>
  containersOf(pod).map(({ at, containerLabel }) =>
    expectBoolean(at.at("securityContext", "privileged"), {
      absent: false,
      accept: (value) => !value,
      message: `${containerLabel} is privileged: it has every capability and every device of its node, and so the node`,
      undecided: `whether ${containerLabel} is privileged is not known before the deployment`,
      fix: false,
    }),
  );

/** The pod does not share the node's process ids (`spec.hostPID`). */
export const hostPid: PodCheck = (pod) => [
  hostNamespace(pod, "hostPID", "sees every process of its node, with their environments and open files"),
];

/** The pod does not share the node's inter-process communication (`spec.hostIPC`). */
export const hostIpc: PodCheck = (pod) => [
  hostNamespace(pod, "hostIPC", "shares memory with the processes of its node"),
];

/** The pod does not share the node's network (`spec.hostNetwork`). */
export const hostNetwork: PodCheck = (pod) => [
  hostNamespace(
    pod,
    "hostNetwork",
    "uses its node's network: no network policy applies to it, and the node's instance metadata answers it",
  ),
];

function hostNamespace(pod: PodView, field: string, meaning: string): Verdict {
  return expectBoolean(pod.spec.at(field), {
    absent: false,
    accept: (value) => !value,
    message: `${pod.label} ${meaning}`,
    undecided: `whether ${pod.label} sets ${field} is not known before the deployment`,
    fix: false,
  });
}

/** The pod mounts nothing of its node's file system (`spec.volumes[*].hostPath`). */
export const hostPathVolumes: PodCheck = (pod) => {
  const volumes = pod.spec.at("volumes");
  if (volumes.isUnknown) return [unknown(volumes, `the volumes of ${pod.label} are not known before the deployment`)];
  const verdicts = volumes.items().flatMap((volume) => {
    const hostPath = volume.at("hostPath");
    if (volume.isUnknown || hostPath.isUnknown)
      return [
        unknown(hostPath, `whether ${pod.label} mounts its node's file system is not known before the deployment`),
      ];
    if (hostPath.isAbsent) return [];
    const path = hostPath.at("path");
    const message = `${pod.label} mounts ${shownPath(path)} of its node's file system`;
    return [
      onlyInforms(pod, volume) ? fail(path, `${message}, to read it`, { severity: "medium" }) : fail(path, message),
    ];
  });
  return verdicts.length === 0 ? [pass()] : verdicts;
};

/** Whether the containers only read of a volume what gives nothing of the node away. */
function onlyInforms(pod: PodView, volume: Cursor): boolean {
  const { path, mounts, mountsUnknown } = readVolume(pod, volume);
  if (path === UNKNOWN || mountsUnknown) return false;
  return mounts.every((mount) => mount.readOnly && mount.path !== UNKNOWN && !isSensitive(mount.path, true));
}

function shownPath(path: Cursor): string {
  const text = path.secret ? UNKNOWN : path.string();
  return typeof text === "string" && text !== "" ? text : "a path";
}

/** No container takes a port of its node (`ports[*].hostPort`). */
export const hostPorts: PodCheck = (pod) =>
  containersOf(pod).flatMap(({ at, containerLabel }) => {
    const ports = at.at("ports");
    const undecided = `whether ${containerLabel} takes a port of its node is not known before the deployment`;
    if (ports.isUnknown) return [unknown(ports, undecided)];
    return ports.items().map((port) => {
      const at = port.at("hostPort");
      const taken = at.number();
      if (taken === UNKNOWN) return unknown(at, undecided);
      if (taken === undefined || taken === 0) return pass();
      const message = `${containerLabel} takes port ${taken} of its node: whoever reaches the node reaches it, past Services`;
      return fail(at, message, { fix: [remove(at)] });
    });
  });

/** The container keeps the masks of /proc, unless the pod has a user namespace of its own (`procMount`). */
export const procMountBaseline: PodCheck = (pod, minor) =>
  unlessExempt(isRelaxedByUserNamespace(pod, minor), () => procMount(pod, minor));

/** The container keeps the masks of /proc (`procMount`). */
export const procMount: PodCheck = (pod) =>
  containersOf(pod).map(({ at, containerLabel }) =>
    expectString(at.at("securityContext", "procMount"), {
      absent: "Default",
      accept: (value) => value === "Default",
      message: `${containerLabel} takes the masks off /proc`,
      undecided: `whether ${containerLabel} takes the masks off /proc is not known before the deployment`,
      fix: "Default",
    }),
  );

/** The pod and its containers are no Windows host processes (`windowsOptions.hostProcess`). */
export const windowsHostProcess: PodCheck = (pod) =>
  contextsOf(pod).map(({ context, label }) =>
    expectBoolean(context.at("windowsOptions", "hostProcess"), {
      absent: false,
      accept: (value) => !value,
      message: `${label} is a Windows host process`,
      undecided: `whether ${label} is a Windows host process is not known before the deployment`,
      fix: false,
    }),
  );

const SELINUX_TYPES = new Set(["", "container_t", "container_init_t", "container_kvm_t"]);

/** SELinux keeps the types meant for containers, and no user or role is set (`seLinuxOptions`). */
export const seLinuxOptions: PodCheck = (pod, minor) =>
  contextsOf(pod).flatMap(({ context, label }) => {
    const options = context.at("seLinuxOptions");
    const accepted = (value = "") => SELINUX_TYPES.has(value) || (minor >= 31 && value === "container_engine_t");
    const undecided = `the SELinux options of ${label} are not known before the deployment`;
    return [
      expectString(options.at("type"), {
        absent: "",
        accept: accepted,
        message: `${label} sets an SELinux type that is not meant for containers`,
        undecided,
      }),
      ...["user", "role"].map((field) =>
        expectString(options.at(field), {
          absent: "",
          accept: (v) => v === "",
          message: `${label} sets an SELinux ${field}`,
          undecided,
          fix: "",
        }),
      ),
    ];
  });

const SAFE_SYSCTLS: ReadonlyMap<string, number> = new Map([
  ["kernel.shm_rmid_forced", 0],
  ["net.ipv4.ip_local_port_range", 0],
  ["net.ipv4.tcp_syncookies", 0],
  ["net.ipv4.ping_group_range", 0],
  ["net.ipv4.ip_unprivileged_port_start", 0],
  ["net.ipv4.ip_local_reserved_ports", 27],
  ["net.ipv4.tcp_keepalive_time", 29],
  ["net.ipv4.tcp_fin_timeout", 29],
  ["net.ipv4.tcp_keepalive_intvl", 29],
  ["net.ipv4.tcp_keepalive_probes", 29],
  ["net.ipv4.tcp_rmem", 32],
  ["net.ipv4.tcp_wmem", 32],
  ["net.ipv4.tcp_notsent_lowat", 37],
  ["net.ipv4.tcp_slow_start_after_idle", 37],
]);

/** The pod sets safe kernel parameters only; the list has grown with the versions (`securityContext.sysctls`). */
export const sysctls: PodCheck = (pod, minor) => {
  const list = pod.spec.at("securityContext", "sysctls");
  const undecided = `the kernel parameters of ${pod.label} are not known before the deployment`;
  if (list.isUnknown) return [unknown(list, undecided)];
  return list.items().map((sysctl) => {
    const at = sysctl.at("name");
    const name = at.string();
    if (name === UNKNOWN) return unknown(at, undecided);
    if (minor >= (SAFE_SYSCTLS.get(name ?? "") ?? Number.POSITIVE_INFINITY)) return pass();
    return fail(
      at,
      `${pod.label} sets the kernel parameter ${name ?? ""}, which its node, or its neighbours, may feel`,
    );
  });
};

/**
 * Probes and lifecycle hooks call the pod itself, not a host of its choice: the kubelet would carry the request
 * (`host`).
 */
export const probeHosts: PodCheck = (pod) =>
  containersOf(pod).flatMap(({ at, containerLabel }) =>
    [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]]
      .flatMap((steps) => ["httpGet", "tcpSocket"].map((kind) => at.at(...steps, kind, "host")))
      .map((host) => {
        const name = host.string();
        if (name === UNKNOWN)
          return unknown(
            host,
            `the host that the kubelet calls for ${containerLabel} is not known before the deployment`,
          );
        if (name === undefined || name === "") return pass();
        const message = `the kubelet calls a host of its choice for ${containerLabel}, from the network of its node`;
        return fail(host, message, { fix: [remove(host)] });
      }),
  );

/** The places that have a security context: the pod and each container. */
export function contextsOf(pod: PodView): readonly { readonly context: Cursor; readonly label: string }[] {
  return [
    { context: pod.spec.at("securityContext"), label: pod.label },
    ...containersOf(pod).map(({ at, containerLabel }) => ({
      context: at.at("securityContext"),
      label: containerLabel,
    })),
  ];
}

/** Capabilities that runtimes give anyway. */
export const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

/** No container adds a capability beyond those that runtimes give anyway (`capabilities.add`). */
export const capabilitiesBaseline: PodCheck = (pod) => addedCapabilities(pod, BASELINE_CAPABILITIES);

/**
 * Judges each added capability against those that may be added.
 *
 * @param usual Those that matter little, since runtimes give them to every container that does not drop them.
 */
export function addedCapabilities(
  pod: PodView,
  allowed: ReadonlySet<string>,
  usual: ReadonlySet<string> = new Set(),
): readonly Verdict[] {
  return containersOf(pod).flatMap(({ at, containerLabel }) => {
    const add = at.at("securityContext", "capabilities", "add");
    const undecided = `the capabilities that ${containerLabel} adds are not known before the deployment`;
    if (add.isUnknown) return [unknown(add, undecided)];
    return add.items().map((item) => {
      const name = item.string();
      if (name === UNKNOWN) return unknown(item, undecided);
      if (allowed.has(name ?? "")) return pass();
      const { meaning, severity = usual.has(name ?? "") ? "low" : undefined } = capabilityOf(name ?? "");
      const message = `${containerLabel} adds the capability ${name ?? ""}${meaning === undefined ? "" : `, which ${meaning}`}`;
      return fail(item, message, { fix: [remove(item)], ...(severity === undefined ? {} : { severity }) });
    });
  });
}

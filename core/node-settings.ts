/**
 * Settings of nodes, written once for both ways in which nodes come: launch templates of node groups, and node classes of
 * Karpenter.
 *
 * Sources: the kubelet's configuration (https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/), the
 * settings of Bottlerocket (https://bottlerocket.dev/en/os/latest/#/api/settings/), and how AWS brings Bottlerocket nodes of EKS
 * to its CIS benchmark
 * (https://aws.amazon.com/blogs/containers/validating-amazon-eks-optimized-bottlerocket-ami-against-the-cis-benchmark/).
 */
import { defined } from "./defined.js";
import { issue } from "./issue.js";
import type { Issue } from "./issue.js";
import type { TomlTable } from "./toml.js";

/** What may be chosen of a node's operating system and kubelet; everything else about them is fixed. */
export interface NodeSettings {
  /**
   * Pods of a node. EKS counts addresses and limits nodes below 30 vCPU to 110, others to 250.
   *
   * @default - as EKS computes it for the instance type and the VPC CNI
   */
  readonly maxPods?: number;
  /**
   * Processes of one pod: what a fork bomb takes. The kubelet's own default is no limit.
   *
   * @default 4096
   */
  readonly podPidsLimit?: number;
  /**
   * Events a second that the kubelet records (CIS EKS 3.2.7).
   *
   * @default 50
   */
  readonly eventQps?: number;
  /**
   * Images pulled at a time; the kubelets of both systems pull in parallel.
   *
   * @default - no limit
   */
  readonly maxParallelImagePulls?: number;
  /**
   * Size at which a container's log is rotated, in MiB.
   *
   * @default 10
   */
  readonly containerLogMiB?: number;
  /**
   * Rotated logs that are kept of a container.
   *
   * @default 5
   */
  readonly containerLogFiles?: number;
  /**
   * Seconds that pods have to end when their node shuts down; the last {@link criticalShutdownSeconds} of them are for critical
   * pods. Spot gives two minutes' notice.
   *
   * @default 90
   */
  readonly shutdownSeconds?: number;
  /**
   * Seconds of {@link shutdownSeconds} that critical pods have for themselves.
   *
   * @default 30
   */
  readonly criticalShutdownSeconds?: number;
  /**
   * Kernel parameters beside those of {@link HARDENED_SYSCTLS}: `{ "net.core.somaxconn": "4096" }`.
   *
   * @default - none
   */
  readonly sysctls?: Readonly<Record<string, string>>;
}

/** The defaults of {@link NodeSettings}. */
export const NODE_SETTINGS_DEFAULTS = {
  podPidsLimit: 4096,
  eventQps: 50,
  containerLogMiB: 10,
  containerLogFiles: 5,
  shutdownSeconds: 90,
  criticalShutdownSeconds: 30,
} as const;

/** {@link NodeSettings} with its defaults in place. */
export type PlannedNodeSettings = Required<Omit<NodeSettings, "maxPods" | "maxParallelImagePulls">> &
  Pick<NodeSettings, "maxPods" | "maxParallelImagePulls">;

/** Nodes believe no ICMP redirect and send none (CIS Bottlerocket 3.1.1, 3.2.2, 3.2.3). */
export const HARDENED_SYSCTLS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...["send_redirects", "accept_redirects", "secure_redirects"].map((key) => ["ipv4", key] as const),
    ["ipv6", "accept_redirects"] as const,
  ].flatMap(([family, key]) => ["all", "default"].map((scope) => [`net.${family}.conf.${scope}.${key}`, "0"])),
);

/**
 * What the kubelet asks of the kernel under `protectKernelDefaults`, and does not start without
 * (kubernetes, pkg/kubelet/cm/container_manager_linux.go).
 */
const KUBELET_SYSCTLS: Readonly<Record<string, string>> = {
  "vm.overcommit_memory": "1",
  "vm.panic_on_oom": "0",
  "kernel.panic": "10",
  "kernel.panic_on_oops": "1",
  "kernel.keys.root_maxkeys": "1000000",
  "kernel.keys.root_maxbytes": "25000000",
};

/** Kernel modules that nodes do not load: a file system of disks, and a protocol that clusters seldom speak (CIS Bottlerocket 1.1.1.1, 3.3.1). */
export const REFUSED_MODULES = ["sctp", "udf"] as const;

/** The settings with every default in place. */
export function planNodeSettings(given: NodeSettings | undefined): PlannedNodeSettings {
  const settings = { ...NODE_SETTINGS_DEFAULTS, ...defined(given ?? {}) };
  return { ...settings, sysctls: { ...HARDENED_SYSCTLS, ...given?.sysctls } };
}

/** Checks the settings: numbers in their ranges, and kernel parameters with which a node still joins. */
export function nodeSettingsIssues(path: string, given: NodeSettings | undefined): Issue[] {
  if (given === undefined) return [];
  const settings = planNodeSettings(given);
  const { shutdownSeconds, criticalShutdownSeconds } = settings;
  const issues = [
    ...whole(`${path}.maxPods`, settings.maxPods, 4, 250),
    ...whole(`${path}.podPidsLimit`, settings.podPidsLimit, 100, 1_048_576),
    ...whole(`${path}.eventQps`, settings.eventQps, 1, 1000),
    ...whole(`${path}.maxParallelImagePulls`, settings.maxParallelImagePulls, 1, 100),
    ...whole(`${path}.containerLogMiB`, settings.containerLogMiB, 1, 1024),
    ...whole(`${path}.containerLogFiles`, settings.containerLogFiles, 2, 100),
    ...whole(`${path}.shutdownSeconds`, shutdownSeconds, 1, 3600),
    ...whole(`${path}.criticalShutdownSeconds`, criticalShutdownSeconds, 1, 3600),
    ...Object.entries(given.sysctls ?? {}).flatMap(([key, value]) => sysctlIssues(`${path}.sysctls`, key, value)),
  ];
  if (criticalShutdownSeconds >= shutdownSeconds) {
    const rule = `must be less than the ${shutdownSeconds} seconds of shutdownSeconds`;
    const advice = "Critical pods have the last part of that time: leave some to the others";
    issues.push(issue("Conflict", `${path}.criticalShutdownSeconds`, rule, criticalShutdownSeconds, advice));
  }
  return issues;
}

/** What of an image decides its settings. */
export interface BottlerocketImage {
  /**
   * Whether it may have NVIDIA's drivers. They are linked at boot and not signed, and under kernel lockdown the node never comes up:
   * such images are left at their own default, which is none (https://github.com/bottlerocket-os/bottlerocket/issues/4218).
   */
  readonly nvidia: boolean;
}

/**
 * The settings as a Bottlerocket document. Anonymous access off, authorization by webhook, no read-only port, protected
 * kernel defaults are not there: Bottlerocket's kubelet has them fixed.
 *
 * The host containers give a way to a node by Session Manager; the nodes' role does not allow it, so they would only pull an
 * image at every boot.
 */
export function bottlerocketSettings(settings: PlannedNodeSettings, { nvidia }: BottlerocketImage): TomlTable {
  return {
    settings: {
      kubernetes: {
        "seccomp-default": true,
        "allowed-unsafe-sysctls": [],
        "pod-pids-limit": settings.podPidsLimit,
        "event-qps": settings.eventQps,
        "container-log-max-size": `${settings.containerLogMiB}Mi`,
        "container-log-max-files": settings.containerLogFiles,
        "shutdown-grace-period": `${settings.shutdownSeconds}s`,
        "shutdown-grace-period-for-critical-pods": `${settings.criticalShutdownSeconds}s`,
        ...(settings.maxPods === undefined ? {} : { "max-pods": settings.maxPods }),
        ...(settings.maxParallelImagePulls === undefined
          ? {}
          : { "max-parallel-image-pulls": settings.maxParallelImagePulls }),
      },
      kernel: {
        ...(nvidia ? {} : { lockdown: "integrity" }),
        modules: Object.fromEntries(REFUSED_MODULES.map((name) => [name, { allowed: false }])),
        sysctl: settings.sysctls,
      },
      "host-containers": { admin: { enabled: false }, control: { enabled: false } },
    },
  };
}

/** Checks a kernel parameter: its form, and that the kubelet starts with it. */
export function sysctlIssues(path: string, key: string, value: unknown): Issue[] {
  const at = `${path}.${key}`;
  if (!/^[a-z0-9_]+([./][A-Za-z0-9_-]+)+$/.test(key))
    return [
      issue("Malformed", at, "must be the name of a kernel parameter", key, "Write it like 'net.core.somaxconn'"),
    ];
  if (typeof value !== "string" || !/^[\x20-\x7e]+$/.test(value))
    return [issue("Malformed", at, "must be one line of text", value, "Write it like '4096'")];
  const wanted = KUBELET_SYSCTLS[key];
  if (wanted !== undefined && value !== wanted) {
    const advice = "The kubelet protects the kernel's defaults and does not start otherwise";
    return [issue("NotAllowed", at, `must be '${wanted}'`, value, advice)];
  }
  const hardened = HARDENED_SYSCTLS[key];
  if (hardened === undefined || value === hardened) return [];
  return [issue("NotAllowed", at, `must be '${hardened}'`, value, "Leave it out: nodes believe no redirect")];
}

function whole(path: string, value: number | undefined, min: number, max: number): Issue[] {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return [];
  const advice = "Give a number in that range";
  return [issue("OutOfRange", path, `must be a whole number from ${min} to ${max}`, value, advice)];
}

import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { REFUSED_MODULES } from "../../core/node-settings.js";
import type { PlannedNodeSettings } from "../../core/node-settings.js";
import { guaranteeIssues, isTree, mustBe, mustBeAbsent } from "./guarantees.js";
import type { Guarantee, SettingsTree } from "./guarantees.js";

/**
 * The `spec` of a NodeConfig, by which nodeadm sets up Amazon Linux 2023
 * (https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/); only what may be laid over ours.
 */
export interface NodeConfigSpec {
  /** A part of a `KubeletConfiguration` (v1beta1), and flags of the kubelet. */
  readonly kubelet?: { readonly config?: SettingsTree; readonly flags?: readonly string[] };
  /** A part of containerd's configuration, in TOML, and of the specification of every container. */
  readonly containerd?: { readonly config?: string; readonly baseRuntimeSpec?: SettingsTree };
  /** What becomes of the instance's own disks. */
  readonly instance?: SettingsTree;
  readonly featureGates?: Readonly<Record<string, boolean>>;
}

const SPEC_KEYS = ["kubelet", "containerd", "instance", "featureGates"];

const HAS_IT = "The images of EKS have it so";

/** What nobody may undo in the kubelet's configuration (CIS EKS 3.2.1 to 3.2.9, and this package's own). */
const GUARANTEES: readonly Guarantee[] = [
  mustBe("authentication.anonymous.enabled", false, HAS_IT),
  mustBe("authentication.webhook.enabled", true, HAS_IT),
  mustBeAbsent("authentication.x509.clientCAFile", HAS_IT),
  mustBe("authorization.mode", "Webhook", HAS_IT),
  mustBe("readOnlyPort", 0, HAS_IT),
  mustBe("protectKernelDefaults", true, HAS_IT),
  mustBe("makeIPTablesUtilChains", true, HAS_IT),
  mustBeAbsent(
    "rotateCertificates",
    "Nodes of EKS show who they are by IAM: with it the kubelet asks for a certificate, in vain",
  ),
  mustBe("serverTLSBootstrap", true, HAS_IT),
  mustBe("featureGates.RotateKubeletServerCertificate", true, HAS_IT),
  mustBe("seccompDefault", true, "Containers without a profile run under RuntimeDefault"),
  mustBe("allowedUnsafeSysctls", [], "Set the kernel's parameters for the node in `settings.sysctls`"),
  mustBeAbsent("staticPodPath", "Static pods start without the API server: no admission policy sees them"),
  mustBeAbsent("staticPodURL", "Static pods start without the API server: no admission policy sees them"),
  {
    path: ["streamingConnectionIdleTimeout"],
    accepts: (value) => typeof value === "string" && /[1-9]/.test(value),
    rule: "must be a time",
    advice: "Zero keeps idle connections into pods open for ever",
  },
  {
    path: ["podPidsLimit"],
    accepts: (value) => typeof value === "number" && value > 0,
    rule: "must be a limit",
    advice: "Without one a pod takes every process of its node",
  },
];

/** Flags of the kubelet that would win over its configuration file. */
const REFUSED_FLAGS =
  /^--(anonymous-auth|authentication-.*|authorization-.*|client-ca-file|read-only-port|protect-kernel-defaults|seccomp-default|allowed-unsafe-sysctls|streaming-connection-idle-timeout|make-iptables-util-chains|rotate-.*|tls-.*|pod-manifest-path|manifest-url.*|config|config-dir|kubeconfig|bootstrap-kubeconfig|feature-gates|cloud-provider|node-labels|register-with-taints)(=|\s|$)/;

/**
 * The kubelet's configuration on Amazon Linux 2023. What its images have already is written all the same where CIS asks for it,
 * so that a later image cannot lose it; but for `rotateCertificates`, with which a kubelet that shows who it is by IAM does not join
 * (CIS EKS 3.2.8 passes without it). Idle streams end after five minutes (DISA STIG V-245541).
 */
export function kubeletConfig(settings: PlannedNodeSettings): SettingsTree {
  return {
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true } },
    authorization: { mode: "Webhook" },
    readOnlyPort: 0,
    protectKernelDefaults: true,
    makeIPTablesUtilChains: true,
    serverTLSBootstrap: true,
    streamingConnectionIdleTimeout: "5m0s",
    seccompDefault: true,
    allowedUnsafeSysctls: [],
    podPidsLimit: settings.podPidsLimit,
    eventRecordQPS: settings.eventQps,
    containerLogMaxSize: `${settings.containerLogMiB}Mi`,
    containerLogMaxFiles: settings.containerLogFiles,
    shutdownGracePeriod: `${settings.shutdownSeconds}s`,
    shutdownGracePeriodCriticalPods: `${settings.criticalShutdownSeconds}s`,
    ...(settings.maxPods === undefined ? {} : { maxPods: settings.maxPods }),
    ...(settings.maxParallelImagePulls === undefined ? {} : { maxParallelImagePulls: settings.maxParallelImagePulls }),
  };
}

/** Checks what somebody lays over the node config: its keys, and flags that would win over the configuration. */
export function nodeConfigOverlayIssues(at: string, spec: NodeConfigSpec): Issue[] {
  const unknown = Object.keys(spec)
    .filter((key) => !SPEC_KEYS.includes(key))
    .map((key) =>
      issue("NotFound", `${at}.${key}`, "must be part of a NodeConfig", key, `Use ${SPEC_KEYS.join(", ")}`),
    );
  const flags = (spec.kubelet?.flags ?? []).flatMap((flag, i) => {
    const path = `${at}.kubelet.flags[${i}]`;
    if (!/^--[a-z][a-z0-9-]*(=.*)?$/.test(flag))
      return [issue("Malformed", path, "must be a flag of the kubelet", flag, "Write it like '--v=2'")];
    const advice =
      "It would win over the kubelet's configuration: what may be set is in `settings`, `labels` and `taints`";
    return REFUSED_FLAGS.test(flag)
      ? [issue("NotAllowed", path, "must leave the configuration alone", flag, advice)]
      : [];
  });
  return [...unknown, ...flags];
}

/** Checks the `spec` of a NodeConfig against all that is guaranteed of a node. */
export function nodeConfigIssues(at: string, spec: unknown): Issue[] {
  const kubelet = isTree(spec) ? spec["kubelet"] : undefined;
  const config = isTree(kubelet) ? kubelet["config"] : undefined;
  return isTree(config) ? guaranteeIssues(`${at}.kubelet.config`, config, GUARANTEES) : [];
}

/**
 * User data of Amazon Linux 2023: a NodeConfig, and files with the kernel's parameters, read at once, and the modules that it does not load. JSON is YAML.
 * cloud-init and nodeadm both read the parts of the document that are theirs.
 */
export function multipart(spec: SettingsTree, sysctls: Readonly<Record<string, string>>): string {
  const config = { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec };
  const file = (path: string, lines: readonly string[]) => ({ path, permissions: "0644", content: lines.join("") });
  const parameters = Object.entries(sysctls).map(([key, value]) => `${key} = ${value}\n`);
  const modules = REFUSED_MODULES.map((name) => `install ${name} /bin/false\n`);
  const cloudConfig = {
    write_files: [
      file("/etc/sysctl.d/90-ringfence.conf", parameters),
      file("/etc/modprobe.d/90-ringfence.conf", modules),
    ],
    runcmd: [["sysctl", "--system"]],
  };
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    "",
    `--${BOUNDARY}`,
    "Content-Type: application/node.eks.aws",
    "",
    JSON.stringify(config, undefined, 2),
    "",
    `--${BOUNDARY}`,
    'Content-Type: text/cloud-config; charset="us-ascii"',
    "",
    "#cloud-config",
    JSON.stringify(cloudConfig, undefined, 2),
    "",
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
}

const BOUNDARY = "==RINGFENCE==";

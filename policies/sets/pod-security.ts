import { STANDARD_CHECKS } from "../lib/pod-security/index.js";
import type { PodSecurityLevel } from "../lib/pod-security/index.js";
import type { AnyRuleId } from "../rules/index.js";

/** The rules of the level `baseline` of the Pod Security Standards. */
export const PSS_BASELINE = [
  "container-capabilities-baseline",
  "container-no-host-ports",
  "container-proc-mount-default",
  "pod-apparmor-not-overridden",
  "pod-no-host-ipc",
  "pod-no-host-network",
  "pod-no-host-pid",
  "pod-no-hostpath",
  "pod-no-privileged",
  "pod-no-probe-or-lifecycle-host",
  "pod-no-windows-host-process",
  "pod-seccomp-not-unconfined",
  "pod-selinux-allowed",
  "pod-sysctls-safe",
] as const satisfies readonly AnyRuleId[];

/** The rules of the level `restricted`, which begins with those of `baseline`. */
export const PSS_RESTRICTED = [
  ...PSS_BASELINE,
  "container-drop-all-capabilities",
  "container-no-privilege-escalation",
  "container-proc-mount-default-strict",
  "pod-run-as-non-root",
  "pod-run-as-user-nonzero",
  "pod-seccomp-runtime-default",
  "pod-volume-types-restricted",
] as const satisfies readonly AnyRuleId[];

/** The check of k8s.io/pod-security-admission that each rule asks, at the version judged. */
const CHECK_OF_RULE: Readonly<Record<(typeof PSS_RESTRICTED)[number], string>> = {
  "container-capabilities-baseline": "capabilities_baseline",
  "container-drop-all-capabilities": "capabilities_restricted",
  "container-no-host-ports": "hostPorts",
  "container-no-privilege-escalation": "allowPrivilegeEscalation",
  "container-proc-mount-default": "procMount",
  "container-proc-mount-default-strict": "procMount_restricted",
  "pod-apparmor-not-overridden": "appArmorProfile",
  "pod-no-host-ipc": "hostNamespaces",
  "pod-no-host-network": "hostNamespaces",
  "pod-no-host-pid": "hostNamespaces",
  "pod-no-hostpath": "hostPathVolumes",
  "pod-no-privileged": "privileged",
  "pod-no-probe-or-lifecycle-host": "hostProbesAndHostLifecycle",
  "pod-no-windows-host-process": "windowsHostProcess",
  "pod-run-as-non-root": "runAsNonRoot",
  "pod-run-as-user-nonzero": "runAsUser",
  "pod-seccomp-not-unconfined": "seccompProfile_baseline",
  "pod-seccomp-runtime-default": "seccompProfile_restricted",
  "pod-selinux-allowed": "seLinuxOptions",
  "pod-sysctls-safe": "sysctls",
  "pod-volume-types-restricted": "restrictedVolumes",
};

/**
 * Whether a rule is part of a level at a minor version of Kubernetes: not before its check existed, and not where a
 * stricter check of the same level has taken its place.
 */
export function isInStandard(level: Exclude<PodSecurityLevel, "privileged">, rule: string, minor: number): boolean {
  const applying = STANDARD_CHECKS.filter(
    (check) => check.since <= minor && (level === "restricted" || check.level === "baseline"),
  );
  const checks: Readonly<Record<string, string>> = CHECK_OF_RULE;
  const own = applying.find((check) => check.id === checks[rule]);
  return own !== undefined && !applying.some((check) => check.id === own.coveredBy);
}

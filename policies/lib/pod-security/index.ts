/**
 * The Pod Security Standards as Kubernetes' own admission evaluates them, version by version, ported from the semantics
 * of k8s.io/pod-security-admission (read 2026-11-21) and three-valued.
 */
import type { Verdict } from "../../model.js";
import type { PodView, RuleBody } from "../../shapes.js";
import { onPods, unreadableLists } from "../../shapes.js";
import { minorVersion } from "../kubernetes-version.js";
import * as baseline from "./baseline.js";
import type { PodCheck, PodSecurityLevel } from "./model.js";
import * as profiles from "./profiles.js";
import * as restricted from "./restricted.js";

export type { PodCheck, PodSecurityLevel } from "./model.js";
export { POD_SECURITY_LEVELS } from "./model.js";

/** A check in the standards. */
export interface StandardCheck {
  /** Its name in k8s.io/pod-security-admission. */
  readonly id: string;
  readonly level: Exclude<PodSecurityLevel, "privileged">;
  /** Minor version from which it applies. */
  readonly since: number;
  readonly check: PodCheck;
  /** A check of a stricter level that says all that this one says, from its own version on. */
  readonly coveredBy?: string;
}

/** All checks, the baseline first. */
export const STANDARD_CHECKS: readonly StandardCheck[] = [
  { id: "appArmorProfile", level: "baseline", since: 0, check: profiles.appArmorProfile },
  {
    id: "capabilities_baseline",
    level: "baseline",
    since: 0,
    check: baseline.capabilitiesBaseline,
    coveredBy: "capabilities_restricted",
  },
  { id: "hostNamespaces", level: "baseline", since: 0, check: hostNamespaces },
  { id: "hostPathVolumes", level: "baseline", since: 0, check: baseline.hostPathVolumes },
  { id: "hostPorts", level: "baseline", since: 0, check: baseline.hostPorts },
  { id: "hostProbesAndHostLifecycle", level: "baseline", since: 34, check: baseline.probeHosts },
  { id: "privileged", level: "baseline", since: 0, check: baseline.privileged },
  {
    id: "procMount",
    level: "baseline",
    since: 0,
    check: baseline.procMountBaseline,
    coveredBy: "procMount_restricted",
  },
  { id: "seLinuxOptions", level: "baseline", since: 0, check: baseline.seLinuxOptions },
  {
    id: "seccompProfile_baseline",
    level: "baseline",
    since: 0,
    check: profiles.seccompBaseline,
    coveredBy: "seccompProfile_restricted",
  },
  { id: "sysctls", level: "baseline", since: 0, check: baseline.sysctls },
  { id: "windowsHostProcess", level: "baseline", since: 0, check: baseline.windowsHostProcess },
  { id: "allowPrivilegeEscalation", level: "restricted", since: 8, check: restricted.allowPrivilegeEscalation },
  { id: "capabilities_restricted", level: "restricted", since: 22, check: restricted.capabilitiesRestricted },
  { id: "procMount_restricted", level: "restricted", since: 35, check: baseline.procMount },
  { id: "restrictedVolumes", level: "restricted", since: 0, check: restricted.restrictedVolumes },
  { id: "runAsNonRoot", level: "restricted", since: 0, check: restricted.runAsNonRoot },
  { id: "runAsUser", level: "restricted", since: 23, check: restricted.runAsUser },
  { id: "seccompProfile_restricted", level: "restricted", since: 19, check: profiles.seccompRestricted },
];

/** What Pod Security admission says of a pod at a level and minor version: a fail for each place that it refuses. */
export function podSecurity(pod: PodView, level: PodSecurityLevel, minor: number): readonly Verdict[] {
  if (level === "privileged") return [];
  const applying = STANDARD_CHECKS.filter(
    (c) => c.since <= minor && (level === "restricted" || c.level === "baseline"),
  );
  const ids = new Set(applying.map((c) => c.id));
  const needed = applying.filter((c) => c.coveredBy === undefined || !ids.has(c.coveredBy));
  return [...unreadableLists(pod), ...needed.flatMap((c) => c.check(pod, minor))];
}

function hostNamespaces(pod: PodView): readonly Verdict[] {
  return [baseline.hostPid, baseline.hostIpc, baseline.hostNetwork].flatMap((check) => check(pod, 0));
}

/** A rule that asks one check of every workload's pods, at the version planned. */
export function onPodCheck(check: PodCheck): RuleBody {
  return onPods((pod) => check(pod, minorVersion(pod.world.kubernetesVersion)));
}

/** {@link onPodCheck} for a check that reads containers: a list of them that is not known yet gives `unknown`. */
export function onContainerCheck(check: PodCheck): RuleBody {
  return onPodCheck((pod, minor) => [...unreadableLists(pod), ...check(pod, minor)]);
}

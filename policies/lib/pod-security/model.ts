import type { Read } from "../../../plan/world/index.js";
import { UNKNOWN } from "../../../plan/world/index.js";
import type { Verdict } from "../../model.js";
import type { PodView } from "../../shapes.js";

/** The levels of the Pod Security Standards, the laxest first. */
export const POD_SECURITY_LEVELS = ["privileged", "baseline", "restricted"] as const;

/** One of the three levels (https://kubernetes.io/docs/concepts/security/pod-security-standards/). */
export type PodSecurityLevel = (typeof POD_SECURITY_LEVELS)[number];

/**
 * One check of the Pod Security Standards: what it says of a pod at a minor version (36 for 1.36), one verdict for each
 * place. Messages begin with the place, so that they read by themselves.
 */
export type PodCheck = (pod: PodView, minor: number) => readonly Verdict[];

/** The version from which Windows pods are free of checks that only mean something on Linux. */
const WINDOWS_EXEMPT_SINCE = 25;

/** The version from which a pod in a user namespace of its own may run as root and unmask /proc (KEP-127). */
const USER_NAMESPACE_RELAXED_SINCE = 35;

/** Whether a pod says that it runs on Windows, at a version that frees it (`spec.os.name`). */
export function isExemptWindowsPod(pod: PodView, minor: number): Read<boolean> {
  if (minor < WINDOWS_EXEMPT_SINCE) return false;
  const os = pod.spec.at("os", "name").string();
  return os === UNKNOWN ? UNKNOWN : os === "windows";
}

/** Whether a pod has a user namespace of its own, at a version that relaxes checks for it (`spec.hostUsers: false`). */
export function isRelaxedByUserNamespace(pod: PodView, minor: number): Read<boolean> {
  if (minor < USER_NAMESPACE_RELAXED_SINCE) return false;
  const hostUsers = pod.spec.at("hostUsers").boolean();
  return hostUsers === UNKNOWN ? UNKNOWN : hostUsers === false;
}

/**
 * The verdicts of a check that an exemption may void: exempt pods pass, and where the exemption is unknown a fail is
 * unknown.
 */
export function unlessExempt(exempt: Read<boolean>, check: () => readonly Verdict[]): readonly Verdict[] {
  if (exempt === true) return [{ kind: "pass" }];
  if (exempt === false) return check();
  return check().map((v) => (v.kind === "fail" ? { kind: "unknown", path: v.path, message: v.message } : v));
}

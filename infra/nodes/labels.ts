import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { labelKeyIssues, labelValueIssues, reservedLabelIssues } from "../../core/node-labels.js";

/** A taint, as EKS spells its effects. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NO_SCHEDULE" | "NO_EXECUTE" | "PREFER_NO_SCHEDULE";
}

const EFFECTS: readonly string[] = ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"];

/** Taints of a node group at most (EKS API, `taints`). */
const MOST_TAINTS = 50;

/**
 * Prefixes that EKS keeps for itself ("Label cannot start with reserved prefixes [kubernetes.io/, k8s.io/,
 * eks.amazonaws.com/]"), and those below `kubernetes.io` under which a kubelet may label its own node (`--node-labels`).
 */
const PREFIXES = {
  reserved: ["kubernetes.io", "k8s.io", "eks.amazonaws.com"],
  free: ["kubelet.kubernetes.io", "node.kubernetes.io"],
};

/** Checks labels as Kubernetes, EKS and the kubelet do: a kubelet with one that it may not set does not start. */
export function labelIssues(labels: Readonly<Record<string, string>> | undefined): Issue[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const at = `labels.${key}`;
    return [...labelKeyIssues(at, key), ...reservedLabelIssues(at, key, PREFIXES), ...labelValueIssues(at, value)];
  });
}

/** Checks taints: their form, how many there are, and that no two are the same. */
export function taintIssues(taints: readonly Taint[] | undefined): Issue[] {
  if (taints === undefined) return [];
  const issues = taints.flatMap((taint, i) => {
    const at = `taints[${i}]`;
    const first = taints.findIndex(({ key, effect }) => key === taint.key && effect === taint.effect);
    const found = [...labelKeyIssues(`${at}.key`, taint.key), ...labelValueIssues(`${at}.value`, taint.value ?? "")];
    if (!EFFECTS.includes(taint.effect))
      found.push(issue("Malformed", `${at}.effect`, "must be an effect", taint.effect, `Use ${EFFECTS.join(", ")}`));
    if (first !== i) {
      const rule = "must differ from the taints before it in key or effect";
      found.push(issue("Duplicate", at, rule, taint.key, "Remove one of the two"));
    }
    return found;
  });
  if (taints.length > MOST_TAINTS)
    issues.push(issue("OutOfRange", "taints", `must hold at most ${MOST_TAINTS}`, taints.length, "Remove some"));
  return issues;
}

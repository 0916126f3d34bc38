import type { Cursor, KubernetesObject, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { every, includes } from "../verdicts.js";

/** The two directions of a NetworkPolicy. */
export const DIRECTIONS = ["Ingress", "Egress"] as const;

/** One of the two directions. */
export type Direction = (typeof DIRECTIONS)[number];

/** Group and kind of a NetworkPolicy. */
export const NETWORK_POLICY = { group: "networking.k8s.io", kind: "NetworkPolicy" } as const;

/**
 * Whether a policy isolates the pods it selects in a direction. Without `policyTypes` it always does for ingress, and for
 * egress only when it has an egress rule: an empty `egress` list alone isolates nothing (NetworkPolicySpec.policyTypes).
 */
export function isolates(policy: KubernetesObject, direction: Direction): Read<boolean> {
  const types = policy.root.at("spec", "policyTypes");
  if (types.isUnknown) return UNKNOWN;
  if (types.items().length > 0) return includes(types, direction);
  if (direction === "Ingress") return true;
  const egress = policy.root.at("spec", "egress");
  return egress.isUnknown ? UNKNOWN : egress.items().length > 0;
}

/** Whether a policy selects every pod of its namespace: `podSelector` is empty or missing. */
export function selectsAllPods(policy: KubernetesObject): Read<boolean> {
  const selector = policy.root.at("spec", "podSelector");
  const parts = [selector.at("matchLabels"), selector.at("matchExpressions")];
  if (selector.isUnknown || parts.some((part) => part.isUnknown)) return UNKNOWN;
  return parts.every((part) => part.entries().length + part.items().length === 0);
}

/** Whether a policy denies by default in a direction: it isolates every pod of its namespace. */
export function deniesByDefault(policy: KubernetesObject, direction: Direction): Read<boolean> {
  return every([selectsAllPods(policy), isolates(policy, direction)]);
}

/** The rules of a policy, for every pod of the namespace, that allow everything: no peers and no ports. */
export function blanketRules(policy: KubernetesObject, direction: Direction): readonly Cursor[] {
  if (selectsAllPods(policy) !== true || isolates(policy, direction) !== true) return [];
  const [list, peers] = direction === "Ingress" ? ["ingress", "from"] : ["egress", "to"];
  return policy.root
    .at("spec", list)
    .items()
    .filter((rule) => !rule.isUnknown && isEmpty(rule.at(peers)) && isEmpty(rule.at("ports")));
}

function isEmpty(list: Cursor): boolean {
  return !list.isUnknown && list.items().length === 0;
}

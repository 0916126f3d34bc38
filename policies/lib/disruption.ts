import type { KubernetesObject, Read, World, Workload } from "../../plan/world/index.js";
import { selects, UNKNOWN } from "../../plan/world/index.js";
import { neighbours } from "./namespaces.js";

/** Group and kind of what limits voluntary disruptions. */
export const BUDGET = { group: "policy", kind: "PodDisruptionBudget" } as const;

/** Whether a budget selects the pods of a workload. An empty selector selects nothing at policy/v1beta1, everything since. */
export function limits(budget: KubernetesObject, { podLabels }: Workload): Read<boolean> {
  const selector = budget.root.at("spec", "selector");
  const empty = ["matchLabels", "matchExpressions"].every(
    (field) => selector.at(field).entries().length + selector.at(field).items().length === 0,
  );
  if (selector.isAbsent || (empty && !selector.isUnknown && budget.version === "v1beta1")) return false;
  const match = selects(selector, podLabels);
  return match === "unknown" ? UNKNOWN : match;
}

/** The budgets of a workload's namespace that select its pods, or may. */
export function budgetsOf(world: World, workload: Workload): readonly KubernetesObject[] {
  return neighbours(world, workload.object, BUDGET.group, BUDGET.kind).filter((one) => limits(one, workload) !== false);
}

/** How many pods of a workload are planned to run: `spec.replicas`, 1 unless told. */
export function replicasOf({ object }: Workload): Read<number> {
  const replicas = object.root.at("spec", "replicas").number();
  return replicas === UNKNOWN ? UNKNOWN : (replicas ?? 1);
}

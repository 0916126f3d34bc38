import type { KubernetesObject, Read, Workload, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { namespaceOf } from "./namespaces.js";

/** Wire token of a managed node group. */
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** The tenant that an object's namespace belongs to: the value of the first of these labels that it has. */
export function tenantOf(world: World, object: KubernetesObject, labels: readonly string[]): string | undefined {
  const namespace = namespaceOf(world, object);
  return labels.map((label) => namespace?.labels[label]).find((value) => value !== undefined);
}

/** The tenants of a plan, and who is bound to which node labels. */
export interface Tenants {
  readonly tenants: ReadonlySet<string>;
  /** Tenants by `key=value` of the nodes that their pods are bound to. */
  readonly bound: ReadonlyMap<string, ReadonlySet<string>>;
}

const cache = new WeakMap<World, Map<string, Tenants>>();

/** Reads the tenants of a plan. */
export function tenantsOf(world: World, labels: readonly string[]): Tenants {
  let known = cache.get(world);
  if (known === undefined) cache.set(world, (known = new Map<string, Tenants>()));
  const key = labels.join("|");
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = findTenants(world, labels)));
  return found;
}

function findTenants(world: World, labels: readonly string[]): Tenants {
  const [tenants, bound] = [new Set<string>(), new Map<string, Set<string>>()];
  for (const workload of world.workloads) {
    const own = tenantOf(world, workload.object, labels);
    if (own === undefined) continue;
    tenants.add(own);
    for (const pair of boundTo(workload)) {
      const set = bound.get(pair) ?? new Set<string>();
      bound.set(pair, set.add(own));
    }
  }
  return { tenants, bound };
}

/** The labels that nodes must have, as `key=value`: by selector, or by a required affinity that leaves one value. */
export function boundTo({ podSpec }: Workload): readonly string[] {
  const selected = podSpec
    .at("nodeSelector")
    .entries()
    .map(([key, value]) => [key, value.string()] as const);
  const terms = podSpec
    .at("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
    .items();
  const required = terms.length === 1 ? (terms[0]?.at("matchExpressions").items() ?? []) : [];
  const single = required
    .filter((one) => one.at("operator").string() === "In" && one.at("values").items().length === 1)
    .map((one) => [String(one.at("key").string()), one.at("values", 0).string()] as const);
  return [...selected, ...single].flatMap(([key, value]) => (typeof value === "string" ? [`${key}=${value}`] : []));
}

/** Whether a planned node group with a label has no taint that keeps pods away; none is planned for a label of others. */
export function lacksTaint(world: World, pair: string): Read<boolean> {
  const groups = world.ofType(NODE_GROUP).filter((group) =>
    world
      .inputsOf(group)
      .at("labels")
      .entries()
      .some(([key, value]) => `${key}=${String(value.string())}` === pair),
  );
  for (const group of groups) {
    const taints = world.inputsOf(group).at("taints");
    if (taints.isUnknown) return UNKNOWN;
    if (!taints.items().some((taint) => /^NO_(SCHEDULE|EXECUTE)$/.test(String(taint.at("effect").string()))))
      return true;
  }
  return false;
}

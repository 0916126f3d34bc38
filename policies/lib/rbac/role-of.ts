import type { Cursor, KubernetesObject, Read, World } from "../../../plan/world/index.js";
import { selects, UNKNOWN } from "../../../plan/world/index.js";
import { every, some } from "../../verdicts.js";
import { RBAC_GROUP, roleKey, selectorsOf } from "./bindings.js";
import type { Right } from "./match.js";
import { grants } from "./match.js";

const index = new WeakMap<World, ReadonlyMap<string, KubernetesObject>>();

/** The planned role that a binding gives: by reference, or by its name in the same cluster and namespace. */
export function roleOf(world: World, binding: KubernetesObject): KubernetesObject | undefined {
  const at = binding.root.at("roleRef", "name");
  const referred = world.resolve(binding.resource, at).flatMap((resource) => world.objectOf(resource) ?? []);
  const found = referred.find((o) => o.group === RBAC_GROUP);
  const [kind, name] = [binding.root.at("roleRef", "kind").string(), at.string()];
  if (found !== undefined || typeof kind !== "string" || typeof name !== "string") return found;
  let known = index.get(world);
  if (known === undefined) index.set(world, (known = indexRoles(world)));
  return known.get(roleKey(binding.cluster, kind, kind === "Role" ? binding.namespace : undefined, name));
}

function indexRoles(world: World): ReadonlyMap<string, KubernetesObject> {
  const known = new Map<string, KubernetesObject>();
  for (const role of ["ClusterRole", "Role"].flatMap((kind) => world.find({ kind, group: RBAC_GROUP }))) {
    const key = roleKey(role.cluster, role.kind, role.namespace, role.name);
    if (!known.has(key)) known.set(key, role);
  }
  return known;
}

/** The rules that a binding gives, as far as the plan shows. */
export interface GivenRules {
  readonly rules: readonly Cursor[];
  /** Whether there are no others. */
  readonly complete: boolean;
}

/**
 * The rules that a binding gives; of an aggregated ClusterRole those of the planned ones that it selects, beside which the
 * cluster may have others.
 */
export function rulesOf(world: World, binding: KubernetesObject): GivenRules {
  const role = roleOf(world, binding);
  if (role === undefined) return { rules: [], complete: false };
  const selectors = selectorsOf(role);
  const roles = selectors.length === 0 ? [role] : aggregatedBy(world, role, selectors);
  const lists = roles.map((one) => one.root.at("rules"));
  return {
    rules: lists.flatMap((list) => (list.isUnknown ? [] : list.items())),
    complete: selectors.length === 0 && lists.every((list) => !list.isUnknown),
  };
}

function aggregatedBy(world: World, role: KubernetesObject, selectors: readonly Cursor[]): readonly KubernetesObject[] {
  return world
    .find({ kind: "ClusterRole", group: RBAC_GROUP, cluster: role.cluster })
    .filter((other) => selectors.some((selector) => selects(selector, other.labels) === true));
}

/** Roles of every cluster that change nothing and read no Secret. */
export const READ_ONLY_ROLES: ReadonlySet<string> = new Set([
  "system:basic-user",
  "system:discovery",
  "system:public-info-viewer",
  "system:service-account-issuer-discovery",
  "view",
]);

/**
 * Whether a binding gives a role of every cluster that changes nothing of others and reads no Secret: reading, asking who
 * somebody is and what he may do, and the ConfigMap by which API servers know each other.
 */
export function givesHarmlessRole(binding: KubernetesObject): boolean {
  const [kind, name] = ["kind", "name"].map((field) => binding.root.at("roleRef", field).string());
  if (typeof name !== "string") return false;
  if (kind === "Role")
    return binding.namespace === "kube-system" && name === "extension-apiserver-authentication-reader";
  return kind === "ClusterRole" && (READ_ONLY_ROLES.has(name) || name === "system:auth-delegator");
}

const READ_VERBS: ReadonlySet<string> = new Set(["get", "list", "watch"]);

/** Reviews by which everybody asks about himself; they change nothing. */
const SELF_REVIEWS: ReadonlySet<string> = new Set([
  "selfsubjectaccessreviews",
  "selfsubjectreviews",
  "selfsubjectrulesreviews",
]);

/** What `get` does that is no mere reading. */
const READS_THAT_GIVE_POWER: readonly Right[] = [
  { group: "", resources: ["secrets"], verbs: ["get", "list", "watch"] },
  { group: "", resources: ["nodes/proxy", "pods/exec", "pods/attach", "pods/portforward"], verbs: ["get"] },
];

/** Whether a rule of a role gives nothing but reading, and no Secrets. */
export function onlyReads(rule: Cursor): Read<boolean> {
  const lists = ["verbs", "resources"].map((field) => rule.at(field));
  if (lists.some((list) => list.isUnknown)) return UNKNOWN;
  const [verbs = [], resources = []] = lists.map((list) => list.items().map((item) => item.string()));
  const all = (values: readonly Read<string | undefined>[], set: ReadonlySet<string>) =>
    every(values.map((value) => (value === UNKNOWN ? UNKNOWN : set.has(value ?? ""))));
  const reviews = resources.length > 0 && all(resources, SELF_REVIEWS) === true;
  const power = some(READS_THAT_GIVE_POWER.map((right) => grants(rule, right).read));
  if (reviews || power === true) return reviews;
  return every([all(verbs, READ_VERBS), power === UNKNOWN ? UNKNOWN : true]);
}

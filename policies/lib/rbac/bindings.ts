import type { Cursor, KubernetesObject, World } from "../../../plan/world/index.js";
import { selects, UNKNOWN } from "../../../plan/world/index.js";

/** API group of roles and bindings. */
export const RBAC_GROUP = "rbac.authorization.k8s.io";

/** Wire tokens of the two kinds of roles. */
export const ROLE_TYPES = [
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  "kubernetes:rbac.authorization.k8s.io/v1:Role",
] as const;

/** Wire tokens of the two kinds of bindings. */
export const BINDING_TYPES = [
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
] as const;

const index = new WeakMap<World, ReadonlyMap<string, readonly KubernetesObject[]>>();

/** The planned bindings of a role: those that refer to it, or name it in its cluster and, for a Role, its namespace. */
export function bindingsOf(world: World, role: KubernetesObject): readonly KubernetesObject[] {
  let known = index.get(world);
  if (known === undefined) index.set(world, (known = indexBindings(world)));
  const referring = known.get(role.resource.urn) ?? [];
  const naming = known.get(roleKey(role.cluster, role.kind, role.namespace, role.name)) ?? [];
  return [...new Set([...referring, ...naming])];
}

/** Every planned binding of both kinds. */
export function allBindings(world: World): readonly KubernetesObject[] {
  return ["ClusterRoleBinding", "RoleBinding"].flatMap((kind) => world.find({ kind, group: RBAC_GROUP }));
}

function indexBindings(world: World): ReadonlyMap<string, readonly KubernetesObject[]> {
  const known = new Map<string, KubernetesObject[]>();
  for (const binding of allBindings(world)) {
    const at = binding.root.at("roleRef", "name");
    const referred = world.resolve(binding.resource, at).map((resource) => resource.urn as string);
    const [kind, name] = [binding.root.at("roleRef", "kind").string(), at.string()];
    const namespace = kind === "Role" ? binding.namespace : undefined;
    const named =
      typeof kind === "string" && typeof name === "string" ? [roleKey(binding.cluster, kind, namespace, name)] : [];
    for (const key of [...referred, ...named]) {
      const list = known.get(key);
      if (list === undefined) known.set(key, [binding]);
      else list.push(binding);
    }
  }
  return known;
}

/** What tells roles apart: a ClusterRole has no namespace. */
export function roleKey(cluster: string, kind: string, namespace: string | undefined, name: string): string {
  return [cluster, kind, namespace ?? "", name].join("|");
}

/** Where a role takes effect, as far as the plan shows. */
export interface Reach {
  /** The planned bindings of the role. */
  readonly bindings: readonly KubernetesObject[];
  /** In every namespace and for objects without one: it is bound so, or nobody has bound it yet. */
  readonly clusterWide: boolean;
  /** The namespaces where it takes effect, when not cluster-wide. */
  readonly namespaces: readonly string[];
}

/** Where a role takes effect. A ClusterRole that only RoleBindings name takes effect in their namespaces alone. */
export function reachOf(world: World, role: KubernetesObject): Reach {
  const bindings = bindingsOf(world, role);
  if (role.kind === "Role") return { bindings, clusterWide: false, namespaces: [role.namespace ?? "?"] };
  const confined = bindings.length > 0 && bindings.every((b) => b.kind === "RoleBinding") && !isAggregated(world, role);
  const namespaces = [...new Set(bindings.map((b) => b.namespace ?? "?"))].sort();
  return { bindings, clusterWide: !confined, namespaces: confined ? namespaces : [] };
}

/**
 * Whether nobody holds a role, as far as the plan shows: no planned binding of it names anybody, and its rules go into no
 * other role. A binding whose subjects are not known yet may name somebody.
 */
export function isUnbound(world: World, role: KubernetesObject, { bindings }: Reach): boolean {
  const named = bindings.some(({ root }) => root.at("subjects").isUnknown || root.at("subjects").items().length > 0);
  return !named && !isAggregated(world, role) && role.root.at("metadata", "name").string() !== UNKNOWN;
}

const selectorIndex = new WeakMap<World, ReadonlyMap<string, readonly Cursor[]>>();

/** Whether the rules of a ClusterRole go into another one, by a label of Kubernetes' own roles or by a planned rule. */
function isAggregated(world: World, role: KubernetesObject): boolean {
  if (role.kind !== "ClusterRole") return false;
  if (Object.keys(role.labels).some((key) => key.startsWith(`${RBAC_GROUP}/aggregate-to-`))) return true;
  let known = selectorIndex.get(world);
  if (known === undefined) selectorIndex.set(world, (known = indexSelectors(world)));
  return (known.get(role.cluster) ?? []).some((selector) => selects(selector, role.labels) !== false);
}

function indexSelectors(world: World): ReadonlyMap<string, readonly Cursor[]> {
  const known = new Map<string, Cursor[]>();
  for (const role of world.find({ kind: "ClusterRole", group: RBAC_GROUP }))
    for (const selector of selectorsOf(role)) {
      const list = known.get(role.cluster);
      if (list === undefined) known.set(role.cluster, [selector]);
      else list.push(selector);
    }
  return known;
}

/** The selectors of the roles that a ClusterRole is made of; the cluster overwrites its own rules when it has any. */
export function selectorsOf(role: KubernetesObject): readonly Cursor[] {
  return role.root.at("aggregationRule", "clusterRoleSelectors").items();
}

/** Whom bindings name, for messages: `Group 'ops'`, `ServiceAccount 'vote/web'`; `undefined` when nobody is named. */
export function holdersOf(bindings: readonly KubernetesObject[]): string | undefined {
  const names = [
    ...new Set(
      bindings.flatMap((b) =>
        b.root
          .at("subjects")
          .items()
          .map((s) => subjectLabel(b, s)),
      ),
    ),
  ];
  if (names.length === 0) return undefined;
  return names.length > 2 ? `${names.slice(0, 2).join(", ")} and others` : names.join(" and ");
}

/** A subject of a binding, for messages: `ServiceAccount 'vote/web'`. */
export function subjectLabel(binding: KubernetesObject, subject: Cursor): string {
  const [kind, name] = [subject.at("kind").string(), subject.at("name").string()];
  const shown = typeof name === "string" ? name : "?";
  if (kind !== "ServiceAccount") return `${typeof kind === "string" ? kind : "subject"} '${shown}'`;
  const stated = subject.at("namespace").string();
  return `ServiceAccount '${typeof stated === "string" ? stated : (binding.namespace ?? "?")}/${shown}'`;
}

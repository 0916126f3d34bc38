import type { Cursor, KubernetesObject, Read, World } from "../../../plan/world/index.js";
import { UNKNOWN } from "../../../plan/world/index.js";
import { allBindings } from "./bindings.js";

/** A service account, planned or not. */
export interface Account {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  /** The account itself, when the plan holds it. */
  readonly object: KubernetesObject | undefined;
}

/** Bindings by whom they name; those whose subjects nobody knows yet stand under the empty key. */
type Index = ReadonlyMap<string, readonly KubernetesObject[]>;

const index = new WeakMap<World, Index>();

/**
 * The planned bindings that give a service account rights: by its name and the namespace of the subject (not the
 * binding's), by the user that it is, and by the groups that it is in.
 */
export function bindingsHeldBy(world: World, account: Account): readonly KubernetesObject[] {
  const { cluster, namespace } = account;
  const groups = ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"];
  const byGroup = groups.flatMap((group) => indexOf(world).get(subjectKey(cluster, "Group", group)) ?? []);
  return [...new Set([...bindingsNaming(world, account), ...byGroup])];
}

/** The planned bindings that give rights to this very service account, not to a group that it is in. */
export function bindingsNaming(world: World, account: Account): readonly KubernetesObject[] {
  const { cluster, namespace, name, object } = account;
  const keys = [
    subjectKey(cluster, "ServiceAccount", name, namespace),
    subjectKey(cluster, "User", `system:serviceaccount:${namespace}:${name}`),
    ...(object === undefined ? [] : [object.resource.urn as string]),
  ];
  return [...new Set(keys.flatMap((key) => indexOf(world).get(key) ?? []))];
}

/** The service account that a subject of a binding is; `undefined` when it is somebody else. */
export function accountNamedBy(world: World, binding: KubernetesObject, subject: Cursor): Read<Account | undefined> {
  const { cluster } = binding;
  const referred = world.resolve(binding.resource, subject.at("name")).flatMap((r) => world.objectOf(r) ?? []);
  const object = referred.find((o) => o.kind === "ServiceAccount" && o.namespace !== undefined);
  if (object?.namespace !== undefined) return { cluster, namespace: object.namespace, name: object.name, object };
  const [kind, name, namespace] = ["kind", "name", "namespace"].map((field) => subject.at(field).string());
  if (kind === UNKNOWN || name === UNKNOWN || namespace === UNKNOWN) return UNKNOWN;
  const [, userNamespace, userName] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name ?? "") ?? [];
  if (kind === "User" && userNamespace !== undefined && userName !== undefined)
    return { cluster, namespace: userNamespace, name: userName, object: undefined };
  if (kind !== "ServiceAccount" || name === undefined || namespace === undefined) return undefined;
  return { cluster, namespace, name, object: undefined };
}

/** The planned bindings of a cluster of which nobody can tell whom they name. */
export function bindingsToUnknown(world: World, cluster: string): readonly KubernetesObject[] {
  return indexOf(world).get(subjectKey(cluster, "", "")) ?? [];
}

function indexOf(world: World): Index {
  let known = index.get(world);
  if (known === undefined) index.set(world, (known = build(world)));
  return known;
}

function build(world: World): Index {
  const known = new Map<string, KubernetesObject[]>();
  for (const binding of allBindings(world)) {
    const subjects = binding.root.at("subjects");
    const keys = subjects.isUnknown
      ? [subjectKey(binding.cluster, "", "")]
      : subjects.items().flatMap((subject) => keysOf(world, binding, subject));
    for (const key of new Set(keys)) {
      const list = known.get(key);
      if (list === undefined) known.set(key, [binding]);
      else list.push(binding);
    }
  }
  return known;
}

function keysOf(world: World, binding: KubernetesObject, subject: Cursor): readonly string[] {
  const [kind, name, namespace] = ["kind", "name", "namespace"].map((field) => subject.at(field).string());
  const referred = world
    .resolve(binding.resource, subject.at("name"))
    .filter((resource) => world.objectOf(resource)?.kind === "ServiceAccount");
  if (referred.length > 0) return referred.map((resource) => resource.urn);
  if ([kind, name, namespace].includes(UNKNOWN)) return [subjectKey(binding.cluster, "", "")];
  const ofAccount = kind === "ServiceAccount" ? String(namespace ?? "") : "";
  return [subjectKey(binding.cluster, String(kind ?? ""), String(name ?? ""), ofAccount)];
}

function subjectKey(cluster: string, kind: string, name: string, namespace = ""): string {
  return [cluster, kind, namespace, name].join("|");
}

import type { KubernetesObject, World } from "../../plan/world/index.js";

const namespaces = new WeakMap<World, ReadonlyMap<string, KubernetesObject>>();

/**
 * The planned Namespace that an object goes into, in the same cluster; for one that exists already, such as `default`, the
 * patch of it.
 */
export function namespaceOf(world: World, object: KubernetesObject): KubernetesObject | undefined {
  return object.namespace === undefined ? undefined : namespaceNamed(world, object.cluster, object.namespace);
}

/** The planned Namespace of a name in a cluster, else the patch of it. */
export function namespaceNamed(world: World, cluster: string, name: string): KubernetesObject | undefined {
  let known = namespaces.get(world);
  if (known === undefined) namespaces.set(world, (known = indexNamespaces(world)));
  return known.get(`${cluster}|${name}`);
}

function indexNamespaces(world: World): ReadonlyMap<string, KubernetesObject> {
  const known = new Map<string, KubernetesObject>();
  for (const object of ["Namespace", "NamespacePatch"].flatMap((kind) => world.find({ kind, group: "" }))) {
    const key = `${object.cluster}|${object.name}`;
    if (!known.has(key)) known.set(key, object);
  }
  return known;
}

/** Objects of a kind in the namespace of another object, same cluster. */
export function neighbours(
  world: World,
  object: KubernetesObject,
  group: string,
  kind: string,
): readonly KubernetesObject[] {
  if (object.namespace === undefined) return [];
  return world.find({ group, kind, namespace: object.namespace, cluster: object.cluster });
}

/** Objects of a kind in a planned Namespace, same cluster. */
export function within(
  world: World,
  namespace: KubernetesObject,
  group: string,
  kind: string,
): readonly KubernetesObject[] {
  return world.find({ group, kind, namespace: namespace.name, cluster: namespace.cluster });
}

const unplacedObjects = new WeakMap<World, Map<string, readonly KubernetesObject[]>>();

/** Objects of a kind in the cluster of a Namespace whose own namespace is not known before the deployment. */
export function unplaced(
  world: World,
  namespace: KubernetesObject,
  group: string,
  kind: string,
): readonly KubernetesObject[] {
  let known = unplacedObjects.get(world);
  if (known === undefined) unplacedObjects.set(world, (known = new Map<string, readonly KubernetesObject[]>()));
  const key = `${namespace.cluster}|${group}|${kind}`;
  let found = known.get(key);
  if (found === undefined) {
    const all = world.find({ group, kind, cluster: namespace.cluster });
    found = all.filter((object) => object.namespace === undefined && object.root.at("metadata", "namespace").isUnknown);
    known.set(key, found);
  }
  return found;
}

/** Namespaces that belong to Kubernetes itself; what runs there must stay privileged. */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);

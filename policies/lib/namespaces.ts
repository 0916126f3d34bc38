import type { KubernetesObject, World } from "../../plan/world/index.js";

/**
 * The planned Namespace that an object goes into, in the same cluster; for one that exists already, such as `default`, the
 * patch of it.
 */
export function namespaceOf(world: World, object: KubernetesObject): KubernetesObject | undefined {
  if (object.namespace === undefined) return undefined;
  const { namespace: name, cluster } = object;
  const [found] = ["Namespace", "NamespacePatch"].flatMap((kind) => world.find({ kind, group: "", name, cluster }));
  return found;
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

/** Objects of a kind in the cluster of a Namespace whose own namespace is not known before the deployment. */
export function unplaced(
  world: World,
  namespace: KubernetesObject,
  group: string,
  kind: string,
): readonly KubernetesObject[] {
  return world
    .find({ group, kind, cluster: namespace.cluster })
    .filter((object) => object.namespace === undefined && object.root.at("metadata", "namespace").isUnknown);
}

/** Namespaces that belong to Kubernetes itself; what runs there must stay privileged. */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);

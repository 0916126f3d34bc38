import type { PlannedResource, Urn } from "../model/index.js";
import { walk } from "../model/index.js";
import { Cursor } from "./cursor.js";
import type { World } from "./world.js";

/** Wire token of an EKS cluster. */
export const EKS_CLUSTER = "aws:eks/cluster:Cluster";

const cache = new WeakMap<World, Map<string, PlannedResource | undefined>>();

/**
 * The planned EKS cluster that Kubernetes objects go to. A provider belongs to the cluster whose outputs its inputs use
 * (an endpoint, a kubeconfig), or else to the only one that it comes after. The ambient provider, and files, belong to
 * the plan's only cluster. `undefined` when the plan does not tell.
 *
 * @param provider As in `KubernetesObject.cluster`: the URN of a provider, empty for the ambient one.
 */
export function eksClusterOf(world: World, provider: string): PlannedResource | undefined {
  let known = cache.get(world);
  if (known === undefined) cache.set(world, (known = new Map<string, PlannedResource | undefined>()));
  if (!known.has(provider)) known.set(provider, findCluster(world, provider));
  return known.get(provider);
}

function findCluster(world: World, provider: string): PlannedResource | undefined {
  const resource = provider === "" ? undefined : world.byUrn(provider as Urn);
  if (resource === undefined) return provider === "" ? only(world.ofType(EKS_CLUSTER)) : undefined;
  const seen = new Set<PlannedResource>([resource]);
  let level: readonly PlannedResource[] = mentionedBy(world, resource);
  while (level.length > 0) {
    const clusters = level.filter((r) => r.type === EKS_CLUSTER);
    if (clusters.length > 0) return only(clusters);
    for (const r of level) seen.add(r);
    const next = level.flatMap((r) => r.dependencies).concat(resource.dependencies);
    level = [...new Set(next)].flatMap((urn) => world.byUrn(urn) ?? []).filter((r) => !seen.has(r));
  }
  return only(resource.dependencies.flatMap((urn) => world.byUrn(urn) ?? []).filter((r) => r.type === EKS_CLUSTER));
}

/** The resources that the inputs of another refer to, each once. */
export function mentionedBy(world: World, resource: PlannedResource): readonly PlannedResource[] {
  const found = new Set<PlannedResource>();
  walk(resource.inputs, (value, path) => {
    if (Array.isArray(value)) return;
    for (const r of world.resolve(resource, new Cursor(value, path))) found.add(r);
  });
  return [...found];
}

function only(resources: readonly PlannedResource[]): PlannedResource | undefined {
  return resources.length === 1 ? resources[0] : undefined;
}

import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, KubernetesObject, Read, World } from "../../plan/world/index.js";
import { EKS_CLUSTER, eksClusterOf, UNKNOWN } from "../../plan/world/index.js";
import { some } from "../verdicts.js";

/** Wire token of an EKS add-on. */
export const EKS_ADDON = "aws:eks/addon:Addon";

/**
 * Whether a resource names this cluster at `cursor`. A reference tells. A plain text that no reference explains can only
 * tell clusters apart: where it equals the cluster's own name, nobody knows whether the same account and Region are meant.
 */
export function namesCluster(
  world: World,
  resource: PlannedResource,
  cursor: Cursor,
  cluster: PlannedResource,
): Read<boolean> {
  const targets = world.resolve(resource, cursor).filter((r) => r.type === EKS_CLUSTER);
  if (targets.length > 0) return targets.includes(cluster);
  const [stated, own] = [cursor.string(), world.inputsOf(cluster).at("name").string()];
  if (stated === UNKNOWN || own === UNKNOWN) return UNKNOWN;
  return stated !== undefined && stated === own ? UNKNOWN : false;
}

/** The resources of some types whose `clusterName` is, or may be, a cluster. */
export function ofCluster(
  world: World,
  cluster: PlannedResource,
  ...types: readonly string[]
): readonly { readonly resource: PlannedResource; readonly certain: boolean }[] {
  return world.ofType(...types).flatMap((resource) => {
    const named = namesCluster(world, resource, world.inputsOf(resource).at("clusterName"), cluster);
    return named === false ? [] : [{ resource, certain: named === true }];
  });
}

/** Whether an add-on is planned for a cluster; Auto Mode brings what it needs itself. */
export function hasAddon(world: World, cluster: PlannedResource, addonName: string): Read<boolean> {
  return some(
    ofCluster(world, cluster, EKS_ADDON).map(({ resource, certain }) => {
      const name = world.inputsOf(resource).at("addonName").string();
      if (name === UNKNOWN) return UNKNOWN;
      if (name !== addonName) return false;
      return certain ? true : UNKNOWN;
    }),
  );
}

/** Whether a cluster runs in Auto Mode (`computeConfig.enabled`). */
export function isAutoMode(world: World, cluster: PlannedResource): Read<boolean> {
  const enabled = world.inputsOf(cluster).at("computeConfig", "enabled").boolean();
  return enabled === UNKNOWN ? UNKNOWN : enabled === true;
}

/** The Kubernetes objects that go to a cluster. */
export function objectsIn(world: World, cluster: PlannedResource): readonly KubernetesObject[] {
  return world.objects.filter((object) => eksClusterOf(world, object.cluster) === cluster);
}

import type { KubernetesObject, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { PodView } from "../shapes.js";
import { neighbours } from "./namespaces.js";

/** The service account that a pod runs as. */
export interface PodAccount {
  /** The account, when this plan holds it. */
  readonly object: KubernetesObject | undefined;
  /** Whether it is the namespace's `default`, by name or because none is named. */
  readonly isDefault: boolean;
}

/**
 * Finds the service account of a pod: by reference, or by its name in the pod's namespace. `serviceAccount` is the
 * older field.
 */
export function accountOf(pod: PodView): PodAccount {
  const stated = pod.spec.at("serviceAccountName");
  const at = stated.isAbsent ? pod.spec.at("serviceAccount") : stated;
  const { object } = pod.workload;
  const referred = pod.world
    .resolve(object.resource, at)
    .flatMap((resource) => pod.world.objectOf(resource) ?? [])
    .find((o) => o.kind === "ServiceAccount");
  const name = at.string();
  if (referred !== undefined) return { object: referred, isDefault: referred.name === "default" };
  if (name === UNKNOWN) return { object: undefined, isDefault: false };
  const known = name === undefined || name === "" ? "default" : name;
  // The default account exists already, so that a program can only patch it.
  const account = ["ServiceAccount", "ServiceAccountPatch"]
    .flatMap((kind) => neighbours(pod.world, object, "", kind))
    .find((o) => o.name === known);
  return { object: account, isDefault: known === "default" };
}

/** The name of the service account that a pod runs as, planned or not. */
export function accountName(pod: PodView): Read<string> {
  const { object, isDefault } = accountOf(pod);
  if (object !== undefined) return object.name;
  if (isDefault) return "default";
  const stated = pod.spec.at("serviceAccountName");
  return (stated.isAbsent ? pod.spec.at("serviceAccount") : stated).string() ?? "default";
}

import type { Cursor, KubernetesObject, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import { labelOf } from "../shapes.js";
import { fail, pass, unknown } from "../verdicts.js";
import { namespaceOf } from "./namespaces.js";

/** Group and kind of an object that another names. */
export interface NamedKind {
  /** Empty for the core group. */
  readonly group: string;
  readonly kind: string;
}

const index = new WeakMap<World, Map<string, ReadonlyMap<string, KubernetesObject>>>();

/** The planned object of a kind with a name, in the cluster and the namespace of another object. */
export function plannedBeside(
  world: World,
  of: KubernetesObject,
  { group, kind }: NamedKind,
  name: string,
): KubernetesObject | undefined {
  let known = index.get(world);
  if (known === undefined) index.set(world, (known = new Map<string, ReadonlyMap<string, KubernetesObject>>()));
  let names = known.get(`${group}/${kind}`);
  if (names === undefined) {
    names = new Map(world.find({ group, kind }).map((o) => [placeOf(o, o.name), o] as const));
    known.set(`${group}/${kind}`, names);
  }
  return names.get(placeOf(of, name));
}

function placeOf({ cluster, namespace }: KubernetesObject, name: string): string {
  return [cluster, namespace ?? "", name].join("|");
}

/**
 * Judges a name that one object gives of another, by reference or by text. What is not in the plan may be in the cluster
 * already, unless the plan makes the namespace too.
 *
 * @param does What the object does with it, for messages: `leads to`.
 */
export function judgeNamed(world: World, of: KubernetesObject, at: Cursor, wanted: NamedKind, does: string): Verdict {
  const referred = world.resolve(of.resource, at).flatMap((resource) => world.objectOf(resource) ?? []);
  if (referred.some((object) => object.kind === wanted.kind && object.group === wanted.group)) return pass();
  const name = at.string();
  if (name === UNKNOWN || of.namespace === undefined)
    return unknown(at, `which ${wanted.kind} ${labelOf(of)} ${does} is not known before the deployment`);
  if (name === undefined || name === "" || plannedBeside(world, of, wanted, name) !== undefined) return pass();
  const missing = `${labelOf(of)} ${does} ${wanted.kind} '${name}', which this plan does not hold`;
  return namespaceOf(world, of)?.kind === "Namespace"
    ? fail(at, `${missing} though it makes the namespace`)
    : unknown(at, `${missing}; it may be in the cluster`);
}

/** Where two versions of a resource's inputs differ. */
import { isDeepStrictEqual } from "node:util";
import { encode } from "../model/plan-file.js";
import type { PlannedObject, PlannedValue } from "../model/values.js";
import { isPlannedObject, joinPath } from "../model/values.js";

/**
 * The places that differ, as property paths: `vpcConfig.subnetIds`. Maps are compared entry by entry, lists as a whole.
 * Values are compared as saved: a previous plan comes from a file, in which the content of secrets is not.
 */
export function changedPaths(before: PlannedObject, after: PlannedObject, path = ""): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => changedAt(before[name], after[name], joinPath(path, name)));
}

function changedAt(before: PlannedValue | undefined, after: PlannedValue | undefined, path: string): readonly string[] {
  // A map that comes or goes is its entries: `computeConfig` without a role is no change of the role.
  const [from, to] = [before ?? {}, after ?? {}];
  if (isPlannedObject(from) && isPlannedObject(to) && Object.keys({ ...from, ...to }).length > 0)
    return changedPaths(from, to, path);
  return isDeepStrictEqual(saved(before), saved(after)) ? [] : [path];
}

function saved(value: PlannedValue | undefined): unknown {
  return value === undefined ? undefined : encode(value);
}

/** Whether one of two property paths lies at or below the other. */
export function overlaps(a: string, b: string): boolean {
  return a === b || within(a, b) || within(b, a);
}

/** Whether a property path lies below another. */
export function within(path: string, around: string): boolean {
  return path.startsWith(`${around}.`) || path.startsWith(`${around}[`);
}

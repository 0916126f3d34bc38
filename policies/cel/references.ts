import type { PlannedValue } from "../../plan/model/index.js";
import { Concat, Ref, Secret, Unknown, walk } from "../../plan/model/index.js";

/** Whether something within a value is not plain data: a reference, an unknown, a secret. */
export function hasReference(value: PlannedValue): boolean {
  let found = false;
  walk(value, (v) => {
    found ||= v instanceof Ref || v instanceof Unknown || v instanceof Secret || v instanceof Concat;
  });
  return found;
}

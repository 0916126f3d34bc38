/** The Kubernetes objects of a plan as an API server takes them. */
import { Concat, isPlannedList, isPlannedObject, JsonText, Ref, Secret, Unknown } from "../../plan/model/index.js";
import type { Plan, PlannedValue } from "../../plan/model/index.js";
import { World } from "../../plan/world/index.js";

/** What stands in for an output that only the deployment knows. */
const LATER = "arn:aws:x:eu-west-1:111122223333:later";

/** An object as JSON. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Every Kubernetes object of a plan, with a text in place of each output. */
export function manifestsOf(plan: Plan): readonly Manifest[] {
  return new World(plan).objects.map(({ resource }) => plain(resource.inputs) as Manifest);
}

/** A `List` for `kubectl apply -f -`. */
export function listOf(items: readonly Manifest[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}

function plain(value: PlannedValue): unknown {
  if (value instanceof Ref) return LATER;
  if (value instanceof Unknown) return "unknown";
  if (value instanceof Secret) return plain(value.reveal());
  if (value instanceof JsonText) return JSON.stringify(plain(value.document));
  if (value instanceof Concat) return value.parts.map((part) => plain(part)).join("");
  if (isPlannedList(value)) return value.map(plain);
  if (isPlannedObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return value;
}

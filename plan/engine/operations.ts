/** What a deployment would do with each resource, given the plan of the previous one. */
import { UserError } from "../../core/issue.js";
import type { Operation, Plan, PlannedResource } from "../model/resource.js";
import { Ref, walk } from "../model/values.js";
import { changedPaths, overlaps, within } from "./changed-paths.js";
import { NEVER_LOST, REPLACED_BY, REPLACED_ON_LEAVING, REPLACED_WHILE } from "./replaced-by.js";

/**
 * Adds operations to a plan. Resources are matched by URN and then by alias, as the engine does; what the new plan lacks is
 * added as `delete`. Whatever is replaced has another id afterwards, so what refers to it changes too.
 *
 * @throws UserError when a cluster, key or VPC would be replaced or deleted and `allowed` does not name it.
 */
export function compareWithPrevious(plan: Plan, previous: Plan | undefined, allowed: readonly string[]): Plan {
  if (previous === undefined) return plan;
  const old = new Map<string, PlannedResource>(previous.resources.map((r) => [r.urn, r]));
  const matched = new Set<string>();
  const operations = new Map<string, Operation>();
  for (const resource of plan.resources) {
    const before = [resource.urn, ...resource.aliases].map((urn) => old.get(urn)).find((r) => r !== undefined);
    if (before !== undefined) matched.add(before.urn);
    operations.set(resource.urn, resource.operation ?? operationOf(before, resource));
  }
  spread(plan.resources, operations);
  const resources = plan.resources.map((r) => ({ ...r, operation: operations.get(r.urn) ?? "create" }));
  const deleted = previous.resources
    .filter((r) => !matched.has(r.urn))
    .map((r) => ({ ...r, operation: "delete" as const }));
  refuseLoss([...resources, ...deleted], allowed);
  return { ...plan, resources: [...resources, ...deleted] };
}

function operationOf(before: PlannedResource | undefined, after: PlannedResource): Operation {
  if (before === undefined) return "create";
  const changed = changedPaths(before.inputs, after.inputs);
  return takesBack(before, changed) ? "replace" : operationFor(after, changed);
}

/** Whether a change leaves a value that the service does not take back. */
function takesBack({ type, inputs }: PlannedResource, changed: readonly string[]): boolean {
  const values = REPLACED_ON_LEAVING[type] ?? {};
  let found = false;
  walk(inputs, (value, path) => {
    found ||= values[path] !== undefined && values[path] === value && changed.includes(path);
  });
  return found;
}

/** What a change of these places does with a resource. */
function operationFor(resource: PlannedResource, changed: readonly string[]): Exclude<Operation, "create" | "delete"> {
  const { ignoreChanges = [], replaceOnChanges = [] } = resource.options;
  const counting = changed.filter((path) => !ignoreChanges.some((ignored) => covers(ignored, path)));
  if (counting.length === 0) return "same";
  const whiles = Object.entries(REPLACED_WHILE[resource.type] ?? {});
  const conditional = whiles.filter(([, condition]) => resource.inputs[condition] === true).map(([path]) => path);
  const replacing = [...(REPLACED_BY[resource.type] ?? []), ...conditional, ...replaceOnChanges];
  return counting.some((path) => replacing.some((one) => one === "*" || overlaps(one, path))) ? "replace" : "update";
}

/** Whether an entry of `ignoreChanges` takes in a whole change. */
function covers(ignored: string, path: string): boolean {
  return ignored === "*" || path === ignored || within(path, ignored);
}

/** Gives what refers to something that is replaced the operation that follows, until nothing changes any more. */
function spread(resources: readonly PlannedResource[], operations: Map<string, Operation>): void {
  const mentions = new Map(resources.map((r) => [r, mentionsOf(r)]));
  for (let found = true; found;) {
    found = false;
    for (const [resource, places] of mentions) {
      const now = operations.get(resource.urn);
      if (now !== "same" && now !== "update") continue;
      const changed = places.filter(({ urn }) => operations.get(urn) === "replace").map(({ path }) => path);
      const next = operationFor(resource, changed);
      if (next === "same" || next === now) continue;
      operations.set(resource.urn, next);
      found = true;
    }
  }
}

function mentionsOf({ inputs }: PlannedResource): readonly { readonly urn: string; readonly path: string }[] {
  const places: { readonly urn: string; readonly path: string }[] = [];
  walk(inputs, (value, path) => {
    if (value instanceof Ref) places.push({ urn: value.urn, path });
  });
  return places;
}

function refuseLoss(resources: readonly PlannedResource[], allowed: readonly string[]): void {
  const lost = resources.filter(
    ({ urn, type, operation }) =>
      NEVER_LOST.includes(type) && (operation === "replace" || operation === "delete") && !allowed.includes(urn),
  );
  if (lost.length === 0) return;
  const lines = lost.map((r) => `  ${r.operation} ${r.urn}`);
  throw new UserError(
    [
      "this change would lose what cannot be had again:",
      ...lines,
      "Change it back, or allow it by name: --allow-replace <urn>",
    ].join("\n"),
  );
}

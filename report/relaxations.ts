import { RELAXATIONS_ANNOTATION, RELAXATIONS_OUTPUT } from "../core/relaxation.js";
import type { Plan, PlannedResource } from "../plan/model/index.js";
import { Cursor } from "../plan/world/index.js";
import type { ReportRelaxation } from "./model.js";
import { reportResource } from "./names.js";

/**
 * The defaults that were loosened: what components registered as an output, and what Kubernetes objects carry as an
 * annotation. A component that repeats what its child published is left out.
 */
export function relaxationsOf(plan: Plan): readonly ReportRelaxation[] {
  const byUrn = new Map<string, PlannedResource>(plan.resources.map((r) => [r.urn, r]));
  const found = plan.resources.flatMap((resource) => stated(resource).map((r) => ({ resource, ...r })));
  const key = (urn: string, { choice, reason }: Stated): string => JSON.stringify([urn, choice, reason]);
  const repeated = new Set(found.flatMap((r) => ancestors(r.resource, byUrn).map((urn) => key(urn, r))));
  return found
    .filter((r) => !repeated.has(key(r.resource.urn, r)))
    .map(({ resource, choice, reason }) => ({ resource: reportResource(resource), choice, reason }));
}

interface Stated {
  readonly choice: string;
  readonly reason: string;
}

function stated({ custom, outputs, inputs }: PlannedResource): readonly Stated[] {
  const list = custom
    ? new Cursor(inputs).at("metadata", "annotations", RELAXATIONS_ANNOTATION).json()
    : new Cursor(outputs).at(RELAXATIONS_OUTPUT);
  return list.items().flatMap((item) => {
    const choice = item.at("choice").text();
    const reason = item.at("reason").text();
    if (typeof choice !== "string" || typeof reason !== "string") return [];
    return [item.at("reason").secret ? { choice, reason: "[secret]" } : { choice, reason }];
  });
}

function ancestors(resource: PlannedResource, byUrn: ReadonlyMap<string, PlannedResource>): readonly string[] {
  const urns: string[] = [];
  for (let { parent } = resource; parent !== undefined; parent = byUrn.get(parent)?.parent) urns.push(parent);
  return urns;
}

import type { MonthlyCost } from "../../cost/index.js";
import { monthlyCost } from "../../cost/index.js";
import type { PlannedObject, PlannedResource } from "../../plan/model/index.js";
import { World } from "../../plan/world/index.js";
import { plan, resource } from "../report/support.js";

export const TODAY = new Date("2026-11-21");

/** A resource of AWS by the last part of its token: `eks/nodeGroup:NodeGroup`. */
export function aws(type: string, inputs: PlannedObject = {}, rest: Partial<PlannedResource> = {}): PlannedResource {
  return resource(`aws:${type}`, rest.name ?? "x", { inputs, ...rest });
}

/** What resources cost. */
export function costOf(resources: readonly PlannedResource[], region = "eu-west-1"): MonthlyCost {
  const cost = monthlyCost(new World(plan(resources)), { region, today: TODAY });
  if (cost === undefined) throw new Error("nothing of AWS is in the plan");
  return cost;
}

/** The parts of a cost: name, USD a month and how many. */
export function partsOf(
  resources: readonly PlannedResource[],
  region?: string,
): Record<string, readonly [number, number]> {
  return Object.fromEntries(costOf(resources, region).parts.map((p) => [p.name, [p.monthly, p.count]]));
}

/** What a cost leaves out: name, why and what is missing. */
export function leftOut(resources: readonly PlannedResource[], region?: string): readonly (readonly string[])[] {
  return costOf(resources, region).notCounted.map(({ name, reason, detail }) => [name, reason, detail]);
}

import type { Cidr } from "../../core/cidr.js";
import { REGIONS, regionFacts } from "../../core/data/regions.js";
import type { RegionFacts, ZoneId } from "../../core/data/regions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { planSubnets, subnetIssues } from "./subnets.js";
import type { SubnetPlan, SubnetTier } from "./subnets.js";

/** Where a network lies and how it is divided; known while the program runs. */
export interface NetworkPlan {
  readonly region: string;
  readonly vpcCidr: Cidr;
  readonly zones: readonly ZoneId[];
  /** Every tier, whether it is created or not: what is reserved stays reserved. */
  readonly subnets: readonly SubnetPlan[];
}

/** Three zones, or the zones by id. */
export type Zones = 3 | readonly ZoneId[];

/**
 * Plans a network and collects everything that is wrong with the request.
 *
 * @returns The plan, empty of subnets when there are issues.
 */
export function planNetwork(
  region: string,
  vpcCidr: Cidr,
  zones: Zones,
): { readonly plan: NetworkPlan; readonly issues: readonly Issue[] } {
  const facts = regionFacts(region);
  const chosen = zones === 3 ? (facts?.zones ?? []).slice(0, 3) : zones;
  const issues = facts === undefined ? [unlisted(region)] : zoneIssues(region, facts, zones);
  // Without the facts of the Region there are no zones to plan with: say that, and not its consequences.
  if (facts !== undefined || zones !== 3) issues.push(...subnetIssues({ vpcCidr, zones: chosen }));
  const subnets = issues.length === 0 ? planSubnets({ vpcCidr, zones: chosen }) : [];
  return { plan: { region, vpcCidr, zones: chosen, subnets }, issues };
}

/** The blocks of one tier, zone by zone. */
export function cidrsOf(plan: NetworkPlan, tier: SubnetTier): Cidr[] {
  return plan.subnets.filter((subnet) => subnet.tier === tier).map((subnet) => subnet.cidr);
}

function unlisted(region: string): Issue {
  const advice = `Ringfence lists ${Object.keys(REGIONS).join(", ")}`;
  return issue("NotFound", "region", "must be a Region whose zones are listed", region, advice);
}

function zoneIssues(region: string, facts: RegionFacts, zones: Zones): Issue[] {
  const listed = facts.zones.join(", ");
  if (zones === 3) {
    if (facts.zones.length >= 3) return [];
    const advice = `${region} has ${listed}: name two of them`;
    return [issue("OutOfRange", "zones", "must fit the zones of the Region", zones, advice)];
  }
  return zones.flatMap((zone, i) =>
    facts.zones.includes(zone)
      ? []
      : [issue("NotFound", `zones[${i}]`, `must be a zone of ${region} that takes EKS`, zone, `Choose from ${listed}`)],
  );
}

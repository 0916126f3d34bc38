import type { Cidr } from "../../core/cidr.js";
import { REGIONS, regionFacts } from "../../core/data/regions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { podBlockIssues, vpcBlockIssues } from "./blocks.js";
import { planSubnets } from "./subnets.js";
import type { SubnetPlan } from "./subnets.js";
import { chooseZones } from "./zones.js";
import type { PlacedZone, Zone, Zones } from "./zones.js";

/** Where a network lies and how it is divided; known while the program runs. */
export interface NetworkPlan {
  readonly region: string;
  readonly vpcCidr: Cidr;
  /** The block of pods; `undefined` when they have addresses of the nodes' subnets. */
  readonly podCidr: Cidr | undefined;
  readonly zones: readonly Zone[];
  /** Every tier, whether it is created or not: what is reserved stays reserved. */
  readonly subnets: readonly SubnetPlan[];
  /** The zones in the order of their places, which no reordering changes. */
  readonly placed: readonly PlacedZone[];
}

/**
 * Plans a network and collects everything that is wrong with the request.
 *
 * @param zones `undefined` for three zones, or all of a Region that has fewer.
 * @returns The plan, empty of subnets when there are issues.
 */
export function planNetwork(
  region: string,
  vpcCidr: Cidr,
  zones: Zones | undefined,
  podCidr?: Cidr,
): { readonly plan: NetworkPlan; readonly issues: readonly Issue[] } {
  const chosen = chooseZones(region, zones);
  const issues = [
    ...(regionFacts(region) === undefined ? [unlisted(region)] : []),
    ...vpcBlockIssues(vpcCidr),
    ...chosen.issues,
    ...(podCidr === undefined ? [] : podBlockIssues(podCidr, vpcCidr)),
  ];
  return {
    plan: {
      ...{ region, vpcCidr, podCidr },
      zones: chosen.zones.map(({ zone }) => zone),
      subnets: issues.length === 0 ? planSubnets({ vpcCidr, zones: chosen.zones, podCidr }) : [],
      placed: [...chosen.zones].sort((a, b) => a.slot - b.slot),
    },
    issues,
  };
}

/** A Region that is not listed. */
export function unlisted(region: string): Issue {
  const advice = `Ringfence lists ${Object.keys(REGIONS).join(", ")}`;
  return issue("NotFound", "region", "must be a Region whose zones are listed", region, advice);
}

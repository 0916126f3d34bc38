import { regionFacts, zoneLetter, zoneNumber } from "../../core/data/regions.js";
import type { RegionFacts, ZoneId, ZoneName } from "../../core/data/regions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { listIssues } from "../checks.js";

/** A zone by its id, the same place in every account, or by the name that this account has for it. */
export type Zone = ZoneId | ZoneName;

/**
 * How many zones of the Region, from two on, in the order of the table of Regions; or the zones, all by id (`euw1-az1`) or all
 * by name (`eu-west-1a`). A name is another place in another account: what must lie beside something else is told by id.
 */
export type Zones = number | readonly Zone[];

/** EKS places its interfaces in at least two zones. */
const LEAST_ZONES = 2;

/** How many zones a VPC is divided among. */
export const ZONE_SLOTS = 7;

/** A zone and its place in every VPC, from 0 on: that of its number or letter, whatever other zones there are. */
export interface PlacedZone {
  readonly zone: Zone;
  readonly slot: number;
}

/**
 * Chooses the zones of a network and says what is wrong with the request. The Region is listed, or nobody asks.
 *
 * @returns The zones in the order given, none when there are issues.
 */
export function chooseZones(
  region: string,
  zones: Zones | undefined,
): { readonly zones: readonly PlacedZone[]; readonly issues: readonly Issue[] } {
  const facts = regionFacts(region);
  if (facts === undefined) return { zones: [], issues: [] };
  const wanted = zones ?? Math.min(DEFAULT_ZONES, facts.zones.length);
  const issues =
    typeof wanted === "number" ? countIssues(region, facts, wanted) : zoneListIssues(region, facts, wanted);
  if (issues.length > 0) return { zones: [], issues };
  const chosen = typeof wanted === "number" ? facts.zones.slice(0, wanted) : wanted;
  return { zones: chosen.map((zone) => ({ zone, slot: (placeOf(region, zone) ?? 1) - 1 })), issues };
}

/** How many zones a network has when nobody says otherwise, or all when the Region has fewer. */
export const DEFAULT_ZONES = 3;

function placeOf(region: string, zone: Zone): number | undefined {
  return zoneNumber(zone) ?? zoneLetter(region, zone);
}

function countIssues(region: string, { zones }: RegionFacts, count: number): Issue[] {
  if (!Number.isInteger(count) || count < LEAST_ZONES)
    return [issue("OutOfRange", "zones", "must be at least two zones", count, "Write 3, or leave `zones` out")];
  if (count <= zones.length) return [];
  const advice = `${region} has ${zones.join(", ")}: ask for ${zones.length} at most`;
  return [issue("OutOfRange", "zones", "must fit the zones of the Region", count, advice)];
}

function zoneListIssues(region: string, { zones: listed }: RegionFacts, zones: readonly Zone[]): Issue[] {
  const issues: Issue[] = [];
  if (zones.length < LEAST_ZONES) {
    const advice = "Name three, or leave `zones` out";
    issues.push(issue("OutOfRange", "zones", "must name at least two zones", zones, advice));
  }
  const byName = zones.filter((zone) => zoneLetter(region, zone) !== undefined);
  if (byName.length > 0 && zones.some((zone) => zoneNumber(zone) !== undefined))
    issues.push(issue("Conflict", "zones", "must all be ids or all be names", zones, "Prefer ids, such as 'euw1-az1'"));
  const known = (at: string, zone: Zone) => {
    if (byName.includes(zone) || listed.some((id) => id === zone)) return [];
    const rule = `must be a zone of ${region} that takes EKS`;
    return [issue("NotFound", at, rule, zone, `Choose from ${listed.join(", ")}`)];
  };
  return [...issues, ...listIssues("zones", zones, "zone", known)];
}

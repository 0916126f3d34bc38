import { PRICED_REGIONS } from "../core/data/prices.js";
import { count } from "../core/wording.js";
import type { MonthlyCost, NotCountedReason } from "./model.js";

/** What would make the sum larger, and by more than cents. */
const LACKING: readonly NotCountedReason[] = ["noPrice", "unknown"];

/** Parts that the line names. */
const SHOWN = 3;

/**
 * A monthly cost in one line: `Fixed cost in eu-west-1: about 612 USD a month; largest: VPC endpoints 265, nodes 235,
 * control plane 73 (list prices collected 2026-11-21, no traffic)`. What has a fixed cost that is not in it is counted behind.
 */
export function costLine({ region, regionPriced, total, parts, notCounted, pricesCollected }: MonthlyCost): string {
  if (!regionPriced && parts.length === 0)
    return `Fixed cost: there are no prices of ${region}, only of ${PRICED_REGIONS.join(" and ")}`;
  const missing = new Set(
    notCounted.filter(({ reason }) => LACKING.includes(reason)).flatMap(({ resources }) => resources),
  );
  const without = missing.size === 0 ? "" : `, ${count(missing.size, "resource")} not or not fully counted`;
  const largest = parts.slice(0, SHOWN).map(({ name, monthly }) => `${name} ${amount(monthly)}`);
  const named = largest.length === 0 ? "" : `; largest: ${largest.join(", ")}`;
  const exact = total > 0 && total < 1 ? "" : "about ";
  const about = parts.some(({ estimate }) => estimate !== undefined) ? "at most " : exact;
  return `Fixed cost in ${region}: ${about}${amount(total)} USD a month${named} (list prices collected ${pricesCollected}, no traffic${without})`;
}

/** Whole dollars, with a comma between thousands; `under 1` for less than one. */
export function amount(usd: number): string {
  return usd > 0 && usd < 1 ? "under 1" : Math.round(usd).toLocaleString("en-US");
}

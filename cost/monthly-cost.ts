import { instancePrice, isPricedRegion, monthlyPrice, PRICES_COLLECTED } from "../core/data/prices.js";
import type { PlannedResource } from "../plan/model/index.js";
import { Cursor, eksClusterOf, identityOf } from "../plan/world/index.js";
import type { World } from "../plan/world/index.js";
import type { Charge, Priced } from "./charge.js";
import { objectCharges } from "./meters/kubernetes.js";
import { meterOf } from "./meters/index.js";
import type { CostPart, MonthlyCost, NotCounted } from "./model.js";

/** What {@link monthlyCost} cannot see in a plan. */
export interface CostOptions {
  /** Region of resources that name none. Left out, it is the first that a resource of AWS or its provider names. */
  readonly region?: string | undefined;
  /** The day on which the support of Kubernetes versions is read. */
  readonly today: Date;
}

/** A charge, of what and where. */
interface Item {
  readonly charge: Charge;
  readonly resource: PlannedResource;
  readonly region: string;
}

/**
 * What the resources of a plan cost a month whatever their load, at list prices: what the plan deletes and what it only
 * reads is not in it. `undefined` when nothing of AWS is in the plan, or nobody names a Region.
 */
export function monthlyCost(world: World, options: CostOptions): MonthlyCost | undefined {
  const { today } = options;
  const kept = world.resources.filter((r) => r.custom && r.operation !== "read");
  const ofAws = kept.filter(({ type }) => type.startsWith("aws:"));
  const region = options.region ?? ofAws.map((r) => statedRegion(world, r)).find((stated) => stated !== undefined);
  if (ofAws.length === 0 || region === undefined) return undefined;
  const items = [...awsItems(world, kept, region, today), ...objectItems(world, region)];
  const parts = new Map<string, CostPart>();
  const notCounted = new Map<string, NotCounted>();
  for (const item of items) addTo(parts, notCounted, item);
  const sorted = [...parts.values()].map((part) => ({ ...part, monthly: cents(part.monthly) }));
  return {
    currency: "USD",
    region,
    pricesCollected: PRICES_COLLECTED,
    regionPriced: isPricedRegion(region),
    total: cents([...parts.values()].reduce((sum, { monthly }) => sum + monthly, 0)),
    parts: sorted.sort((a, b) => b.monthly - a.monthly || (a.name < b.name ? -1 : 1)),
    notCounted: [...notCounted.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function awsItems(world: World, resources: readonly PlannedResource[], region: string, today: Date): readonly Item[] {
  return resources.flatMap((resource) => {
    const charges = meterOf(resource.type, today)?.(resource, new Cursor(resource.inputs), world) ?? [];
    return charges.map((charge) => ({ charge, resource, region: regionOf(world, resource, region) }));
  });
}

function objectItems(world: World, region: string): readonly Item[] {
  const seen = new Set<string>();
  return world.objects.flatMap((object) => {
    const cluster = eksClusterOf(world, object.cluster);
    const place = cluster === undefined ? region : regionOf(world, cluster, region);
    return objectCharges(world, object, seen).map((charge) => ({ charge, resource: object.resource, region: place }));
  });
}

/** The Region that a resource says, or else its provider, or else the one of the run. */
function regionOf(world: World, resource: PlannedResource, fallback: string): string {
  return statedRegion(world, resource) ?? fallback;
}

function statedRegion(world: World, resource: PlannedResource): string | undefined {
  const provider = resource.provider === undefined ? undefined : world.byUrn(resource.provider);
  const [stated] = [resource, provider]
    .flatMap((r) => (r === undefined ? [] : [new Cursor(r.inputs).at("region").string()]))
    .filter((region) => typeof region === "string");
  return stated;
}

function addTo(parts: Map<string, CostPart>, notCounted: Map<string, NotCounted>, item: Item): void {
  const { charge, resource, region } = item;
  const { id } = identityOf(resource);
  if ("reason" in charge) {
    addNotCounted(notCounted, { name: charge.part, reason: charge.reason, detail: charge.detail, resources: [id] });
    return;
  }
  if (charge.units === 0) return;
  const price = priceOf(charge.priced, region);
  if (price === undefined) {
    const what = typeof charge.priced === "string" ? charge.part : charge.priced.instance;
    const detail = `no price of ${what} in ${region}`;
    addNotCounted(notCounted, { name: charge.part, reason: "noPrice", detail, resources: [id] });
    return;
  }
  const before = parts.get(charge.part);
  const estimate = charge.estimate ?? before?.estimate;
  parts.set(charge.part, {
    name: charge.part,
    monthly: (before?.monthly ?? 0) + price * charge.units,
    count: (before?.count ?? 0) + charge.units,
    resources: [...new Set([...(before?.resources ?? []), id])],
    ...(estimate === undefined ? {} : { estimate }),
  });
}

function addNotCounted(all: Map<string, NotCounted>, more: NotCounted): void {
  const key = JSON.stringify([more.name, more.detail]);
  const resources = new Set([...(all.get(key)?.resources ?? []), ...more.resources]);
  all.set(key, { ...more, resources: [...resources] });
}

function priceOf(priced: Priced, region: string): number | undefined {
  if (typeof priced === "string") return monthlyPrice(priced, region);
  const prices = [priced.instance, ...(priced.orDearer ?? [])].map((type) => instancePrice(type, region));
  const known = prices.filter((price) => price !== undefined);
  return known.length < prices.length ? undefined : Math.max(...known);
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}

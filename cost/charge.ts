import type { PriceKey } from "../core/data/prices.js";
import type { PlannedResource } from "../plan/model/index.js";
import type { Cursor, World } from "../plan/world/index.js";
import type { NotCountedReason } from "./model.js";

/** What is paid for: an entry of the price table, or a machine by its type. */
export type Priced = PriceKey | Machine;

/** A machine by its type; of several that may be started, the dearest counts. */
export interface Machine {
  readonly instance: string;
  readonly orDearer?: readonly string[];
}

/** Something that a resource makes one pay for, a month. */
export interface Counted {
  /** Name of the part that it belongs to. */
  readonly part: string;
  readonly priced: Priced;
  /** How many; GiB for disks. */
  readonly units: number;
  /** Why it is no exact amount. */
  readonly estimate?: string;
}

/** Something that a resource makes one pay for, and that no sum can hold. */
export interface Uncounted {
  readonly part: string;
  readonly reason: NotCountedReason;
  readonly detail: string;
}

/** Either of the two. */
export type Charge = Counted | Uncounted;

/** What a resource of some type costs at rest. */
export type Meter = (resource: PlannedResource, inputs: Cursor, world: World) => readonly Charge[];

/** So many of something with a price. */
export function counted(part: string, priced: Priced, units: number, estimate?: string): Charge {
  return { part, priced, units, ...(estimate === undefined ? {} : { estimate }) };
}

/** Something of which the plan does not tell how much there will be. */
export function unknown(part: string, detail: string): Charge {
  return { part, reason: "unknown", detail };
}

/** Something that costs by use alone. */
export function byUse(part: string, detail: string): Charge {
  return { part, reason: "byUse", detail };
}

/** So many of something as a list has entries; unknown when the list is. */
export function perItem(part: string, priced: Priced, list: Cursor, of: string): Charge {
  return list.isUnknown
    ? unknown(part, `how many ${of} there will be is not known`)
    : counted(part, priced, list.items().length);
}

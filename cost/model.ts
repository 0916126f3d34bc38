/** One kind of thing that costs the same whatever it does. */
export interface CostPart {
  /** In words, the plural where there are several: `VPC endpoints`, `control plane`. */
  readonly name: string;
  /** USD a month. */
  readonly monthly: number;
  /** How many are paid for: machines, zones that an endpoint is in, GiB of disks. */
  readonly count: number;
  /** Identities of the resources that they come from, as reports name them. */
  readonly resources: readonly string[];
  /**
   * Why the amount is not exact, a sentence: spot machines cost at most this.
   *
   * @default - it is exact, as far as the prices are
   */
  readonly estimate?: string;
}

/**
 * Why something stands in no part: there is no price for it, the plan does not tell how much of it there will be, it is a
 * disk of the few GiB that a machine's image asks for, or what it costs follows from its use alone.
 */
export type NotCountedReason = "noPrice" | "unknown" | "imageSize" | "byUse";

/** Something that is not in the sum. */
export interface NotCounted {
  /** In words: `firewall endpoints`, `audit log threat detection`. */
  readonly name: string;
  readonly reason: NotCountedReason;
  /** What is missing, a sentence. */
  readonly detail: string;
  /** Identities of the resources. */
  readonly resources: readonly string[];
}

/** What a plan costs a month at rest: all that is paid for whatever the load. */
export interface MonthlyCost {
  readonly currency: "USD";
  /** Region of the deployment. Resources that say another one are priced there. */
  readonly region: string;
  /** The day on which the prices were collected, `YYYY-MM-DD`. */
  readonly pricesCollected: string;
  /** Whether there are prices of {@link MonthlyCost.region} at all. */
  readonly regionPriced: boolean;
  /** Sum of the parts, USD with two decimals. */
  readonly total: number;
  /** The dearest first. */
  readonly parts: readonly CostPart[];
  readonly notCounted: readonly NotCounted[];
}

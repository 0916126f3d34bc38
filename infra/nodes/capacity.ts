import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** How many nodes a group has. */
export interface Scaling {
  readonly minSize: number;
  /** At creation; afterwards an autoscaler may change it, and Pulumi does not set it back. */
  readonly desiredSize: number;
  readonly maxSize: number;
}

/** A count of nodes, or a part of them: `1`, `"33%"`. */
export type NodeShare = number | `${number}%`;

/** How a group takes a new version of its nodes. */
export interface NodeUpdates {
  /**
   * Nodes that may be away at a time: 1 to 100, or a percentage.
   *
   * @default "33%"
   */
  readonly maxUnavailable?: NodeShare;
  /**
   * `DEFAULT` starts new nodes before it drains old ones, `MINIMAL` drains first: for capacity that cannot be had twice.
   *
   * @default "DEFAULT"
   */
  readonly strategy?: "DEFAULT" | "MINIMAL";
}

/** Limits to the repair of nodes, which reboots or replaces those that are broken. */
export interface NodeRepair {
  /**
   * Nodes repaired at a time.
   *
   * @default - as EKS chooses
   */
  readonly maxParallel?: NodeShare;
  /**
   * Broken nodes above which nothing is repaired, since then it is not the nodes that are broken.
   *
   * @default - as EKS chooses
   */
  readonly maxUnhealthy?: NodeShare;
}

/** Instances that have booted once and wait: for nodes that are slow to start. */
export interface WarmPool {
  /**
   * Instances that wait at least.
   *
   * @default 0
   */
  readonly minSize?: number;
  /**
   * Instances in the pool and in the group together.
   *
   * @default - as many as the group may have
   */
  readonly maxPrepared?: number;
  /**
   * A stopped instance costs its disk, a running one everything. EKS knows `HIBERNATED` too, which Bottlerocket does not.
   *
   * @default "STOPPED"
   */
  readonly state?: "STOPPED" | "RUNNING";
}

/** How instances are paid for. */
export type CapacityType = "ON_DEMAND" | "SPOT";

/** Nodes of one group at most (EKS quota, adjustable: https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html). */
const MOST_NODES = 450;

/** Checks that the sizes are counts and in order. */
export function scalingIssues({ minSize, desiredSize, maxSize }: Scaling): Issue[] {
  const issues = Object.entries({ minSize, desiredSize, maxSize }).flatMap(([key, size]) =>
    Number.isInteger(size) && size >= 0
      ? []
      : [issue("OutOfRange", `scaling.${key}`, "must be a whole number, 0 or more", size, "Write it like 3")],
  );
  if (maxSize < 1 || maxSize > MOST_NODES) {
    const advice = `Write ${MOST_NODES} or less, the quota of EKS for one group`;
    issues.push(issue("OutOfRange", "scaling.maxSize", `must be from 1 to ${MOST_NODES}`, maxSize, advice));
  }
  if (desiredSize < minSize || desiredSize > maxSize) {
    const rule = `must lie between minSize ${minSize} and maxSize ${maxSize}`;
    issues.push(issue("Conflict", "scaling.desiredSize", rule, desiredSize, "Change one of the three"));
  }
  return issues;
}

/** A share as the two fields that EKS has for it, of which one is left out. */
export function shareOf(share: NodeShare): { readonly count?: number; readonly percentage?: number } {
  return typeof share === "number" ? { count: share } : { percentage: Number(share.slice(0, -1)) };
}

/** Checks a share: 1 to 100, of nodes or of a hundred. */
export function shareIssues(path: string, share: NodeShare | undefined): Issue[] {
  if (share === undefined) return [];
  const { count, percentage } = shareOf(share);
  const value = count ?? percentage ?? Number.NaN;
  if (Number.isInteger(value) && value >= 1 && value <= 100) return [];
  return [issue("OutOfRange", path, "must be from 1 to 100, or such a percentage", share, "Write it like 2 or '33%'")];
}

/** Checks a warm pool against what EKS and Auto Scaling take (EKS user guide, "warm pools with managed node groups"). */
export function warmPoolIssues(
  pool: WarmPool | undefined,
  group: {
    readonly scaling: Scaling;
    readonly custom: boolean;
    readonly capacityType: CapacityType;
    readonly instanceTypes: readonly string[];
  },
): Issue[] {
  if (pool === undefined) return [];
  const refused = (rule: string, got: unknown, advice: string) => [issue("Conflict", "warmPool", rule, got, advice)];
  if (group.capacityType === "SPOT")
    return refused("must not be there with Spot", group.capacityType, "Auto Scaling keeps no Spot instance waiting");
  if (group.custom) return refused("must not be there with an image of your own", "CUSTOM", "Use an image of EKS");
  const { minSize = 0, maxPrepared } = pool;
  const issues: Issue[] = [];
  if (group.instanceTypes.length > 1) {
    const advice = "Auto Scaling has no warm pool for a mixed group: leave one type";
    issues.push(...refused("must not be there with several instance types", group.instanceTypes, advice));
  }
  if (!Number.isInteger(minSize) || minSize < 0)
    issues.push(
      issue("OutOfRange", "warmPool.minSize", "must be a whole number, 0 or more", minSize, "Write it like 2"),
    );
  if (maxPrepared !== undefined && (!Number.isInteger(maxPrepared) || maxPrepared < group.scaling.minSize + minSize)) {
    const rule = "must be a whole number that holds the smallest group and the pool";
    const advice = `Write ${group.scaling.minSize + minSize} or more`;
    issues.push(issue("OutOfRange", "warmPool.maxPrepared", rule, maxPrepared, advice));
  }
  return issues;
}

import { Cidr } from "../../core/cidr.js";
import { zoneNumber } from "../../core/data/regions.js";
import type { ZoneId } from "../../core/data/regions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/**
 * What a subnet is for.
 *
 * - `node`: nodes and, under the VPC CNI, every pod.
 * - `control-plane`: the network interfaces of the EKS control plane, and nothing else.
 * - `endpoint`: the interface endpoints of AWS services, and the bastion.
 * - `load-balancer`: internal load balancers, apart from the pods, so that a policy can tell them by their addresses.
 * - `public`: NAT gateways; exists only when an egress choice asks for it.
 */
export type SubnetTier = "node" | "control-plane" | "endpoint" | "load-balancer" | "public";

/** One subnet, before it exists. */
export interface SubnetPlan {
  readonly tier: SubnetTier;
  readonly zone: ZoneId;
  readonly cidr: Cidr;
}

/** What {@link planSubnets} reads. */
export interface SubnetsSpec {
  readonly vpcCidr: Cidr;
  readonly zones: readonly ZoneId[];
}

/** The largest VPC that AWS allows is a /16; below a /18 the small subnets would no longer fit. */
export const VPC_PREFIX = { shortest: 16, longest: 18 } as const;

/** EKS places its interfaces in at least two zones. */
const LEAST_ZONES = 2;

/** A zone keeps one of seven large slots; the eighth is divided among the small subnets. */
const SLOT_BITS = 3;
const SMALL_SLOT = 7;

/** Small subnets of one zone: prefix length, and the offset in addresses from the start of the zone's share. */
const SMALL = [
  { tier: "endpoint", prefixLength: 26, offset: 0 },
  { tier: "public", prefixLength: 26, offset: 64 },
  { tier: "control-plane", prefixLength: 28, offset: 128 },
  // AWS asks for a /27 at least, with eight addresses free.
  { tier: "load-balancer", prefixLength: 26, offset: 192 },
] as const satisfies readonly { tier: SubnetTier; prefixLength: number; offset: number }[];

/**
 * Divides a VPC: per zone one large node subnet (an eighth of the VPC: a /19 of a /16) and four small ones.
 *
 * A zone's place follows from its number alone (`euw1-az2` has the second), so adding, removing or reordering zones moves
 * nobody else's subnet. The caller has checked the input with {@link subnetIssues}.
 *
 * @returns All five tiers, zone by zone in the given order.
 */
export function planSubnets({ vpcCidr, zones }: SubnetsSpec): SubnetPlan[] {
  const { first } = Cidr.range(vpcCidr);
  const slotLength = Cidr.prefixLength(vpcCidr) + SLOT_BITS;
  const slotSize = 1n << BigInt(32 - slotLength);
  return zones.flatMap((zone) => {
    const slot = BigInt((zoneNumber(zone) ?? 1) - 1);
    const share = first + BigInt(SMALL_SLOT) * slotSize + slot * (slotSize >> BigInt(SLOT_BITS));
    return [
      { tier: "node", zone, cidr: Cidr.at(4, first + slot * slotSize, slotLength) },
      ...SMALL.map(({ tier, prefixLength, offset }) => ({
        tier,
        zone,
        cidr: Cidr.at(4, share + BigInt(offset), prefixLength),
      })),
    ] satisfies SubnetPlan[];
  });
}

/** What is wrong with a VPC block and its zones; {@link planSubnets} may run when nothing is. */
export function subnetIssues({ vpcCidr, zones }: SubnetsSpec): Issue[] {
  const issues: Issue[] = [];
  const { version } = Cidr.range(vpcCidr);
  const length = Cidr.prefixLength(vpcCidr);
  if (version !== 4 || length < VPC_PREFIX.shortest || length > VPC_PREFIX.longest) {
    const advice = "Use a /16, so that the VPC CNI has addresses for every pod";
    issues.push(issue("OutOfRange", "vpcCidr", "must be an IPv4 block from /16 to /18", vpcCidr, advice));
  }
  if (zones.length < LEAST_ZONES) {
    const advice = "Name three, or leave `zones` out";
    issues.push(issue("OutOfRange", "zones", "must name at least two zones", zones, advice));
  }
  zones.forEach((zone, i) => {
    const number = zoneNumber(zone);
    if (number === undefined || number > SMALL_SLOT) {
      const advice = "Write it like 'euw1-az1'; zone names such as 'eu-west-1a' differ by account";
      issues.push(issue("Malformed", `zones[${i}]`, "must be a zone id", zone, advice));
    }
    if (zones.indexOf(zone) !== i)
      issues.push(issue("Duplicate", `zones[${i}]`, "must name each zone once", zone, "Remove the second one"));
  });
  return issues;
}

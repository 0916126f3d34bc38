import { Cidr } from "../../core/cidr.js";
import type { PlacedZone, Zone } from "./zones.js";
import { ZONE_SLOTS } from "./zones.js";

/**
 * What a subnet is for.
 *
 * - `node`: nodes and, under the VPC CNI, every pod.
 * - `pod`: pods, when these have a block of their own.
 * - `control-plane`: the network interfaces of the EKS control plane, and nothing else.
 * - `endpoint`: the interface endpoints of AWS services, and the bastion.
 * - `load-balancer`: internal load balancers, apart from the pods, so that a policy can tell them by their addresses.
 * - `public-load-balancer`: load balancers on the internet; exists only when somebody asks for them.
 * - `nat`: NAT gateways; exists only when the egress choice has them.
 * - `firewall`: endpoints of the network firewall, as above.
 */
export type SubnetTier =
  "node" | "pod" | "control-plane" | "endpoint" | "load-balancer" | "public-load-balancer" | "nat" | "firewall";

/** One subnet, before it exists. */
export interface SubnetPlan {
  readonly tier: SubnetTier;
  readonly zone: Zone;
  /** IPv4. */
  readonly cidr: Cidr;
  /** Which of the 256 blocks of 64 bits it has in a VPC with IPv6. */
  readonly ipv6Index: number;
}

/** What {@link planSubnets} reads. */
export interface SubnetsSpec {
  readonly vpcCidr: Cidr;
  readonly zones: readonly PlacedZone[];
  /** A block for pods alone; `undefined` when they have addresses of the nodes' subnets. */
  readonly podCidr?: Cidr | undefined;
}

/** A zone keeps one of seven large slots of a block; the eighth is divided among the small subnets. */
const SLOT_BITS = 3;

/** Small subnets of one zone: prefix length, and the offset in addresses from the start of the zone's share of 256 or more. */
const SMALL = [
  { tier: "endpoint", prefixLength: 26, offset: 0 },
  { tier: "nat", prefixLength: 28, offset: 64 },
  // A firewall endpoint wants a subnet for itself, a /28.
  { tier: "firewall", prefixLength: 28, offset: 80 },
  // 96 to 127 stay free: a subnet for a transit gateway's attachment, say.
  { tier: "control-plane", prefixLength: 28, offset: 128 },
  // AWS asks for a /27 at least for load balancers, with eight addresses free.
  { tier: "public-load-balancer", prefixLength: 27, offset: 160 },
  { tier: "load-balancer", prefixLength: 26, offset: 192 },
] as const satisfies readonly { tier: SubnetTier; prefixLength: number; offset: number }[];

/** The order of tiers in the IPv6 block of a VPC. New ones come last: subnets that exist keep their addresses. */
const IPV6_TIERS: readonly SubnetTier[] = [
  "node",
  "endpoint",
  "control-plane",
  "load-balancer",
  "public-load-balancer",
  "nat",
  "firewall",
  "pod",
];

/**
 * Divides a VPC: per zone one large node subnet (an eighth of the VPC: a /19 of a /16, 512 prefixes of the VPC CNI) and small
 * ones for each other tier; and a block for pods, when there is one, in the same way.
 *
 * A zone's place follows from its number or letter alone (`euw1-az2` has the second), so adding, removing or reordering zones
 * moves nobody else's subnet. The caller has checked the input with {@link planNetwork}.
 *
 * @returns All tiers, zone by zone in the given order.
 */
export function planSubnets({ vpcCidr, zones, podCidr }: SubnetsSpec): SubnetPlan[] {
  return zones.flatMap(({ zone, slot }) => {
    const share = Cidr.range(slotOf(slotOf(vpcCidr, ZONE_SLOTS), slot)).first;
    const blocks: readonly { readonly tier: SubnetTier; readonly cidr: Cidr }[] = [
      { tier: "node", cidr: slotOf(vpcCidr, slot) },
      ...(podCidr === undefined ? [] : [{ tier: "pod" as const, cidr: slotOf(podCidr, slot) }]),
      ...SMALL.map((small) => ({
        tier: small.tier,
        cidr: Cidr.at(4, share + BigInt(small.offset), small.prefixLength),
      })),
    ];
    return blocks.map(({ tier, cidr }) => ({
      ...{ tier, zone, cidr },
      ipv6Index: IPV6_TIERS.indexOf(tier) * (ZONE_SLOTS + 1) + slot,
    }));
  });
}

/** One eighth of an IPv4 block. */
function slotOf(block: Cidr, slot: number): Cidr {
  const length = Cidr.prefixLength(block) + SLOT_BITS;
  return Cidr.at(4, Cidr.range(block).first + BigInt(slot) * (1n << BigInt(32 - length)), length);
}

import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { zoneNumber } from "../../core/data/regions.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import type { NetworkPlan } from "./plan.js";
import type { SubnetsRef } from "./reference.js";
import type { SubnetPlan, SubnetTier } from "./subnets.js";

/** A subnet with what was planned for it. */
export interface CreatedSubnet {
  readonly plan: SubnetPlan;
  /** Its Pulumi name. */
  readonly name: string;
  readonly subnet: ec2.Subnet;
}

/** Subnets of one kind that exist after the deployment, zone by zone. */
export interface CreatedSubnets extends SubnetsRef {
  readonly ids: readonly pulumi.Output<string>[];
}

/** What {@link createSubnets} takes. */
export interface SubnetResourcesSpec {
  readonly vpc: ec2.Vpc;
  readonly plan: NetworkPlan;
  /** Whether a planned subnet is made. */
  readonly wanted: (subnet: SubnetPlan) => boolean;
  readonly ipv6: boolean;
  /** What the subnets of pods wait for: their block. */
  readonly podBlock: pulumi.Resource | undefined;
  readonly tags: Tags | undefined;
}

/**
 * By these the AWS Load Balancer Controller finds subnets, and the VPC CNI those of pods
 * (https://docs.aws.amazon.com/eks/latest/userguide/cni-subnet-selection.html).
 */
const TIER_TAGS: Partial<Record<SubnetTier, Readonly<Record<string, string>>>> = {
  "load-balancer": { "kubernetes.io/role/internal-elb": "1" },
  "public-load-balancer": { "kubernetes.io/role/elb": "1" },
  pod: { "kubernetes.io/role/cni": "1" },
};

/** Nodes whose pods have subnets of their own keep theirs to themselves. */
const NO_PODS = { "kubernetes.io/role/cni": "0" } as const;

/** Tiers that have IPv6 addresses in a VPC with IPv6. NAT gateways and firewall endpoints speak IPv4 here. */
const IPV6_TIERS: readonly SubnetTier[] = [
  "node",
  "control-plane",
  "endpoint",
  "load-balancer",
  "public-load-balancer",
];

/** The subnets of a plan. None gives its instances public addresses. */
export function createSubnets(parent: pulumi.Resource, name: string, spec: SubnetResourcesSpec): CreatedSubnet[] {
  return spec.plan.subnets.filter(spec.wanted).map((plan) => {
    const child = `${name}-${plan.tier}-${plan.zone}`;
    const subnet = new ec2.Subnet(
      child,
      {
        vpcId: spec.vpc.id,
        cidrBlock: plan.cidr,
        ...(zoneNumber(plan.zone) === undefined ? { availabilityZone: plan.zone } : { availabilityZoneId: plan.zone }),
        mapPublicIpOnLaunch: false,
        ...(spec.ipv6 && IPV6_TIERS.includes(plan.tier) ? ipv6Args(spec.vpc, plan) : {}),
        tags: {
          ...named(child, spec.tags),
          ...TIER_TAGS[plan.tier],
          ...(plan.tier === "node" && spec.podBlock !== undefined ? NO_PODS : {}),
        },
      },
      { parent, dependsOn: plan.tier === "pod" && spec.podBlock !== undefined ? [spec.podBlock] : [] },
    );
    return { plan, name: child, subnet };
  });
}

/** Ids and blocks of one tier, zone by zone. */
export function subnetsOf(created: readonly CreatedSubnet[], tier: SubnetTier): CreatedSubnets {
  const own = created.filter(({ plan }) => plan.tier === tier);
  return { ids: own.map(({ subnet }) => subnet.id), cidrs: own.map(({ plan }) => plan.cidr) };
}

/** The subnet's own of the 256 blocks of 64 bits; nodes take an address of it when they start, as EKS asks for. */
function ipv6Args(vpc: ec2.Vpc, { tier, ipv6Index }: SubnetPlan): Partial<ec2.SubnetArgs> {
  const ipv6CidrBlock = vpc.ipv6CidrBlock.apply((block) => {
    const { first } = Cidr.range(Cidr.parse(block, "ipv6CidrBlock"));
    return Cidr.at(6, first + (BigInt(ipv6Index) << 64n), 64);
  });
  return { ipv6CidrBlock, assignIpv6AddressOnCreation: tier === "node" };
}

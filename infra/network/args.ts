import type * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { regionFacts } from "../../core/data/regions.js";
import type { EndpointService } from "../../core/data/endpoint-services.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { KeysRef } from "../encryption/reference.js";
import { retentionIssues } from "../log-group.js";
import type { Tags } from "../options.js";
import type { DeletionProtection } from "../protection.js";
import { planRegion } from "../region.js";
import { connectedIssues } from "./blocks.js";
import type { DnsFirewall } from "./dns-firewall.js";
import { Egress } from "./egress.js";
import { availableFeatures, endpointIssues } from "./endpoints.js";
import type { EndpointFeature } from "./endpoints.js";
import { LoadBalancing } from "./load-balancing.js";
import { planNetwork } from "./plan.js";
import type { NetworkPlan } from "./plan.js";
import { publicAccessBlockIssues } from "./public-access-block.js";
import type { PublicAccessBlock } from "./public-access-block.js";
import { DEFAULT_ZONES } from "./zones.js";
import type { Zones } from "./zones.js";

/** The defaults of {@link NetworkArgs}. */
export const NETWORK_DEFAULTS = {
  vpcCidr: "10.0.0.0/16",
  zones: DEFAULT_ZONES,
  features: ["nodes", "podIdentity"],
  endpointZones: "all",
  ipFamily: "ipv4",
} as const satisfies { features: readonly EndpointFeature[] } & Record<string, unknown>;

/** Arguments of {@link Network}. */
export interface NetworkArgs {
  /** The key that encrypts logs; its policy admits CloudWatch Logs, as that of {@link EncryptionKeys}. */
  readonly keys: Pick<KeysRef, "logsKeyArn">;
  /**
   * The Region, plain because it decides the zones.
   *
   * @default - `aws:region` of the stack, else AWS_REGION
   */
  readonly region?: string;
  /**
   * Addresses of the VPC: a private block from /16 to /18.
   *
   * @default "10.0.0.0/16"
   */
  readonly vpcCidr?: Cidr;
  /**
   * Two zones or more: how many, or which, all by id or all by name. Adding one moves nothing. Where the Region has two zones, they
   * are the default.
   *
   * @default 3
   */
  readonly zones?: Zones;
  /**
   * A block for pods alone, from /16 to /18, of 100.64.0.0/10 or of the private range of `vpcCidr`: for a VPC whose own addresses
   * are few. The VPC CNI finds its subnets by their tag; a {@link Cluster} in this network sets it up for that.
   *
   * @default - pods have addresses of the nodes' subnets
   */
  readonly podCidr?: Cidr;
  /**
   * `ipv6` gives the VPC a block of Amazon's and most subnets a part of it: pods and Services of its cluster have IPv6 addresses
   * alone. Decided once for each cluster.
   *
   * @default "ipv4"
   */
  readonly ipFamily?: "ipv4" | "ipv6";
  /**
   * The way to the internet.
   *
   * @default - `Egress.none()`
   */
  readonly egress?: Egress;
  /**
   * Where load balancers may stand.
   *
   * @default - `LoadBalancing.internal()`
   */
  readonly loadBalancing?: LoadBalancing;
  /**
   * Blocks outside of the VPC that may speak with it and it with them, for its network ACLs: peers, what a transit gateway or a VPN
   * connects. IPv4, ten at most. Routes and security groups are for those who connect them.
   *
   * @default - none
   */
  readonly connectedCidrs?: readonly Cidr[];
  /**
   * What is switched on; the interface endpoints follow from it. The default leaves out what has no endpoint in the Region: Pod
   * Identity is not in China.
   *
   * @default ["nodes", "podIdentity"]
   */
  readonly features?: readonly EndpointFeature[];
  /**
   * Services with an interface endpoint beside those of `features`.
   *
   * @default - none
   */
  readonly endpointServices?: readonly EndpointService[];
  /**
   * In how many zones interface endpoints stand, those of the lowest numbers. Each zone is paid for; callers of the others reach
   * them across zones, and lose them with these.
   *
   * @default "all"
   */
  readonly endpointZones?: number | "all";
  /**
   * An allow-list for names.
   *
   * @default - the resolver answers for every name
   */
  readonly dnsFirewall?: DnsFirewall;
  /**
   * Days that queries for names are kept.
   *
   * @default - queries are not logged
   */
  readonly dnsQueryLogRetentionDays?: number;
  /**
   * Days that flow logs, and alerts of the firewall, are kept.
   *
   * @default 365
   */
  readonly flowLogRetentionDays?: number;
  /**
   * The block of internet gateways of the whole account in this Region: for one stack.
   *
   * @default - left to others
   */
  readonly publicAccessBlock?: PublicAccessBlock;
  /**
   * Whether the firewall may be deleted; nothing else of a network holds state.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * The boundary of the role that writes flow logs.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
  /**
   * Last-resort edit of the raw VPC arguments. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformVpc?: (args: ec2.VpcArgs) => ec2.VpcArgs;
}

/** What of the arguments decides whether a network can be made. */
export type NetworkChecks = Omit<NetworkArgs, "keys" | "permissionsBoundaryArn" | "tags" | "transformVpc">;

/** The features of a network in a Region. */
export function featuresOf(args: Pick<NetworkArgs, "features">, region: string): readonly EndpointFeature[] {
  return args.features ?? availableFeatures(NETWORK_DEFAULTS.features, region);
}

/** Plans a network, and collects every problem of its arguments. */
export function planNetworkArgs(args: NetworkChecks): {
  readonly plan: NetworkPlan;
  readonly issues: readonly Issue[];
} {
  const where = planRegion(args.region);
  const vpcCidr = args.vpcCidr ?? Cidr.parse(NETWORK_DEFAULTS.vpcCidr);
  const { plan, issues } = planNetwork(where.region, vpcCidr, args.zones, args.podCidr);
  const own = [vpcCidr, ...(args.podCidr === undefined ? [] : [args.podCidr])];
  return {
    plan,
    issues: [
      ...(where.issues.length > 0 ? where.issues : issues),
      ...familyIssues(args),
      ...connectedIssues(args.connectedCidrs ?? [], own),
      ...(regionFacts(where.region) === undefined ? [] : endpointArgsIssues(args, plan)),
      ...publicAccessBlockIssues(args.publicAccessBlock, args.loadBalancing ?? LoadBalancing.internal()),
      ...retentionIssues("flowLogRetentionDays", args.flowLogRetentionDays),
      ...retentionIssues("dnsQueryLogRetentionDays", args.dnsQueryLogRetentionDays),
    ],
  };
}

function familyIssues({ ipFamily, podCidr }: NetworkChecks): Issue[] {
  if (ipFamily !== "ipv6" || podCidr === undefined) return [];
  const advice = "Leave it out: pods have IPv6 addresses, of which there are enough";
  return [issue("Conflict", "podCidr", "must be left out with `ipFamily` 'ipv6'", podCidr, advice)];
}

function endpointArgsIssues(args: NetworkChecks, plan: NetworkPlan): Issue[] {
  const { endpointZones = NETWORK_DEFAULTS.endpointZones } = args;
  const issues = endpointIssues(plan.region, featuresOf(args, plan.region), args.endpointServices ?? []);
  const most = plan.zones.length;
  if (most === 0 || endpointZones === "all") return issues;
  if (!Number.isInteger(endpointZones) || endpointZones < 1 || endpointZones > most)
    issues.push(
      issue("OutOfRange", "endpointZones", `must be from 1 to ${most}, or 'all'`, endpointZones, "Choose 2, say"),
    );
  return issues;
}

/** The choice of a network's way out. */
export function egressOf({ egress }: Pick<NetworkArgs, "egress">): Egress {
  return egress ?? Egress.none();
}

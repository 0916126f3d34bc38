import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { regionFacts } from "../../core/data/regions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountIdIssues, idIssues, listIssues } from "../checks.js";
import { partitionOf } from "../partition.js";

/** What is said of a peer. */
export interface PeerOptions {
  readonly vpcId: pulumi.Input<string>;
  /** Its IPv4 blocks that this VPC sends to it. */
  readonly cidrs: readonly Cidr[];
  /**
   * Its route tables that learn the way to the control plane's subnets.
   *
   * @default - none: the other side writes them
   */
  readonly routeTableIds?: readonly pulumi.Input<string>[];
}

/** What is said of a peer elsewhere. */
export interface RemotePeerOptions extends PeerOptions {
  /**
   * The account of the VPC, twelve digits.
   *
   * @default - this one
   */
  readonly accountId?: string;
  /**
   * The Region of the VPC.
   *
   * @default - that of the network
   */
  readonly region?: string;
  /**
   * A provider for that account and Region, by which the program accepts the peering itself.
   *
   * @default - somebody accepts it there
   */
  readonly provider?: pulumi.ProviderResource;
}

/** The VPC on the other side of a peering. */
export class PeerVpc {
  private constructor(
    readonly options: RemotePeerOptions,
    /** Whether it is in another account or Region, so that the peering has to be accepted there. */
    readonly remote: boolean,
  ) {}

  /** One of the same account and Region; the peering is accepted at once. */
  static local(options: PeerOptions): PeerVpc {
    return new PeerVpc(options, false);
  }

  /** One of another account, another Region, or both. */
  static remote(options: RemotePeerOptions): PeerVpc {
    return new PeerVpc(options, true);
  }

  /** Whether this program accepts the peering, so that it is active afterwards and can be set up from both sides. */
  get acceptedHere(): boolean {
    return !this.remote || this.options.provider !== undefined;
  }
}

/** Checks a peer, but for its blocks. */
export function peerIssues(peer: PeerVpc, region: string): Issue[] {
  const { vpcId, cidrs, accountId, routeTableIds = [], ...rest } = peer.options;
  const issues = idIssues("peer.vpcId", "vpc-", vpcId);
  if (cidrs.length === 0)
    issues.push(issue("Required", "peer.cidrs", "must name a block", cidrs, "Name the blocks of the other VPC"));
  if (accountId !== undefined) issues.push(...accountIdIssues("peer.accountId", accountId));
  if (rest.region !== undefined && regionFacts(rest.region) === undefined)
    issues.push(issue("NotFound", "peer.region", "must be a Region", rest.region, "Write it like 'eu-central-1'"));
  else if (rest.region !== undefined && partitionOf(rest.region) !== partitionOf(region)) {
    const rule = `must be in the partition of ${region}`;
    issues.push(issue("Conflict", "peer.region", rule, rest.region, "Peerings do not cross partitions: use a VPN"));
  }
  if (peer.remote && accountId === undefined && (rest.region ?? region) === region) {
    const advice = "Give `accountId` or `region`, or use `PeerVpc.local`";
    issues.push(issue("Required", "peer", "must say where the other VPC is", rest.region, advice));
  }
  if (!peer.acceptedHere && routeTableIds.length > 0) {
    const rule = "must stand beside `provider`, by which they are written";
    issues.push(issue("Conflict", "peer.routeTableIds", rule, routeTableIds.length, "Give `provider`, or remove them"));
  }
  return [...issues, ...listIssues("peer.routeTableIds", routeTableIds, "table", (at, id) => idIssues(at, "rtb-", id))];
}

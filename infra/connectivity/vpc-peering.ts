import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { refuse } from "../errors.js";
import { after, named } from "../options.js";
import { CLUSTER_REF, NETWORK_REF, needs } from "../reference-shapes.js";
import { cidrKey } from "./addresses.js";
import { allowApi } from "./api-callers.js";
import { connectionIssues, createRoutes } from "./connection.js";
import type { ConnectionArgs } from "./connection.js";
import { peerIssues } from "./peer-vpc.js";
import type { PeerVpc } from "./peer-vpc.js";

/** Arguments of {@link VpcPeering}. */
export interface VpcPeeringArgs extends ConnectionArgs {
  /** The other VPC. */
  readonly peer: PeerVpc;
  /**
   * Whether public names of machines in one VPC resolve to private addresses in the other. The API's own name does so
   * everywhere. Only for peerings that this program accepts.
   *
   * @default - yes where this program accepts the peering
   */
  readonly dnsResolution?: boolean;
}

/**
 * A peering of the VPC with another one: routes to its blocks here, routes to the control plane's subnets there, and calls to
 * the API from those blocks that may.
 */
export class VpcPeering extends pulumi.ComponentResource {
  readonly peeringConnectionId: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: VpcPeeringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:VpcPeering", name, {}, opts);
    needs(`VpcPeering '${name}'`, args, { network: NETWORK_REF, cluster: CLUSTER_REF });
    refuse(`VpcPeering '${name}'`, argsIssues(args));
    const { peer, network } = args;
    const { cidrs, routeTableIds = [], provider } = peer.options;
    const connection = this.createConnection(name, args, opts);
    const accepted = this.accept(name, args, connection);
    const target = { vpcPeeringConnectionId: connection.id };
    createRoutes(name, args.routeTableIds, cidrs, target, { parent: this, dependsOn: [accepted] });
    createRoutes(`${name}-peer`, routeTableIds, network.controlPlane.cidrs, target, {
      ...(provider === undefined ? {} : { provider }),
      parent: this,
      dependsOn: [accepted],
    });
    if (args.dnsResolution ?? peer.acceptedHere) this.resolveNames(name, args, accepted);
    for (const cidr of args.apiCallers) allowApi(this, name, { ...args, key: cidrKey(cidr), peer: { cidrIpv4: cidr } });

    this.peeringConnectionId = connection.id;
    this.registerOutputs({ peeringConnectionId: this.peeringConnectionId });
  }

  private createConnection(
    name: string,
    { network, peer, tags }: VpcPeeringArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): ec2.VpcPeeringConnection {
    const { vpcId, accountId, region } = peer.options;
    return new ec2.VpcPeeringConnection(
      name,
      {
        vpcId: network.vpcId,
        peerVpcId: vpcId,
        ...(accountId === undefined ? {} : { peerOwnerId: accountId }),
        ...(region === undefined ? {} : { peerRegion: region }),
        autoAccept: !peer.remote,
        tags: named(name, tags),
      },
      { parent: this, dependsOn: after(opts) },
    );
  }

  /** What stands for the active peering: the acceptance on the other side, or the peering itself. */
  private accept(name: string, { peer, tags }: VpcPeeringArgs, connection: ec2.VpcPeeringConnection): ActivePeering {
    const { provider } = peer.options;
    if (!peer.remote || provider === undefined) return connection;
    return new ec2.VpcPeeringConnectionAccepter(
      `${name}-accepter`,
      { vpcPeeringConnectionId: connection.id, autoAccept: true, tags: named(name, tags) },
      { parent: this, provider },
    );
  }

  /** Each side is set by its own account; in one account and Region one resource sets both. */
  private resolveNames(name: string, { peer }: VpcPeeringArgs, accepted: ActivePeering): void {
    const { provider } = peer.options;
    const resolve = { allowRemoteVpcDnsResolution: true };
    const vpcPeeringConnectionId = accepted.id;
    new ec2.PeeringConnectionOptions(
      `${name}-names`,
      { vpcPeeringConnectionId, requester: resolve, ...(peer.remote ? {} : { accepter: resolve }) },
      { parent: this },
    );
    if (peer.remote && provider !== undefined)
      new ec2.PeeringConnectionOptions(
        `${name}-peer-names`,
        { vpcPeeringConnectionId, accepter: resolve },
        { parent: this, provider },
      );
  }
}

type ActivePeering = ec2.VpcPeeringConnection | ec2.VpcPeeringConnectionAccepter;

function argsIssues(args: VpcPeeringArgs): Issue[] {
  const { peer, dnsResolution } = args;
  const issues = [
    ...peerIssues(peer, args.network.region),
    ...connectionIssues(args, "peer.cidrs", peer.options.cidrs),
  ];
  if (dnsResolution === true && !peer.acceptedHere) {
    const rule = "must be set after somebody accepted the peering";
    issues.push(issue("Conflict", "dnsResolution", rule, dnsResolution, "Give the peer's `provider`, or leave it out"));
  }
  return issues;
}

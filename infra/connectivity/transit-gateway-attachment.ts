import * as ec2transitgateway from "@pulumi/aws/ec2transitgateway/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { idIssues } from "../checks.js";
import { refuse } from "../errors.js";
import { after, named } from "../options.js";
import { CLUSTER_REF, NETWORK_REF, needs } from "../reference-shapes.js";
import { cidr, late, list } from "../shape.js";
import { cidrKey } from "./addresses.js";
import { allowApi } from "./api-callers.js";
import { AttachmentSubnets, attachmentSubnetIssues, createAttachmentSubnets } from "./attachment-subnets.js";
import { connectionIssues, createRoutes } from "./connection.js";
import type { ConnectionArgs } from "./connection.js";

/** The defaults of {@link TransitGatewayAttachmentArgs}. */
export const TRANSIT_GATEWAY_DEFAULTS = { applianceMode: false } as const;

/** Says that a gateway belongs to another account, which shares it by Resource Access Manager. */
export interface SharedGatewayOptions {
  /**
   * A provider for the owner's account and the network's Region, by which the program accepts the attachment and sets the
   * gateway's route tables.
   *
   * @default - the owner does both; routes to the gateway fail until the attachment is accepted
   */
  readonly provider?: pulumi.ProviderResource;
}

/** Arguments of {@link TransitGatewayAttachment}. */
export interface TransitGatewayAttachmentArgs extends ConnectionArgs {
  /** The gateway, `tgw-...`. */
  readonly transitGatewayId: pulumi.Input<string>;
  /**
   * Given for a gateway of another account.
   *
   * @default - the gateway is this account's
   */
  readonly shared?: SharedGatewayOptions;
  /** Blocks behind the gateway that the VPC sends there. */
  readonly cidrs: readonly Cidr[];
  /**
   * Where the gateway's interfaces are.
   *
   * @default - `AttachmentSubnets.ofControlPlane()`
   */
  readonly subnets?: AttachmentSubnets;
  /**
   * The gateway's route table for what comes from this VPC. Of a shared gateway only with its owner's provider.
   *
   * @default - none, so that nothing passes until somebody associates one
   */
  readonly gatewayRouteTableId?: pulumi.Input<string>;
  /**
   * The gateway's route tables that learn this VPC's blocks, by a name of yours. Of a shared gateway as above.
   *
   * @default - none
   */
  readonly propagateTo?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Whether a flow keeps to one zone in both directions, which a firewall behind the gateway needs.
   *
   * @default false
   */
  readonly applianceMode?: boolean;
}

/**
 * Attaches the VPC to a transit gateway: routes to named blocks in named tables, and calls to the API from those blocks that
 * may. The gateway's default route tables are left alone in both directions, or else every VPC that ever joins would reach
 * this one.
 */
export class TransitGatewayAttachment extends pulumi.ComponentResource {
  readonly attachmentId: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: TransitGatewayAttachmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:TransitGatewayAttachment", name, {}, opts);
    needs(`TransitGatewayAttachment '${name}'`, args, {
      network: NETWORK_REF,
      cluster: CLUSTER_REF,
      cidrs: list(cidr),
      routeTableIds: list(late),
    });
    refuse(`TransitGatewayAttachment '${name}'`, argsIssues(args));
    const { network, transitGatewayId, tags } = args;
    const applianceMode = args.applianceMode ?? TRANSIT_GATEWAY_DEFAULTS.applianceMode;
    const subnets = args.subnets ?? AttachmentSubnets.ofControlPlane();
    const attachment = new ec2transitgateway.VpcAttachment(
      name,
      {
        transitGatewayId,
        vpcId: network.vpcId,
        subnetIds: createAttachmentSubnets(this, name, subnets, { network, cidrs: args.cidrs, tags }),
        applianceModeSupport: applianceMode ? "enable" : "disable",
        dnsSupport: "enable",
        ipv6Support: "disable",
        // Groups of other VPCs are no callers here: `apiCallers` names blocks.
        securityGroupReferencingSupport: "disable",
        // The tables of a shared gateway are its owner's: asking for anything here would never come true.
        ...(args.shared === undefined ? NO_DEFAULT_TABLES : {}),
        tags: named(name, tags),
      },
      { parent: this, dependsOn: after(opts) },
    );
    const accepted = this.accept(name, args, attachment);
    this.createGatewayRoutes(name, args, accepted, attachment.id);
    // A route to a gateway is refused until the attachment is there.
    const routed = { parent: this, dependsOn: [accepted] };
    createRoutes(name, args.routeTableIds, args.cidrs, { transitGatewayId }, routed);
    for (const cidr of args.apiCallers) allowApi(this, name, { ...args, key: cidrKey(cidr), peer: { cidrIpv4: cidr } });

    this.attachmentId = attachment.id;
    this.registerOutputs({ attachmentId: this.attachmentId });
  }

  /** What stands for the attachment in use: its acceptance by the owner, or the attachment itself. */
  private accept(
    name: string,
    { shared, tags }: TransitGatewayAttachmentArgs,
    attachment: ec2transitgateway.VpcAttachment,
  ): pulumi.Resource {
    const provider = shared?.provider;
    if (provider === undefined) return attachment;
    return new ec2transitgateway.VpcAttachmentAccepter(
      `${name}-accepter`,
      { transitGatewayAttachmentId: attachment.id, ...NO_DEFAULT_TABLES, tags: named(name, tags) },
      { parent: this, provider },
    );
  }

  private createGatewayRoutes(
    name: string,
    { gatewayRouteTableId, propagateTo = {}, shared }: TransitGatewayAttachmentArgs,
    accepted: pulumi.Resource,
    transitGatewayAttachmentId: pulumi.Output<string>,
  ): void {
    const owner = shared?.provider === undefined ? {} : { provider: shared.provider };
    const opts = { parent: this, dependsOn: [accepted], ...owner };
    if (gatewayRouteTableId !== undefined)
      new ec2transitgateway.RouteTableAssociation(
        `${name}-association`,
        { transitGatewayAttachmentId, transitGatewayRouteTableId: gatewayRouteTableId },
        opts,
      );
    for (const [key, transitGatewayRouteTableId] of Object.entries(propagateTo))
      new ec2transitgateway.RouteTablePropagation(
        `${name}-propagation-${key}`,
        { transitGatewayAttachmentId, transitGatewayRouteTableId },
        opts,
      );
  }
}

/** Every VPC that ever joined would reach this one by the gateway's default tables. */
const NO_DEFAULT_TABLES = {
  transitGatewayDefaultRouteTableAssociation: false,
  transitGatewayDefaultRouteTablePropagation: false,
} as const;

/** The tables of a shared gateway are set by its owner's provider, or by the owner. */
function ownerIssues({ shared, gatewayRouteTableId, propagateTo }: TransitGatewayAttachmentArgs): Issue[] {
  if (shared === undefined || shared.provider !== undefined) return [];
  return Object.entries({ gatewayRouteTableId, propagateTo }).flatMap(([path, given]) => {
    const rule = "must stand beside `shared.provider`, by which it is set";
    const advice = "Give that provider, or leave it to the gateway's owner";
    return given === undefined ? [] : [issue("Conflict", path, rule, "a value", advice)];
  });
}

function argsIssues(args: TransitGatewayAttachmentArgs): Issue[] {
  const none = args.cidrs.length === 0;
  return [
    ...idIssues("transitGatewayId", "tgw-", args.transitGatewayId),
    ...(none ? [issue("Required", "cidrs", "must name a block", args.cidrs, "Name what lies behind the gateway")] : []),
    ...connectionIssues(args, "cidrs", args.cidrs),
    ...attachmentSubnetIssues(args.subnets ?? AttachmentSubnets.ofControlPlane(), args),
    ...ownerIssues(args),
    ...idIssues("gatewayRouteTableId", "tgw-rtb-", args.gatewayRouteTableId),
    ...Object.entries(args.propagateTo ?? {}).flatMap(([key, id]) => idIssues(`propagateTo.${key}`, "tgw-rtb-", id)),
  ];
}

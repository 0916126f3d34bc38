import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as route53 from "@pulumi/aws/route53/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { nameIssues } from "../checks.js";
import { refuse } from "../errors.js";
import type { NetworkRef } from "../network/reference.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { NETWORK_REF, needs } from "../reference-shapes.js";
import { admittedIssues, apartIssues, cidrIssues, cidrKey } from "./addresses.js";

/** The defaults of {@link ResolverInboundArgs}. */
export const RESOLVER_INBOUND_DEFAULTS = { zones: 2 } as const;

/** Addresses that an endpoint has (CreateResolverEndpoint). */
const ZONES = { least: 2, most: 6 } as const;

/** AWS takes 64 characters, and Pulumi adds a hyphen and seven of its own. */
const LONGEST_NAME = 56;

/** Arguments of {@link ResolverInbound}. */
export interface ResolverInboundArgs {
  readonly network: NetworkRef;
  /** Blocks of the resolvers that ask, on the other side of a connection. */
  readonly resolvers: readonly Cidr[];
  /**
   * In how many zones the endpoint has an address, 2 to 6.
   *
   * @default 2
   */
  readonly zones?: number;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * Lets resolvers of other networks ask the VPC's own: for names of private zones and of interface endpoints. The name of a
 * private API resolves everywhere to private addresses, so that callers need this only where resolvers drop such answers
 * (DNS rebinding protection), or where there is no public DNS.
 */
export class ResolverInbound extends pulumi.ComponentResource {
  /** Where the other side forwards names to, an address per zone. */
  readonly addresses: pulumi.Output<string[]>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: ResolverInboundArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:ResolverInbound", name, {}, opts);
    needs(`ResolverInbound '${name}'`, args, { network: NETWORK_REF });
    const zones = args.zones ?? RESOLVER_INBOUND_DEFAULTS.zones;
    refuse(`ResolverInbound '${name}'`, argsIssues(name, args, zones));
    const endpoint = new route53.ResolverEndpoint(
      name,
      {
        direction: "INBOUND",
        resolverEndpointType: "IPV4",
        protocols: ["Do53"],
        ipAddresses: args.network.endpoints.ids.slice(0, zones).map((subnetId) => ({ subnetId })),
        securityGroupIds: [this.createSecurityGroup(name, args).id],
        tags: named(name, args.tags),
      },
      { parent: this, dependsOn: after(opts) },
    );
    this.addresses = endpoint.ipAddresses.apply((found) => found.map(({ ip }) => ip));
    this.registerOutputs({ addresses: this.addresses });
  }

  private createSecurityGroup(name: string, { network, resolvers, tags }: ResolverInboundArgs): ec2.SecurityGroup {
    const securityGroup = new ec2.SecurityGroup(
      name,
      { vpcId: network.vpcId, description: "DNS from resolvers of other networks", tags: named(name, tags) },
      { parent: this },
    );
    for (const cidr of resolvers)
      for (const ipProtocol of ["udp", "tcp"]) {
        const child = `${name}-${ipProtocol}-${cidrKey(cidr)}`;
        new vpc.SecurityGroupIngressRule(
          child,
          {
            securityGroupId: securityGroup.id,
            description: "DNS",
            cidrIpv4: cidr,
            ...{ ipProtocol, fromPort: 53, toPort: 53 },
            tags: named(child, tags),
          },
          { parent: this },
        );
      }
    return securityGroup;
  }
}

function argsIssues(name: string, { network, resolvers }: ResolverInboundArgs, zones: number): Issue[] {
  const issues = [
    ...cidrIssues("resolvers", resolvers),
    ...apartIssues("resolvers", resolvers, { "the VPC's block": network.vpcCidrs }),
    ...admittedIssues("resolvers", resolvers, network),
  ];
  if (resolvers.length === 0)
    issues.push(
      issue("Required", "resolvers", "must name a block", resolvers, "Name where the other side's resolvers are"),
    );
  const { ids } = network.endpoints;
  const most = Math.min(ZONES.most, ids.length);
  if (ids.length < ZONES.least) {
    const advice = "Give the network one per zone";
    issues.push(issue("Required", "network.endpoints.ids", "must hold subnets in two zones", ids.length, advice));
  } else if (!Number.isInteger(zones) || zones < ZONES.least || zones > most) {
    const rule = `must be a whole number from ${ZONES.least} to ${most}, the network's subnets of endpoints`;
    issues.push(issue("OutOfRange", "zones", rule, zones, "Leave it out for two"));
  }
  return [...issues, ...nameIssues(name, LONGEST_NAME, "resolver endpoints have 64")];
}

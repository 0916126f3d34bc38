import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import { accountOf } from "../account.js";
import type { Account } from "../account.js";
import { nameIssues } from "../checks.js";
import { refuse } from "../errors.js";
import { after, named, published } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { adoptDefaults, createAcls } from "./acls.js";
import { egressOf, featuresOf, NETWORK_DEFAULTS, planNetworkArgs } from "./args.js";
import type { NetworkArgs } from "./args.js";
import { createDnsFirewall } from "./dns-firewall.js";
import { createDnsLogs } from "./dns-logs.js";
import type { Egress } from "./egress.js";
import { endpointsFor } from "./endpoints.js";
import { existingNetwork } from "./existing.js";
import { createFirewall } from "./firewall.js";
import { createFlowLogs } from "./flow-logs.js";
import { connectInternet } from "./internet.js";
import { LoadBalancing } from "./load-balancing.js";
import type { NetworkPlan } from "./plan.js";
import { createPublicAccessBlock } from "./public-access-block.js";
import type { NetworkRef } from "./reference.js";
import { createRouteTables } from "./routes.js";
import { networkShapeIssues } from "./shape.js";
import { createSubnets, subnetsOf } from "./subnet-resources.js";
import type { CreatedSubnet, CreatedSubnets } from "./subnet-resources.js";
import type { SubnetPlan } from "./subnets.js";
import { createEndpoints } from "./vpc-endpoints.js";

/** Ids of the route tables of a network, for who adds ways to it: peering, a transit gateway. */
export interface RouteTableIds {
  /** Of nodes and pods, zone by zone. */
  readonly nodes: readonly pulumi.Output<string>[];
  /** Of the control plane, the endpoints with the bastion, and internal load balancers. */
  readonly isolated: pulumi.Output<string>;
}

/**
 * A VPC for one cluster, without a way in or out: private subnets for nodes, small ones for the control plane, for load
 * balancers and for endpoints, a network ACL for each kind, endpoints for exactly the AWS services that are used, encrypted flow
 * logs, and an empty default security group, network ACL and route table.
 *
 * The `eks` endpoint answers for `oidc.eks.<region>` too and knows nothing of it: what verifies service account tokens from
 * inside this VPC needs the feature `oidcIssuer`. Pod Identity does not.
 */
export class Network extends pulumi.ComponentResource implements NetworkRef {
  /** What others need to know of a VPC that is there already; see {@link existingNetwork}. */
  static readonly existing = existingNetwork;

  /** Addresses and zones, known while the program runs. */
  readonly plan: NetworkPlan;
  readonly region: string;
  readonly vpcId: pulumi.Output<string>;
  readonly vpcCidrs: readonly Cidr[];
  /** The IPv6 block that Amazon gives; `undefined` with `ipv4`. */
  readonly ipv6CidrBlock: pulumi.Output<string> | undefined;
  /** Zone by zone, as all of these. */
  readonly nodes: CreatedSubnets;
  /** Those of nodes, unless pods have a block of their own. */
  readonly pods: CreatedSubnets;
  readonly controlPlane: CreatedSubnets;
  /** The interface endpoints, and the bastion. */
  readonly endpoints: CreatedSubnets;
  /** Internal load balancers. */
  readonly loadBalancers: CreatedSubnets;
  /** Load balancers on the internet; empty unless somebody asked for them. */
  readonly publicLoadBalancers: CreatedSubnets;
  readonly routeTableIds: RouteTableIds;
  /** The group of the interface endpoints: what calls AWS may be limited to it. */
  readonly endpointSecurityGroupId: pulumi.Output<string>;
  /** The addresses of S3 in this Region: image layers come from there. */
  readonly s3PrefixListId: pulumi.Output<string>;
  /** The chosen way to the internet. */
  readonly egress: Egress;
  /** Blocks outside of the VPC that its network ACLs let through. */
  readonly connectedCidrs: readonly Cidr[];
  readonly ipFamily: "ipv4" | "ipv6";

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Network", name, {}, opts);
    refuse(`Network '${name}'`, networkShapeIssues(args));
    const { plan, issues } = planNetworkArgs(args);
    refuse(`Network '${name}'`, [...nameIssues(name, LONGEST_NAME, "rules have 64"), ...issues]);
    this.plan = plan;
    this.egress = egressOf(args);
    this.ipFamily = args.ipFamily ?? NETWORK_DEFAULTS.ipFamily;
    const balancing = args.loadBalancing ?? LoadBalancing.internal();
    const { tags } = args;
    const account = accountOf(this);

    const vpc = this.createVpc(name, args, opts);
    const vpcId = vpc.id;
    this.ipv6CidrBlock = this.ipFamily === "ipv6" ? vpc.ipv6CidrBlock : undefined;
    this.vpcCidrs = plan.podCidr === undefined ? [plan.vpcCidr] : [plan.vpcCidr, plan.podCidr];
    adoptDefaults(this, name, vpc, tags);
    const subnets = createSubnets(this, name, {
      ...{ vpc, plan, tags },
      wanted: (subnet) => this.wants(subnet, balancing),
      ipv6: this.ipFamily === "ipv6",
      podBlock: this.createPodBlock(name, vpc),
    });
    this.connectedCidrs = args.connectedCidrs ?? [];
    createAcls(this, name, {
      ...{ vpcId, subnets, tags },
      inside: [...this.vpcCidrs, ...this.connectedCidrs],
      insideIpv6: this.ipv6CidrBlock,
      ipv6Out: this.ipv6CidrBlock !== undefined && this.egress.kind === "nat",
      httpOut: this.egress.kind === "firewall",
    });
    const tables = createRouteTables(this, name, { vpcId, subnets, tags });
    const nodeTables = [...tables.nodes.values()].map(({ id }) => id);
    connectInternet(this, name, {
      ...{ vpcId, subnets, tables, tags },
      egress: this.egress,
      ipv6: this.ipFamily === "ipv6",
      firewallEndpoint: this.createFirewall(name, args, vpcId, subnets),
    });
    const endpoints = createEndpoints(this, account, name, {
      ...{ vpcId, region: plan.region, vpcCidr: plan.vpcCidr, podCidr: plan.podCidr },
      services: endpointsFor(featuresOf(args, plan.region), args.endpointServices),
      patchScan: featuresOf(args, plan.region).includes("patchScan"),
      subnetIds: this.endpointSubnets(args, subnets),
      routeTableIds: [tables.isolated.id, ...nodeTables],
      tags,
    });
    this.createLogs(name, args, account, vpcId);
    if (args.dnsFirewall !== undefined)
      createDnsFirewall(this, name, {
        ...{ vpcId, tags, region: plan.region },
        domains: [...new Set([...args.dnsFirewall.domains, ...this.egress.domains.flatMap(withItself)])],
      });
    if (args.publicAccessBlock !== undefined)
      createPublicAccessBlock(this, name, {
        ...{ vpcId, tags, egress: this.egress, block: args.publicAccessBlock },
        publicSubnets: subnets
          .filter((subnet) => subnet.plan.tier === "public-load-balancer")
          .map((subnet) => ({ name: subnet.name, id: subnet.subnet.id })),
      });

    this.region = plan.region;
    this.vpcId = vpcId;
    this.nodes = subnetsOf(subnets, "node");
    this.pods = plan.podCidr === undefined ? this.nodes : subnetsOf(subnets, "pod");
    this.controlPlane = subnetsOf(subnets, "control-plane");
    this.endpoints = subnetsOf(subnets, "endpoint");
    this.loadBalancers = subnetsOf(subnets, "load-balancer");
    this.publicLoadBalancers = subnetsOf(subnets, "public-load-balancer");
    this.routeTableIds = { nodes: nodeTables, isolated: tables.isolated.id };
    this.endpointSecurityGroupId = endpoints.securityGroup.id;
    this.s3PrefixListId = endpoints.s3.prefixListId;
    // Nothing but the firewall is protected.
    const protection = this.egress.kind === "firewall" ? args.deletionProtection : undefined;
    const relaxations = [this.egress.relaxation, balancing.relaxation, protection?.relaxation];
    this.registerOutputs(
      published(
        {
          vpcId,
          nodeSubnetIds: this.nodes.ids,
          controlPlaneSubnetIds: this.controlPlane.ids,
          endpointSubnetIds: this.endpoints.ids,
          loadBalancerSubnetIds: this.loadBalancers.ids,
          endpointSecurityGroupId: this.endpointSecurityGroupId,
          s3PrefixListId: this.s3PrefixListId,
        },
        relaxations.filter((one) => one !== undefined),
      ),
    );
  }

  private createVpc(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions | undefined): ec2.Vpc {
    const vpcArgs: ec2.VpcArgs = {
      cidrBlock: this.plan.vpcCidr,
      ...(this.ipFamily === "ipv6" ? { assignGeneratedIpv6CidrBlock: true } : {}),
      // Both: the private endpoint of the API and the names of interface endpoints resolve inside the VPC only then.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: named(name, args.tags),
    };
    return new ec2.Vpc(`${name}-vpc`, args.transformVpc?.(vpcArgs) ?? vpcArgs, {
      parent: this,
      dependsOn: after(opts),
    });
  }

  private createPodBlock(name: string, vpc: ec2.Vpc): pulumi.Resource | undefined {
    const { podCidr } = this.plan;
    if (podCidr === undefined) return undefined;
    return new ec2.VpcIpv4CidrBlockAssociation(`${name}-pods`, { vpcId: vpc.id, cidrBlock: podCidr }, { parent: this });
  }

  /** Which planned subnets are made; a single NAT gateway stands in the zone of the lowest number. */
  private wants({ tier, zone }: SubnetPlan, balancing: LoadBalancing): boolean {
    if (tier === "nat") return this.egress.hasNat && (this.egress.perZone || zone === this.plan.placed[0]?.zone);
    if (tier === "firewall") return this.egress.kind === "firewall";
    return tier !== "public-load-balancer" || balancing.isPublic;
  }

  private createFirewall(
    name: string,
    args: NetworkArgs,
    vpcId: pulumi.Output<string>,
    subnets: readonly CreatedSubnet[],
  ): ReturnType<typeof createFirewall> | undefined {
    if (this.egress.kind !== "firewall") return undefined;
    const inspected = subnets.filter(({ plan }) => plan.tier === "node" || plan.tier === "pod");
    return createFirewall(this, name, {
      ...{ vpcId, egress: this.egress, tags: args.tags },
      subnets: subnets.filter(({ plan }) => plan.tier === "firewall"),
      sources: inspected.map(({ plan }) => plan.cidr),
      logsKeyArn: args.keys.logsKeyArn,
      logRetentionDays: args.flowLogRetentionDays,
      protect: (args.deletionProtection ?? DeletionProtection.on()).enabled,
    });
  }

  private endpointSubnets(
    { endpointZones = NETWORK_DEFAULTS.endpointZones }: NetworkArgs,
    subnets: readonly CreatedSubnet[],
  ): readonly pulumi.Output<string>[] {
    const chosen = endpointZones === "all" ? this.plan.placed : this.plan.placed.slice(0, endpointZones);
    const zones = chosen.map(({ zone }) => zone);
    const own = subnets.filter(({ plan }) => plan.tier === "endpoint" && zones.includes(plan.zone));
    return own.map(({ subnet }) => subnet.id);
  }

  private createLogs(name: string, args: NetworkArgs, account: Account, vpcId: pulumi.Output<string>): void {
    const { tags, permissionsBoundaryArn } = args;
    const keyArn = args.keys.logsKeyArn;
    createFlowLogs(this, account, name, {
      ...{ vpcId, keyArn, permissionsBoundaryArn, tags },
      retentionDays: args.flowLogRetentionDays,
    });
    if (args.dnsQueryLogRetentionDays !== undefined)
      createDnsLogs(this, name, { ...{ vpcId, keyArn, tags }, retentionDays: args.dnsQueryLogRetentionDays });
  }
}

/** The longest name: a DNS rule's is seventeen characters longer, and Pulumi adds eight; Route 53 takes 64, as IAM does. */
const LONGEST_NAME = 39;

/** The firewall reads `*.example.com` as it and all names below, DNS as these alone. */
function withItself(domain: string): readonly string[] {
  return domain.startsWith("*.") ? [domain, domain.slice(2)] : [domain];
}

import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { accountOf } from "../account.js";
import { refuse } from "../errors.js";
import { retentionIssues } from "../log-group.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { planRegion } from "../region.js";
import { Egress } from "./egress.js";
import { endpointsFor } from "./endpoints.js";
import type { EndpointFeature } from "./endpoints.js";
import { createFlowLogs } from "./flow-logs.js";
import { cidrsOf, planNetwork } from "./plan.js";
import type { NetworkPlan, Zones } from "./plan.js";
import { createRoutes } from "./routes.js";
import type { CreatedSubnet } from "./routes.js";
import type { SubnetTier } from "./subnets.js";
import { createEndpoints } from "./vpc-endpoints.js";

/** The defaults of {@link NetworkArgs}. */
export const NETWORK_DEFAULTS = {
  vpcCidr: "10.0.0.0/16",
  zones: 3,
  features: ["nodes", "podIdentity"],
} as const satisfies { vpcCidr: string; zones: Zones; features: readonly EndpointFeature[] };

/** Arguments of {@link Network}. */
export interface NetworkArgs {
  /** ARN of the key that encrypts the flow logs; its policy admits CloudWatch Logs, as that of {@link EncryptionKeys}. */
  readonly logsKeyArn: pulumi.Input<string>;
  /**
   * The Region, plain because it decides the zones.
   *
   * @default - `aws:region` of the stack, else AWS_REGION
   */
  readonly region?: string;
  /**
   * Addresses of the VPC, from /16 to /18.
   *
   * @default "10.0.0.0/16"
   */
  readonly vpcCidr?: Cidr;
  /**
   * Three zones of the Region, or zone ids. Adding one moves nothing.
   *
   * @default 3
   */
  readonly zones?: Zones;
  /**
   * The way to the internet.
   *
   * @default - `Egress.none()`
   */
  readonly egress?: Egress;
  /**
   * What is switched on; the interface endpoints follow from it. An endpoint costs about 8 USD a month per zone.
   *
   * @default ["nodes", "podIdentity"]
   */
  readonly features?: readonly EndpointFeature[];
  /**
   * Days that flow logs are kept.
   *
   * @default 365
   */
  readonly flowLogRetentionDays?: number;
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

/**
 * A VPC for one cluster, without a way in or out: private subnets for nodes, small ones for the control plane, for
 * load balancers and for endpoints, endpoints for exactly the AWS services that are used, encrypted flow logs, and an empty default security
 * group.
 *
 * The `eks` endpoint answers for `oidc.eks.<region>` too and knows nothing of it: what verifies service account tokens
 * from inside this VPC (IRSA) cannot reach the issuer. Pod Identity does not need it.
 */
export class Network extends pulumi.ComponentResource {
  /** Addresses and zones, known while the program runs. */
  readonly plan: NetworkPlan;
  readonly vpcId: pulumi.Output<string>;
  /** Zone by zone. */
  readonly nodeSubnetIds: readonly pulumi.Output<string>[];
  /** Zone by zone. */
  readonly controlPlaneSubnetIds: readonly pulumi.Output<string>[];
  /** Zone by zone. */
  readonly endpointSubnetIds: readonly pulumi.Output<string>[];
  /** Zone by zone; internal load balancers go there. */
  readonly loadBalancerSubnetIds: readonly pulumi.Output<string>[];
  /** Empty unless the egress choice needs public subnets. */
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  /** The group of the interface endpoints: what calls AWS may be limited to it. */
  readonly endpointSecurityGroupId: pulumi.Output<string>;
  /** The addresses of S3 in this Region: image layers come from there. */
  readonly s3PrefixListId: pulumi.Output<string>;
  /** The chosen way to the internet; {@link NodeGroup} takes it too. */
  readonly egress: Egress;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Network", name, {}, opts);
    this.plan = planArgs(name, args);
    this.egress = args.egress ?? Egress.none();
    const account = accountOf(this);

    const vpc = this.createVpc(name, args, opts);
    const subnets = this.createSubnets(name, vpc, args.tags);
    const idsOf = (tier: SubnetTier) => subnets.filter((s) => s.plan.tier === tier).map((s) => s.subnet.id);
    const routeTableIds = createRoutes(this, name, { vpcId: vpc.id, subnets, egress: this.egress, tags: args.tags });
    const endpoints = createEndpoints(this, account, name, {
      region: this.plan.region,
      vpcId: vpc.id,
      vpcCidr: this.plan.vpcCidr,
      services: endpointsFor(args.features ?? NETWORK_DEFAULTS.features),
      subnetIds: idsOf("endpoint"),
      routeTableIds,
      tags: args.tags,
    });
    createFlowLogs(this, account, name, {
      vpcId: vpc.id,
      keyArn: args.logsKeyArn,
      retentionDays: args.flowLogRetentionDays,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });

    this.vpcId = vpc.id;
    this.nodeSubnetIds = idsOf("node");
    this.controlPlaneSubnetIds = idsOf("control-plane");
    this.endpointSubnetIds = idsOf("endpoint");
    this.loadBalancerSubnetIds = idsOf("load-balancer");
    this.publicSubnetIds = idsOf("public");
    this.endpointSecurityGroupId = endpoints.securityGroup.id;
    this.s3PrefixListId = endpoints.s3.prefixListId;
    const { relaxation } = this.egress;
    this.registerOutputs(published({ vpcId: this.vpcId }, relaxation === undefined ? [] : [relaxation]));
  }

  /** Blocks of the node subnets, which are those of the pods. */
  get nodeCidrs(): readonly Cidr[] {
    return cidrsOf(this.plan, "node");
  }

  /** Blocks of the control plane's interfaces. */
  get controlPlaneCidrs(): readonly Cidr[] {
    return cidrsOf(this.plan, "control-plane");
  }

  /** Blocks of the interface endpoints. */
  get endpointCidrs(): readonly Cidr[] {
    return cidrsOf(this.plan, "endpoint");
  }

  /** Blocks of the internal load balancers: what they forward comes from there. */
  get loadBalancerCidrs(): readonly Cidr[] {
    return cidrsOf(this.plan, "load-balancer");
  }

  private createVpc(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions | undefined): ec2.Vpc {
    const vpcArgs: ec2.VpcArgs = {
      cidrBlock: this.plan.vpcCidr,
      // Both: the private endpoint of the API and the names of interface endpoints resolve inside the VPC only then.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: named(name, args.tags),
    };
    const vpc = new ec2.Vpc(`${name}-vpc`, args.transformVpc?.(vpcArgs) ?? vpcArgs, {
      parent: this,
      dependsOn: after(opts),
    });
    new ec2.DefaultSecurityGroup(
      `${name}-default`,
      { vpcId: vpc.id, ingress: [], egress: [], tags: named(`${name}-default-unused`, args.tags) },
      { parent: this },
    );
    return vpc;
  }

  private createSubnets(name: string, vpc: ec2.Vpc, tags: Tags | undefined): CreatedSubnet[] {
    return this.plan.subnets
      .filter(({ tier }) => tier !== "public" || this.egress.kind === "nat")
      .map((plan) => {
        const child = `${name}-${plan.tier}-${plan.zone}`;
        const subnet = new ec2.Subnet(
          child,
          {
            vpcId: vpc.id,
            cidrBlock: plan.cidr,
            availabilityZoneId: plan.zone,
            mapPublicIpOnLaunch: false,
            tags: { ...named(child, tags), ...TIER_TAGS[plan.tier] },
          },
          { parent: this },
        );
        return { plan, subnet };
      });
  }
}

/** By these the AWS Load Balancer Controller finds subnets; load balancers on the internet get none by default. */
const TIER_TAGS: Readonly<Record<SubnetTier, Readonly<Record<string, string>>>> = {
  node: {},
  "control-plane": {},
  endpoint: {},
  "load-balancer": { "kubernetes.io/role/internal-elb": "1" },
  public: {},
};

function planArgs(name: string, args: NetworkArgs): NetworkPlan {
  const where = planRegion(args.region);
  const vpcCidr = args.vpcCidr ?? Cidr.parse(NETWORK_DEFAULTS.vpcCidr);
  const network = planNetwork(where.region, vpcCidr, args.zones ?? NETWORK_DEFAULTS.zones);
  refuse(`Network '${name}'`, [
    ...(where.issues.length > 0 ? where.issues : network.issues),
    ...retentionIssues("flowLogRetentionDays", args.flowLogRetentionDays),
  ]);
  return network.plan;
}

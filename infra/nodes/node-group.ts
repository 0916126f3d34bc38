import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_KUBERNETES_VERSION } from "../../core/data/kubernetes-versions.js";
import { accountOf } from "../account.js";
import { refuse } from "../errors.js";
import type { Egress } from "../network/egress.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { launchTemplateArgs } from "./launch-template.js";
import { createNodeRole } from "./node-role.js";
import { instanceTypeIssues, scalingIssues, volumeIssues, webhookPortIssues } from "./plan.js";
import type { AmiType, Scaling, Taint } from "./plan.js";
import { createTraffic } from "./traffic.js";

/** The defaults of {@link NodeGroupArgs}. */
export const NODE_GROUP_DEFAULTS = {
  kubernetesVersion: DEFAULT_KUBERNETES_VERSION,
  amiType: "BOTTLEROCKET_x86_64",
  instanceTypes: ["m6i.large"],
  scaling: { minSize: 2, desiredSize: 3, maxSize: 6 },
  dataVolumeGiB: 50,
  webhookPorts: [4443, 8443, 9443, 10251],
} as const;

/** Arguments of {@link NodeGroup}. */
export interface NodeGroupArgs {
  /** An output of the cluster rather than a text, so that the group waits for it. */
  readonly clusterName: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets; pods get their addresses there. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** The group on the control plane's interfaces; a rule is added to it. */
  readonly controlPlaneSecurityGroupId: pulumi.Input<string>;
  /** ARN of the key that encrypts the volumes; its policy admits Auto Scaling, as that of {@link EncryptionKeys}. */
  readonly volumesKeyArn: pulumi.Input<string>;
  /**
   * The group of the interface endpoints, which nodes may call on 443.
   *
   * @default - no rule: name groups that lead to AWS services in `additionalSecurityGroupIds`
   */
  readonly endpointSecurityGroupId?: pulumi.Input<string>;
  /**
   * The prefix list of S3, where image layers lie.
   *
   * @default - no rule
   */
  readonly s3PrefixListId?: pulumi.Input<string>;
  /**
   * The network's way to the internet; with NAT, nodes may call it on 443.
   *
   * @default - `Egress.none()`
   */
  readonly egress?: Egress;
  /**
   * Minor version of the kubelets, at most the cluster's.
   *
   * @default "1.36"
   */
  readonly kubernetesVersion?: string;
  /**
   * The image.
   *
   * @default "BOTTLEROCKET_x86_64"
   */
  readonly amiType?: AmiType;
  /**
   * Instance types, the preferred first. Prefix delegation needs Nitro types.
   *
   * @default ["m6i.large"]
   */
  readonly instanceTypes?: readonly string[];
  /**
   * How many nodes.
   *
   * @default { minSize: 2, desiredSize: 3, maxSize: 6 }
   */
  readonly scaling?: Scaling;
  /**
   * Size of each node's data volume.
   *
   * @default 50
   */
  readonly dataVolumeGiB?: number;
  /**
   * Ports on which admission webhooks and aggregated APIs of pods listen.
   *
   * @default [4443, 8443, 9443, 10251]
   */
  readonly webhookPorts?: readonly number[];
  /**
   * Repository prefixes of pull-through caches that nodes may fill, as {@link Registry} has them.
   *
   * @default - none
   */
  readonly pullThroughPrefixes?: readonly string[];
  /**
   * Labels of the nodes.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the nodes.
   *
   * @default - none
   */
  readonly taints?: readonly Taint[];
  /**
   * Further security groups of the nodes.
   *
   * @default - none
   */
  readonly additionalSecurityGroupIds?: readonly pulumi.Input<string>[];
  /**
   * The boundary of the nodes' role.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them, instances and volumes included.
   *
   * @default - a name
   */
  readonly tags?: Tags;
  /**
   * Last-resort edit of the raw launch template arguments. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformLaunchTemplate?: (args: ec2.LaunchTemplateArgs) => ec2.LaunchTemplateArgs;
  /**
   * Last-resort edit of the raw node group arguments. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformNodeGroup?: (args: eks.NodeGroupArgs) => eks.NodeGroupArgs;
}

/**
 * A managed group of Bottlerocket nodes: no public address, no key pair, no shell, metadata version 2 with one hop,
 * volumes under a customer key, a security group of its own with the least ports, a role that joins and pulls.
 *
 * EKS makes the access entry (`EC2_LINUX`) by which a managed group joins; an explicit one would collide with it. Pass
 * `{ dependsOn: [cluster, network] }`, so that the add-ons and the endpoints are there before the first node.
 */
export class NodeGroup extends pulumi.ComponentResource {
  readonly nodeGroupName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: NodeGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:NodeGroup", name, {}, opts);
    const plan = planArgs(name, args);
    const account = accountOf(this);

    const { securityGroup, rules } = this.createSecurityGroup(name, args, plan);
    const role = createNodeRole(this, account, `${name}-role`, {
      clusterName: args.clusterName,
      pullThroughPrefixes: args.pullThroughPrefixes ?? [],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    const templateArgs = launchTemplateArgs({
      name,
      securityGroupIds: [securityGroup.id, ...(args.additionalSecurityGroupIds ?? [])],
      volumesKeyArn: args.volumesKeyArn,
      dataVolumeGiB: plan.dataVolumeGiB,
      tags: args.tags,
    });
    const template = new ec2.LaunchTemplate(
      `${name}-template`,
      args.transformLaunchTemplate?.(templateArgs) ?? templateArgs,
      { parent: this },
    );
    const groupArgs = this.planGroup(name, args, plan, role.role.arn, template);
    const group = new eks.NodeGroup(name, args.transformNodeGroup?.(groupArgs) ?? groupArgs, {
      parent: this,
      ignoreChanges: ["scalingConfig.desiredSize"],
      dependsOn: after(opts, ...role.attachments, ...rules),
    });

    this.nodeGroupName = group.nodeGroupName;
    this.securityGroupId = securityGroup.id;
    this.roleArn = role.role.arn;
    this.registerOutputs({ nodeGroupName: this.nodeGroupName });
  }

  private createSecurityGroup(
    name: string,
    args: NodeGroupArgs,
    plan: NodeGroupPlan,
  ): { readonly securityGroup: ec2.SecurityGroup; readonly rules: readonly pulumi.Resource[] } {
    const securityGroup = new ec2.SecurityGroup(
      name,
      { vpcId: args.vpcId, description: "Nodes and pods", tags: named(name, args.tags) },
      { parent: this },
    );
    const rules = createTraffic(this, name, {
      nodes: securityGroup,
      controlPlaneSecurityGroupId: args.controlPlaneSecurityGroupId,
      webhookPorts: plan.webhookPorts,
      endpointSecurityGroupId: args.endpointSecurityGroupId,
      s3PrefixListId: args.s3PrefixListId,
      internet: args.egress?.kind === "nat",
      tags: args.tags,
    });
    return { securityGroup, rules };
  }

  private planGroup(
    name: string,
    args: NodeGroupArgs,
    plan: NodeGroupPlan,
    nodeRoleArn: pulumi.Output<string>,
    template: ec2.LaunchTemplate,
  ): eks.NodeGroupArgs {
    return {
      clusterName: args.clusterName,
      nodeRoleArn,
      subnetIds: [...args.subnetIds],
      version: plan.kubernetesVersion,
      amiType: plan.amiType,
      instanceTypes: [...plan.instanceTypes],
      scalingConfig: plan.scaling,
      launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: args.labels,
      taints: args.taints?.map((taint) => ({ ...taint })),
      tags: named(name, args.tags),
    };
  }
}

interface NodeGroupPlan {
  readonly kubernetesVersion: string;
  readonly amiType: AmiType;
  readonly instanceTypes: readonly string[];
  readonly scaling: Scaling;
  readonly dataVolumeGiB: number;
  readonly webhookPorts: readonly number[];
}

function planArgs(name: string, args: NodeGroupArgs): NodeGroupPlan {
  const plan: NodeGroupPlan = {
    kubernetesVersion: args.kubernetesVersion ?? NODE_GROUP_DEFAULTS.kubernetesVersion,
    amiType: args.amiType ?? NODE_GROUP_DEFAULTS.amiType,
    instanceTypes: args.instanceTypes ?? NODE_GROUP_DEFAULTS.instanceTypes,
    scaling: args.scaling ?? NODE_GROUP_DEFAULTS.scaling,
    dataVolumeGiB: args.dataVolumeGiB ?? NODE_GROUP_DEFAULTS.dataVolumeGiB,
    webhookPorts: args.webhookPorts ?? NODE_GROUP_DEFAULTS.webhookPorts,
  };
  refuse(`NodeGroup '${name}'`, [
    ...instanceTypeIssues(plan.instanceTypes, plan.amiType),
    ...scalingIssues(plan.scaling),
    ...volumeIssues(plan.dataVolumeGiB),
    ...webhookPortIssues(plan.webhookPorts),
  ]);
  return plan;
}

import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../account.js";
import type { ClusterRef } from "../cluster/reference.js";
import { refuse } from "../errors.js";
import { after, named, published } from "../options.js";
import { CLUSTER_REF, NETWORK_REF, keysRef, needs } from "../reference-shapes.js";
import { shareOf } from "./capacity.js";
import { conflictIssues } from "./conflicts.js";
import { launchTemplateArgs } from "./launch-template.js";
import type { NodeGroupArgs } from "./node-group-args.js";
import { createNodeRole } from "./node-role.js";
import { planNodeGroup, warningOf } from "./plan.js";
import type { NodeGroupPlan } from "./plan.js";
import { createNodeSecurityGroup } from "./traffic.js";
import type { NodeSecurityGroup } from "./traffic.js";

/**
 * A managed group of nodes, Bottlerocket unless told otherwise: no public address, no key pair, no shell, metadata version 2
 * with one hop, volumes under a customer key, a hardened kubelet, a security group of its own with the least ports, a role
 * that joins and pulls.
 *
 * EKS makes the access entry (`EC2_LINUX`) by which a managed group joins; an explicit one would collide with it. Pass
 * `{ dependsOn: [cluster, network] }`, so that the add-ons and the endpoints are there before the first node.
 */
export class NodeGroup extends pulumi.ComponentResource {
  readonly nodeGroupName: pulumi.Output<string>;
  /** The security group of nodes and pods: its own, or the one that it shares. */
  readonly securityGroupId: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments, and with what EKS would reject after the transforms. */
  constructor(name: string, args: NodeGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:NodeGroup", name, {}, opts);
    needs(`NodeGroup '${name}'`, args, { network: NETWORK_REF, cluster: CLUSTER_REF, keys: keysRef("volumesKeyArn") });
    const plan = planNodeGroup(name, args);
    const warning = warningOf(plan);
    if (warning !== undefined) void pulumi.log.warn(warning, this);
    refuseConflicts(name, args, plan);
    const account = accountOf(this);

    const security = this.securityGroupOf(name, args, plan);
    const role = createNodeRole(this, account, `${name}-role`, {
      clusterName: args.cluster.name,
      pullThroughPrefixes: args.pullThroughPrefixes ?? [],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    const template = new ec2.LaunchTemplate(`${name}-template`, templateOf(name, args, plan, security.id), {
      parent: this,
    });
    const launchTemplate = { id: template.id, version: pulumi.interpolate`${template.latestVersion}` };
    const group = new eks.NodeGroup(name, groupOf(name, args, plan, role.role.arn, launchTemplate), {
      parent: this,
      // EKS cannot move a group: another subnet is another group, and a zone that the network gets later is not for this one.
      ignoreChanges: ["scalingConfig.desiredSize", ...(args.subnets === undefined ? ["subnetIds"] : [])],
      dependsOn: after(opts, ...role.attachments, ...security.rules),
    });

    this.nodeGroupName = group.nodeGroupName;
    this.securityGroupId = pulumi.output(security.id);
    this.roleArn = role.role.arn;
    const { nodeGroupName, securityGroupId, roleArn } = this;
    const relaxations = plan.subnets.relaxation === undefined ? [] : [plan.subnets.relaxation];
    this.registerOutputs(published({ nodeGroupName, securityGroupId, roleArn }, relaxations));
  }

  private securityGroupOf(name: string, args: NodeGroupArgs, plan: NodeGroupPlan): NodeSecurityGroup {
    if (args.securityGroupId !== undefined) return { id: args.securityGroupId, rules: [] };
    const { network, cluster, tags } = args;
    return createNodeSecurityGroup(this, name, { network, cluster, webhookPorts: plan.webhookPorts, tags });
  }
}

/** The transforms are pure, so they can be asked before anything is registered, with stand-ins for what is late. */
function refuseConflicts(name: string, args: NodeGroupArgs, plan: NodeGroupPlan): void {
  const late = pulumi.output("");
  const template = templateOf(name, args, plan, late);
  const group = groupOf(name, args, plan, late, { id: late, version: late });
  refuse(`NodeGroup '${name}'`, conflictIssues(template, group, plan.image.facts.os));
}

function templateOf(
  name: string,
  args: NodeGroupArgs,
  plan: NodeGroupPlan,
  securityGroupId: pulumi.Input<string>,
): ec2.LaunchTemplateArgs {
  const template = launchTemplateArgs({
    name,
    os: plan.image.facts.os,
    imageId: plan.image.imageId,
    securityGroupIds: [securityGroupId, ...(args.additionalSecurityGroupIds ?? [])],
    volumesKeyArn: args.keys.volumesKeyArn,
    dataVolumeGiB: plan.dataVolumeGiB,
    userData: userDataOf(plan, args.cluster),
    tags: args.tags,
  });
  return args.transformLaunchTemplate?.(template) ?? template;
}

/** EKS tells nodes their cluster, unless the image is one's own. */
function userDataOf({ image, userData }: NodeGroupPlan, cluster: ClusterRef): pulumi.Input<string> {
  if (image.amiType !== "CUSTOM") return base64(userData.text());
  return pulumi
    .all([cluster.name, cluster.endpoint, cluster.certificateAuthority])
    .apply(([name, endpoint, certificateAuthority]) => base64(userData.text({ name, endpoint, certificateAuthority })));
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

function groupOf(
  name: string,
  args: NodeGroupArgs,
  plan: NodeGroupPlan,
  nodeRoleArn: pulumi.Input<string>,
  launchTemplate: { readonly id: pulumi.Input<string>; readonly version: pulumi.Input<string> },
): eks.NodeGroupArgs {
  const { image, updates, repair, warmPool } = plan;
  const { count: maxUnavailable, percentage: maxUnavailablePercentage } = shareOf(updates.maxUnavailable);
  const parallel = repair.maxParallel === undefined ? {} : shareOf(repair.maxParallel);
  const unhealthy = repair.maxUnhealthy === undefined ? {} : shareOf(repair.maxUnhealthy);
  const group: eks.NodeGroupArgs = {
    clusterName: args.cluster.name,
    nodeRoleArn,
    subnetIds: [...plan.subnets.ids],
    amiType: image.amiType,
    version: image.amiType === "CUSTOM" ? undefined : plan.kubernetesVersion,
    releaseVersion: args.releaseVersion,
    instanceTypes: [...plan.instanceTypes],
    capacityType: plan.capacityType,
    scalingConfig: plan.scaling,
    launchTemplate,
    updateConfig: { maxUnavailable, maxUnavailablePercentage, updateStrategy: updates.strategy },
    nodeRepairConfig: {
      enabled: true,
      maxParallelNodesRepairedCount: parallel.count,
      maxParallelNodesRepairedPercentage: parallel.percentage,
      maxUnhealthyNodeThresholdCount: unhealthy.count,
      maxUnhealthyNodeThresholdPercentage: unhealthy.percentage,
    },
    warmPoolConfig:
      warmPool === undefined
        ? undefined
        : {
            minSize: warmPool.minSize ?? 0,
            maxGroupPreparedCapacity: warmPool.maxPrepared,
            poolState: warmPool.state ?? "STOPPED",
          },
    labels: args.labels,
    taints: args.taints?.map((taint) => ({ ...taint })),
    tags: named(name, args.tags),
  };
  return args.transformNodeGroup?.(group) ?? group;
}

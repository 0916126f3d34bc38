import { defined } from "../../core/defined.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { idIssues, listIssues, nameIssues, portIssues } from "../checks.js";
import type { ClusterRef } from "../cluster/reference.js";
import { refuse } from "../errors.js";
import { scalingIssues, shareIssues, warmPoolIssues } from "./capacity.js";
import type { CapacityType, NodeRepair, NodeUpdates, Scaling, WarmPool } from "./capacity.js";
import { planImage } from "./image.js";
import type { PlannedImage } from "./image.js";
import { instanceTypeIssues } from "./instance-types.js";
import { labelIssues, taintIssues } from "./labels.js";
import { NODE_GROUP_DEFAULTS } from "./node-group-args.js";
import type { NodeGroupArgs } from "./node-group-args.js";
import { skewIssues } from "./skew.js";
import { NodeSubnets, subnetIdIssues } from "./subnets.js";
import { planUserData } from "./user-data.js";
import type { UserDataPlan } from "./user-data.js";

/** The longest name: the role's is `-role` longer, and Pulumi adds eight characters to that; IAM takes 64. */
const LONGEST_NAME = 51;

/** What may be chosen of a group before its network and cluster are there. */
export type NodeGroupChoices = Omit<NodeGroupArgs, "network" | "cluster" | "keys">;

/** What must be known of the cluster to judge the choices: plain values. */
export type ClusterFacts = Pick<ClusterRef, "kubernetesVersion" | "serviceCidr">;

/** The choices of a group, with every default in place. */
export interface PlannedChoices {
  readonly image: PlannedImage;
  readonly kubernetesVersion: string;
  readonly instanceTypes: readonly string[];
  readonly capacityType: CapacityType;
  readonly scaling: Scaling;
  readonly updates: Required<NodeUpdates>;
  readonly repair: NodeRepair;
  readonly warmPool: WarmPool | undefined;
  readonly dataVolumeGiB: number;
  readonly webhookPorts: readonly number[];
  readonly userData: UserDataPlan;
}

/** The arguments of a group, checked. */
export interface NodeGroupPlan extends PlannedChoices {
  readonly subnets: NodeSubnets;
}

/**
 * Plans a group.
 *
 * @throws pulumi.RunError with every problem of the arguments.
 */
export function planNodeGroup(name: string, args: NodeGroupArgs): NodeGroupPlan {
  const { plan, issues } = planChoices(args, args.cluster);
  const subnets = args.subnets ?? NodeSubnets.of(...args.network.nodes.ids);
  const path = args.subnets === undefined ? "network.nodes.ids" : "subnets";
  refuse(`NodeGroup '${name}'`, [
    ...nameIssues(name, LONGEST_NAME),
    ...subnetIdIssues(path, subnets.ids, subnets.fewest),
    ...issues,
  ]);
  return { ...plan, subnets };
}

/** Plans what can be chosen of a group. The plan is good when there are no issues. */
export function planChoices(
  args: NodeGroupChoices,
  cluster: ClusterFacts,
): { readonly plan: PlannedChoices; readonly issues: readonly Issue[] } {
  const image = planImage(args.amiType ?? NODE_GROUP_DEFAULTS.amiType, args.customImage, args.releaseVersion);
  const { settings, bottlerocket, nodeConfig } = args;
  const { instanceTypes, armInstanceTypes } = NODE_GROUP_DEFAULTS;
  const plan: PlannedChoices = {
    image,
    kubernetesVersion: args.kubernetesVersion ?? cluster.kubernetesVersion,
    instanceTypes: args.instanceTypes ?? (image.facts.architecture === "ARM" ? armInstanceTypes : instanceTypes),
    capacityType: args.capacityType ?? NODE_GROUP_DEFAULTS.capacityType,
    scaling: args.scaling ?? NODE_GROUP_DEFAULTS.scaling,
    updates: { ...NODE_GROUP_DEFAULTS.updates, ...defined(args.updates ?? {}) },
    repair: args.repair ?? {},
    warmPool: args.warmPool,
    dataVolumeGiB: args.dataVolumeGiB ?? NODE_GROUP_DEFAULTS.dataVolumeGiB,
    webhookPorts: args.webhookPorts ?? NODE_GROUP_DEFAULTS.webhookPorts,
    userData: planUserData(image.facts, { settings, bottlerocket, nodeConfig }, cluster),
  };
  return { plan, issues: choiceIssues(plan, args, cluster) };
}

/** What a person should know of a plan that AWS accepts. */
export function warningOf({ capacityType, instanceTypes }: PlannedChoices): string | undefined {
  if (capacityType !== "SPOT" || instanceTypes.length > 1) return undefined;
  const [only = ""] = instanceTypes;
  return `Spot with one instance type, ${only}: when EC2 has no more of it, the group has no nodes. Name several types`;
}

/** Checks the size of the data volume. */
function volumeIssues(dataVolumeGiB: number): Issue[] {
  if (Number.isInteger(dataVolumeGiB) && dataVolumeGiB >= 20 && dataVolumeGiB <= 16384) return [];
  const advice = "Use 50 or more: images and logs live there";
  return [issue("OutOfRange", "dataVolumeGiB", "must be a whole number from 20 to 16384", dataVolumeGiB, advice)];
}

/** Checks the ports on which webhooks of pods listen. */
export function webhookPortIssues(ports: readonly number[]): Issue[] {
  return listIssues("webhookPorts", ports, "port", portIssues);
}

function choiceIssues(plan: PlannedChoices, args: NodeGroupChoices, cluster: ClusterFacts): Issue[] {
  const { image, instanceTypes, scaling, capacityType, updates, repair } = plan;
  const custom = image.amiType === "CUSTOM";
  return [
    ...image.issues,
    ...instanceTypeIssues(instanceTypes, image.amiType, image.facts),
    ...skewIssues(plan.kubernetesVersion, cluster.kubernetesVersion),
    ...scalingIssues(scaling),
    ...shareIssues("updates.maxUnavailable", updates.maxUnavailable),
    ...shareIssues("repair.maxParallel", repair.maxParallel),
    ...shareIssues("repair.maxUnhealthy", repair.maxUnhealthy),
    ...warmPoolIssues(plan.warmPool, { scaling, custom, capacityType, instanceTypes }),
    ...volumeIssues(plan.dataVolumeGiB),
    ...plan.userData.issues,
    ...webhookPortIssues(plan.webhookPorts),
    ...labelIssues(args.labels),
    ...taintIssues(args.taints),
    ...listIssues("additionalSecurityGroupIds", args.additionalSecurityGroupIds ?? [], "group", (at, id) =>
      idIssues(at, "sg-", id),
    ),
    ...sharedIssues(args),
  ];
}

/** Checks that ports are named where rules for them are made: a shared security group has them already. */
export function sharedIssues({
  securityGroupId,
  webhookPorts,
}: Pick<NodeGroupArgs, "securityGroupId" | "webhookPorts">): Issue[] {
  if (securityGroupId === undefined || webhookPorts === undefined) return [];
  const advice = "Name the ports where the security group is made";
  return [issue("Conflict", "webhookPorts", "must not be there with `securityGroupId`", webhookPorts, advice)];
}

import type * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as eks from "@pulumi/aws/eks/index.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { NodeOs } from "./data/ami-types.js";
import { foreignUserDataIssues } from "./user-data.js";

/** Security groups of a network interface at most, when the quota is raised as far as it goes. */
const MOST_SECURITY_GROUPS = 16;

/**
 * What EKS refuses in the launch template of a managed node group, because the group says it or nobody may
 * (https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html).
 */
const NOT_IN_TEMPLATE: readonly (readonly [field: keyof ec2.LaunchTemplateArgs, advice: string])[] = [
  ["iamInstanceProfile", "The group's role makes the profile: use `nodeRoleArn`"],
  ["instanceMarketOptions", "Ask for Spot by `capacityType` of the group"],
  ["instanceRequirements", "Name types in `instanceTypes` of the group"],
  ["instanceInitiatedShutdownBehavior", "EKS decides what a shutdown does"],
  ["hibernationOptions", "EKS decides what a stop does"],
  ["securityGroupNames", "Use the ids in `networkInterfaces`: names are for a default VPC"],
];

/**
 * Checks the arguments of a launch template and of its group, as they are after every transform, for what AWS would reject.
 * Values that are late are not judged.
 */
export function conflictIssues(template: ec2.LaunchTemplateArgs, group: eks.NodeGroupArgs, os: NodeOs): Issue[] {
  return [
    ...templateIssues(template, os),
    ...groupIssues(group),
    ...imageIssues(template, group),
    ...typeIssues(template, group),
  ];
}

function templateIssues(template: ec2.LaunchTemplateArgs, os: NodeOs): Issue[] {
  const at = (field: string) => `transformLaunchTemplate: ${field}`;
  const issues = NOT_IN_TEMPLATE.filter(([field]) => template[field] !== undefined).map(([field, advice]) =>
    issue("Conflict", at(field), "must not be in the template of a managed group", template[field], advice),
  );
  const interfaces: readonly unknown[] = Array.isArray(template.networkInterfaces) ? template.networkInterfaces : [];
  for (const [i, one] of interfaces.entries()) {
    const { subnetId, securityGroups } = one as { readonly subnetId?: unknown; readonly securityGroups?: unknown };
    if (subnetId !== undefined) {
      const rule = "must not be in the template of a managed group";
      issues.push(issue("Conflict", at(`networkInterfaces[${i}].subnetId`), rule, subnetId, "Use `subnets`"));
    }
    if (Array.isArray(securityGroups) && securityGroups.length > MOST_SECURITY_GROUPS) {
      const rule = `must hold at most ${MOST_SECURITY_GROUPS}`;
      const path = at(`networkInterfaces[${i}].securityGroups`);
      issues.push(issue("OutOfRange", path, rule, securityGroups.length, "Bring rules together in fewer groups"));
    }
  }
  if (interfaces.length > 0 && template.vpcSecurityGroupIds !== undefined) {
    const rule = "must not be there beside `networkInterfaces`";
    const advice = "Name groups in `additionalSecurityGroupIds`";
    issues.push(issue("Conflict", at("vpcSecurityGroupIds"), rule, template.vpcSecurityGroupIds, advice));
  }
  issues.push(...templateNameIssues(template));
  if (typeof template.userData === "string")
    issues.push(...foreignUserDataIssues(at("userData"), template.userData, os));
  return issues;
}

function templateNameIssues({ name, namePrefix }: ec2.LaunchTemplateArgs): Issue[] {
  const path = "transformLaunchTemplate: name";
  if (name !== undefined && namePrefix !== undefined)
    return [issue("Conflict", path, "must not be there beside `namePrefix`", name, "Leave one of the two")];
  if (typeof name !== "string" || /^[A-Za-z0-9().\/_-]{3,128}$/.test(name)) return [];
  return [issue("Malformed", path, "must be a name that EC2 takes", name, "Use 3 to 128 letters, digits and '-._/()'")];
}

function groupIssues(group: eks.NodeGroupArgs): Issue[] {
  const at = (field: string) => `transformNodeGroup: ${field}`;
  const issues: Issue[] = [];
  const notWithTemplate = { diskSize: "Use `dataVolumeGiB`", remoteAccess: "Nobody logs in to a node" } as const;
  for (const [field, advice] of Object.entries(notWithTemplate)) {
    const value: unknown = group[field as keyof typeof notWithTemplate];
    if (value !== undefined)
      issues.push(issue("Conflict", at(field), "must not be there beside a launch template", value, advice));
  }
  const { launchTemplate, nodeGroupName, nodeGroupNamePrefix } = group;
  const { id, name } = (launchTemplate ?? {}) as { readonly id?: unknown; readonly name?: unknown };
  if (id !== undefined && name !== undefined)
    issues.push(
      issue("Conflict", at("launchTemplate"), "must not have both `id` and `name`", name, "Leave `name` out"),
    );
  if (nodeGroupName !== undefined && nodeGroupNamePrefix !== undefined)
    issues.push(
      issue("Conflict", at("nodeGroupName"), "must not be there beside a prefix", nodeGroupName, "Leave one"),
    );
  if (typeof nodeGroupName === "string" && !/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(nodeGroupName)) {
    const advice = "Use up to 63 letters, digits, hyphens and underscores, a letter or digit first";
    issues.push(issue("Malformed", at("nodeGroupName"), "must be a name that EKS takes", nodeGroupName, advice));
  }
  return [
    ...issues,
    ...eitherOr(at("updateConfig"), group.updateConfig, ["maxUnavailable", "maxUnavailablePercentage"]),
    ...eitherOr(at("nodeRepairConfig"), group.nodeRepairConfig, [
      "maxParallelNodesRepairedCount",
      "maxParallelNodesRepairedPercentage",
    ]),
    ...eitherOr(at("nodeRepairConfig"), group.nodeRepairConfig, [
      "maxUnhealthyNodeThresholdCount",
      "maxUnhealthyNodeThresholdPercentage",
    ]),
  ];
}

function eitherOr(at: string, block: unknown, [one, other]: readonly [string, string]): Issue[] {
  const fields = (block ?? {}) as Readonly<Record<string, unknown>>;
  if (fields[one] === undefined || fields[other] === undefined) return [];
  return [
    issue("Conflict", at, `must not have both \`${one}\` and \`${other}\``, fields[other], "Leave one of the two"),
  ];
}

/** An image of one's own comes with its id and without a version; one of EKS the other way round. */
function imageIssues(template: ec2.LaunchTemplateArgs, group: eks.NodeGroupArgs): Issue[] {
  const { imageId } = template;
  const { amiType, releaseVersion, version } = group;
  if (amiType !== "CUSTOM") {
    if (imageId === undefined || typeof amiType !== "string") return [];
    const advice = "Use `amiType: 'CUSTOM'` with `customImage`";
    return [
      issue("Conflict", "transformLaunchTemplate: imageId", `must not be there with ${amiType}`, imageId, advice),
    ];
  }
  const issues: Issue[] = [];
  if (imageId === undefined) {
    const advice = "Use `customImage`, or an `amiType` of EKS";
    issues.push(issue("Required", "transformLaunchTemplate: imageId", "must be there with CUSTOM", imageId, advice));
  }
  for (const [field, value] of Object.entries({ releaseVersion, version }))
    if (value !== undefined) {
      const advice = "The image decides which kubelet there is";
      issues.push(issue("Conflict", `transformNodeGroup: ${field}`, "must not be there with CUSTOM", value, advice));
    }
  return issues;
}

function typeIssues({ instanceType }: ec2.LaunchTemplateArgs, { instanceTypes }: eks.NodeGroupArgs): Issue[] {
  if (instanceType === undefined || instanceTypes === undefined) return [];
  const rule = "must not be there beside `instanceTypes` of the group";
  return [
    issue("Conflict", "transformLaunchTemplate: instanceType", rule, instanceType, "Name types in `instanceTypes`"),
  ];
}

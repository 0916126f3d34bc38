import * as pulumi from "@pulumi/pulumi";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import { volumesKeyStatements } from "../encryption/volumes-key.js";
import type { Statement } from "../identity/policy-document.js";
import { createRole, serviceTrust } from "../identity/role.js";
import type { CreatedRole } from "../identity/role.js";
import type { Tags } from "../options.js";
import { AUTO_MODE_DEFAULTS } from "./auto-mode.js";
import type { AutoMode } from "./auto-mode.js";

/** What EKS does with Auto Mode on top (https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html). */
const AUTO_MODE_POLICIES = [
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicyV2",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];

/** What {@link createControlPlaneRole} takes. */
export interface ControlPlaneRoleSpec {
  readonly clusterName: string;
  readonly autoMode: AutoMode | undefined;
  readonly volumesKeyArn: pulumi.Input<string> | undefined;
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/** The role of the control plane, for EKS and this cluster only. */
export function createControlPlaneRole(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: ControlPlaneRoleSpec,
): CreatedRole {
  const role = `${name}-control-plane-role`;
  const { tags, permissionsBoundaryArn } = spec;
  const sourceArn = { "aws:SourceArn": arn(account, "eks", `cluster/${spec.clusterName}`) };
  if (spec.autoMode?.enabled !== true)
    return createRole(parent, account, role, {
      description: "the EKS control plane",
      trust: serviceTrust("eks.amazonaws.com", { ArnLike: sourceArn }),
      awsPolicies: ["AmazonEKSClusterPolicy"],
      permissionsBoundaryArn,
      tags,
    });
  const { customTags = AUTO_MODE_DEFAULTS.customTags } = spec.autoMode.options;
  return createRole(parent, account, role, {
    description: "the EKS control plane, with Auto Mode",
    // Auto Mode tags its sessions with the cluster's name; AWS documents no condition for them, so this one holds where it can.
    trust: {
      principals: { service: "eks.amazonaws.com" },
      actions: ["sts:AssumeRole", "sts:TagSession"],
      conditions: { ArnLikeIfExists: sourceArn },
    },
    awsPolicies: ["AmazonEKSClusterPolicy", ...AUTO_MODE_POLICIES],
    statements: [
      ...(spec.volumesKeyArn === undefined ? [] : volumesKeyStatements(account, spec.volumesKeyArn)),
      ...(customTags ? customTagStatements(account) : []),
    ],
    permissionsBoundaryArn,
    tags,
  });
}

/** Tags of one's own on what Auto Mode makes, as AWS documents it, held to this cluster's things by the session's tag. */
function customTagStatements(account: Account): readonly Statement[] {
  const own = { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" };
  const inEc2 = (...kinds: string[]) => kinds.map((kind) => arn(account, "ec2", `${kind}/*`));
  const snapshots = pulumi.interpolate`arn:${account.partition}:ec2:${account.region}::snapshot/*`;
  const inElb = (...kinds: string[]) => kinds.map((kind) => arn(account, "elasticloadbalancing", `${kind}/*`));
  return [
    {
      sid: "TagCompute",
      actions: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"],
      resources: inEc2("fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume"),
      conditions: {
        StringEquals: own,
        StringLike: {
          "aws:RequestTag/eks:kubernetes-node-class-name": "*",
          "aws:RequestTag/eks:kubernetes-node-pool-name": "*",
        },
      },
    },
    {
      sid: "TagStorage",
      actions: ["ec2:CreateSnapshot", "ec2:CreateVolume"],
      resources: [...inEc2("volume"), snapshots],
      conditions: { StringEquals: own },
    },
    {
      sid: "TagNetworking",
      actions: ["ec2:CreateNetworkInterface"],
      resources: inEc2("network-interface"),
      conditions: { StringEquals: own, StringLike: { "aws:RequestTag/eks:kubernetes-cni-node-name": "*" } },
    },
    {
      sid: "TagLoadBalancers",
      actions: [
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:CreateTargetGroup",
      ],
      resources: inElb("listener", "listener-rule", "loadbalancer", "targetgroup"),
      conditions: { StringEquals: own },
    },
    {
      sid: "TagSecurityGroups",
      actions: ["ec2:CreateSecurityGroup"],
      resources: inEc2("security-group"),
      conditions: { StringEquals: own },
    },
  ];
}

/**
 * What Karpenter's controller may do.
 *
 * Read 2026-11-21 from Karpenter's own reference (https://karpenter.sh/docs/reference/cloudformation/, version 1.9). Narrower
 * than it in three places: machines start in the named subnets and with the named security groups only, the instance profile is
 * made by us, so that the controller makes and changes none, and prices are asked for only where the internet can be reached.
 */
import * as pulumi from "@pulumi/pulumi";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import { volumesKeyStatements } from "../encryption/volumes-key.js";
import type { Conditions, Statement } from "../identity/policy-document.js";

/** What {@link controllerStatements} reads. */
export interface ControllerScope {
  readonly clusterName: string;
  readonly clusterArn: pulumi.Input<string>;
  readonly nodeRoleArn: pulumi.Input<string>;
  readonly instanceProfileArn: pulumi.Input<string>;
  readonly queueArn: pulumi.Input<string>;
  readonly volumesKeyArn: pulumi.Input<string>;
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupIds: readonly pulumi.Input<string>[];
  /** Whether the controller reaches services that have no endpoint. */
  readonly internet: boolean;
}

/** What Karpenter makes when it starts a node. */
const MADE = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"];

/** The statements of the controller's role: it starts, tags and ends machines of this cluster, and no others. */
export function controllerStatements(account: Account, scope: ControllerScope): readonly [Statement, ...Statement[]] {
  return [
    ...launching(account, scope),
    ...tagging(account, scope),
    ...reading(account, scope),
    {
      sid: "Interruptions",
      actions: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      resources: [scope.queueArn],
    },
    {
      sid: "PassNodeRole",
      actions: ["iam:PassRole"],
      resources: [scope.nodeRoleArn],
      // The second is EC2's name in China.
      conditions: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    },
    { sid: "ReadInstanceProfile", actions: ["iam:GetInstanceProfile"], resources: [scope.instanceProfileArn] },
    { sid: "ReadCluster", actions: ["eks:DescribeCluster"], resources: [scope.clusterArn] },
    ...volumesKeyStatements(account, scope.volumesKeyArn),
  ];
}

function launching(account: Account, scope: ControllerScope): readonly [Statement, ...Statement[]] {
  return [
    {
      sid: "StartFrom",
      actions: ["ec2:RunInstances", "ec2:CreateFleet"],
      resources: [
        ...["image", "snapshot"].map((kind) => ofEveryAccount(account, kind, "")),
        ...scope.subnetIds.map((id) => arn(account, "ec2", pulumi.interpolate`subnet/${id}`)),
        ...scope.securityGroupIds.map((id) => arn(account, "ec2", pulumi.interpolate`security-group/${id}`)),
      ],
    },
    {
      sid: "StartFromOwnTemplates",
      actions: ["ec2:RunInstances", "ec2:CreateFleet"],
      resources: [ofEveryAccount(account, "launch-template", "*")],
      conditions: owned("ResourceTag", scope),
    },
    {
      sid: "StartTagged",
      actions: ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"],
      resources: MADE.map((kind) => ofEveryAccount(account, kind, "*")),
      conditions: owned("RequestTag", scope, { "aws:RequestTag/eks:eks-cluster-name": scope.clusterName }),
    },
    {
      sid: "EndOwn",
      actions: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      resources: ["instance", "launch-template"].map((kind) => ofEveryAccount(account, kind, "*")),
      conditions: owned("ResourceTag", scope),
    },
  ];
}

function tagging(account: Account, scope: ControllerScope): readonly Statement[] {
  return [
    {
      sid: "TagAtStart",
      actions: ["ec2:CreateTags"],
      resources: MADE.map((kind) => ofEveryAccount(account, kind, "*")),
      conditions: owned("RequestTag", scope, {
        "aws:RequestTag/eks:eks-cluster-name": scope.clusterName,
        "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
      }),
    },
    {
      sid: "TagOwn",
      actions: ["ec2:CreateTags"],
      resources: [ofEveryAccount(account, "instance", "*")],
      conditions: {
        ...owned("ResourceTag", scope),
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": scope.clusterName },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
      },
    },
  ];
}

function reading(account: Account, { internet }: ControllerScope): readonly Statement[] {
  const described = [
    ...["CapacityReservations", "Images", "Instances", "InstanceTypeOfferings", "InstanceTypes"],
    ...["LaunchTemplates", "SecurityGroups", "SpotPriceHistory", "Subnets"],
  ];
  return [
    {
      sid: "ReadEc2",
      actions: described.map((what) => `ec2:Describe${what}`),
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": account.region } },
    },
    {
      sid: "ReadImages",
      actions: ["ssm:GetParameter"],
      resources: [pulumi.interpolate`arn:${account.partition}:ssm:${account.region}::parameter/aws/service/*`],
    },
    ...(internet ? [{ sid: "ReadPrices", actions: ["pricing:GetProducts"], resources: ["*"] }] : []),
  ];
}

/** What carries the tags that Karpenter puts on all it makes: this cluster's, and that of some pool. */
function owned(
  kind: "RequestTag" | "ResourceTag",
  { clusterName }: ControllerScope,
  more: Conditions[string] = {},
): Conditions {
  return {
    StringEquals: { [`aws:${kind}/kubernetes.io/cluster/${clusterName}`]: "owned", ...more },
    StringLike: { [`aws:${kind}/karpenter.sh/nodepool`]: "*" },
  };
}

function ofEveryAccount(account: Account, kind: string, owner: "" | "*"): pulumi.Output<string> {
  return pulumi.interpolate`arn:${account.partition}:ec2:${account.region}:${owner}:${kind}/*`;
}

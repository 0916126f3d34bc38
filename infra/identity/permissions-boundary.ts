import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { refuse } from "../errors.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { policyDocument } from "./policy-document.js";

/** Arguments of {@link PermissionsBoundary}. */
export interface PermissionsBoundaryArgs {
  /**
   * Actions that roles of your applications need beyond {@link BOUNDARY_ACTIONS}: `sqs:SendMessage`.
   *
   * @default - none
   */
  readonly allowedActions?: readonly string[];
  /**
   * Tags of the policy.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * The most that any role of a cluster may ever be given; a role gets nothing from it. It covers what the control plane,
 * nodes, add-ons, flow logs, the bastion and readers of secrets use.
 */
export const BOUNDARY_ACTIONS: readonly string[] = [
  "autoscaling:Describe*",
  "autoscaling:SetDesiredCapacity",
  "autoscaling:TerminateInstanceInAutoScalingGroup",
  "autoscaling:UpdateAutoScalingGroup",
  "ec2:Assign*",
  "ec2:Attach*",
  "ec2:AuthorizeSecurityGroup*",
  "ec2:Create*",
  "ec2:Delete*",
  "ec2:Describe*",
  "ec2:Detach*",
  "ec2:EnableFastSnapshotRestores",
  "ec2:Get*",
  "ec2:Modify*",
  "ec2:RevokeSecurityGroup*",
  "ec2:Unassign*",
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:BatchImportUpstreamImage",
  "ecr:CreateRepository",
  "ecr:GetAuthorizationToken",
  "ecr:GetDownloadUrlForLayer",
  "ecr:ReplicateImage",
  "ecr:TagResource",
  "eks:DescribeCluster",
  "eks-auth:AssumeRoleForPodIdentity",
  "elasticloadbalancing:Add*",
  "elasticloadbalancing:Apply*",
  "elasticloadbalancing:Attach*",
  "elasticloadbalancing:Configure*",
  "elasticloadbalancing:Create*",
  "elasticloadbalancing:Delete*",
  "elasticloadbalancing:Deregister*",
  "elasticloadbalancing:Describe*",
  "elasticloadbalancing:Detach*",
  "elasticloadbalancing:Disable*",
  "elasticloadbalancing:Enable*",
  "elasticloadbalancing:Modify*",
  "elasticloadbalancing:Register*",
  "elasticloadbalancing:Remove*",
  "elasticloadbalancing:Set*",
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  "kms:ReEncrypt*",
  "kms:RetireGrant",
  "logs:CreateLogStream",
  "logs:Describe*",
  "logs:PutLogEvents",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

/** What no role of a cluster may do, whatever is allowed: become somebody else, or cover its traces. */
export const BOUNDARY_DENIED_ACTIONS: readonly string[] = [
  "account:*",
  "cloudtrail:DeleteTrail",
  "cloudtrail:PutEventSelectors",
  "cloudtrail:StopLogging",
  "cloudtrail:UpdateTrail",
  "ec2:DeleteFlowLogs",
  "eks:AssociateAccessPolicy",
  "eks:CreateAccessEntry",
  "eks:CreatePodIdentityAssociation",
  "eks:UpdateAccessEntry",
  "eks:UpdateClusterConfig",
  "eks:UpdatePodIdentityAssociation",
  "iam:*",
  "kms:DisableKey",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "logs:DeleteLogGroup",
  "logs:DeleteRetentionPolicy",
  "logs:PutRetentionPolicy",
  "organizations:*",
];

/**
 * A permissions boundary for every role of a cluster: a policy attached by mistake, or by an attacker, cannot reach past
 * it (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
 */
export class PermissionsBoundary extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: PermissionsBoundaryArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:PermissionsBoundary", name, {}, opts);
    const allowed = args.allowedActions ?? [];
    refuse(`PermissionsBoundary '${name}'`, actionIssues(allowed));

    const policy = new iam.Policy(
      name,
      {
        description: "the most that a role of this cluster can be given",
        policy: policyDocument([
          { sid: "AtMost", actions: [...BOUNDARY_ACTIONS, ...allowed], resources: ["*"] },
          { sid: "Never", effect: "Deny", actions: BOUNDARY_DENIED_ACTIONS, resources: ["*"] },
        ]),
        tags: named(name, args.tags),
      },
      { parent: this, dependsOn: after(opts) },
    );

    this.arn = policy.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function actionIssues(actions: readonly string[]): Issue[] {
  return actions.flatMap((action, i) => {
    const at = `allowedActions[${i}]`;
    if (/^[a-z0-9-]+:[A-Za-z]+\*?$/.test(action)) return [];
    const advice = "Write it like 'sqs:SendMessage' or 'sqs:Get*'; a whole service is no bound";
    return [issue("Malformed", at, "must be an action of one service", action, advice)];
  });
}

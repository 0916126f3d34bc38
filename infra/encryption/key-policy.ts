import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";
import { arn, iamArn } from "../account.js";
import type { Account } from "../account.js";
import type { Statement } from "../identity/policy-document.js";

/** What a customer key is for. */
export type KeyPurpose = keyof typeof KEY_PURPOSES;

/** How a key is used: through which services by people and roles of the account, and by which services on their own. */
interface KeyPurposeSpec {
  readonly description: string;
  /** Services that use the key for a caller who may (`kms:ViaService`). */
  readonly viaServices: readonly string[];
  /** Whether CloudWatch Logs uses it for the log groups of this account and Region. */
  readonly cloudWatchLogs: boolean;
  /** Whether Auto Scaling starts instances whose volumes it encrypts. */
  readonly autoScaling: boolean;
}

/** The purposes, one key each. */
export const KEY_PURPOSES = {
  secrets: {
    description: "Kubernetes Secrets and secrets of Secrets Manager",
    viaServices: ["eks", "secretsmanager"],
    cloudWatchLogs: false,
    autoScaling: false,
  },
  logs: {
    description: "log groups of the cluster, the VPC and the bastion",
    viaServices: [],
    cloudWatchLogs: true,
    autoScaling: false,
  },
  volumes: {
    description: "volumes of nodes, of pods and of the bastion",
    viaServices: ["ec2"],
    cloudWatchLogs: false,
    autoScaling: true,
  },
  registry: {
    description: "images of the registry",
    viaServices: ["ecr"],
    cloudWatchLogs: false,
    autoScaling: false,
  },
} as const satisfies Readonly<Record<string, KeyPurposeSpec>>;

/** All that a key needs done to it; nothing that reads what it encrypted, and no grant. */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

const USE = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

/**
 * The policy of a key. Nobody can be locked out: the account keeps administration through IAM, beside the named
 * administrators. Nobody reads through the key policy alone: use is bound to a service, and grants to grants that a
 * service takes for itself (`kms:GrantIsForAWSResource`). The administrators' ARNs must exist, KMS refuses others.
 */
export function keyPolicy(
  purpose: KeyPurpose,
  account: Account,
  administrators: readonly pulumi.Input<string>[],
): Statement[] {
  const spec: KeyPurposeSpec = KEY_PURPOSES[purpose];
  const root = iamArn(account, "root");
  const statements: Statement[] = [
    {
      sid: "AccountAdministration",
      principals: { aws: root },
      actions: ADMINISTRATION,
      resources: ["*"],
    },
    {
      sid: "Administrators",
      principals: { aws: administrators },
      actions: ADMINISTRATION,
      resources: ["*"],
    },
  ];
  if (spec.viaServices.length > 0) statements.push(...viaServices(spec.viaServices, account, root));
  if (spec.cloudWatchLogs) statements.push(cloudWatchLogs(account));
  if (spec.autoScaling) statements.push(...autoScaling(account));
  return statements;
}

/** Roles of the account that IAM allows it use the key, through these services and in no other way. */
function viaServices(services: readonly string[], account: Account, root: pulumi.Input<string>): Statement[] {
  const via = services.map((service) => interpolate`${service}.${account.region}.${account.dnsSuffix}`);
  const bound = { StringEquals: { "kms:ViaService": via, "kms:CallerAccount": account.id } };
  return [
    {
      sid: "UseThroughServices",
      principals: { aws: root },
      actions: USE,
      resources: ["*"],
      conditions: bound,
    },
    {
      // Not bound to `kms:ViaService`: the services take the grant under names of their own.
      sid: "GrantsOfServices",
      principals: { aws: root },
      actions: ["kms:CreateGrant", "kms:RetireGrant"],
      resources: ["*"],
      conditions: {
        Bool: { "kms:GrantIsForAWSResource": "true" },
        StringEquals: { "kms:CallerAccount": account.id },
      },
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function cloudWatchLogs(account: Account): Statement {
  return {
    sid: "CloudWatchLogs",
    principals: { service: interpolate`logs.${account.region}.amazonaws.com` },
    actions: USE,
    resources: ["*"],
    conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn(account, "logs", "log-group:*") } },
  };
}

/**
 * The service-linked role by which Auto Scaling starts nodes
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html).
 *
 * It is named in a condition and not as the principal: KMS refuses a policy that names a role which does not exist yet,
 * and in a fresh account this one appears with the first Auto Scaling group.
 */
function autoScaling(account: Account): Statement[] {
  const role = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
  const bound = { "kms:CallerAccount": account.id, "aws:PrincipalArn": iamArn(account, role) };
  return [
    {
      sid: "AutoScaling",
      principals: "*",
      actions: USE,
      resources: ["*"],
      conditions: { StringEquals: bound },
    },
    {
      sid: "AutoScalingGrants",
      principals: "*",
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      conditions: { StringEquals: bound, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

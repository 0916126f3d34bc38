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

/** What a primary key of several Regions needs beside {@link ADMINISTRATION}. */
const REPLICATION = ["kms:ReplicateKey", "kms:UpdatePrimaryRegion"];

/** What uses of a key for encryption come to; no grant. */
const KEY_USE = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

/** Who a key is for. */
export interface KeyPolicySpec {
  /** ARNs that exist, KMS refuses others. */
  readonly administrators: readonly pulumi.Input<string>[];
  /** ARNs of those who may use it; `undefined` for all that IAM of the account allows it. */
  readonly users?: readonly pulumi.Input<string>[] | undefined;
  /** Numbers of other accounts whose Auto Scaling starts instances with it. */
  readonly scalingAccounts?: readonly string[];
  readonly multiRegion?: boolean;
}

/**
 * The policy of a key. Nobody can be locked out: the account keeps administration through IAM, beside the named
 * administrators. Nobody reads through the key policy alone: use is bound to a service, and grants to grants that a
 * service takes for itself (`kms:GrantIsForAWSResource`). The administrators' and users' ARNs must exist, KMS refuses others.
 */
export function keyPolicy(purpose: KeyPurpose, account: Account, spec: KeyPolicySpec): Statement[] {
  const { viaServices, cloudWatchLogs, autoScaling }: KeyPurposeSpec = KEY_PURPOSES[purpose];
  return [
    ...administration(account, spec),
    ...(viaServices.length > 0 ? throughServices(viaServices, account, spec.users) : []),
    ...(cloudWatchLogs ? [cloudWatchLogsUse(account)] : []),
    ...(autoScaling ? autoScalingUse(account) : []),
    ...(spec.scalingAccounts ?? []).map((id) => scalingGrants(account, id)),
  ];
}

/** Who administers a key: the account through IAM, and the named ones. Neither may use it by that. */
export function administration(account: Account, spec: KeyPolicySpec): Statement[] {
  const actions = spec.multiRegion === true ? [...ADMINISTRATION, ...REPLICATION] : ADMINISTRATION;
  return [
    { sid: "AccountAdministration", principals: { aws: iamArn(account, "root") }, actions, resources: ["*"] },
    { sid: "Administrators", principals: { aws: spec.administrators }, actions, resources: ["*"] },
  ];
}

/** Those who may use the key, or who IAM of the account allows it, through these services and in no other way. */
function throughServices(
  services: readonly string[],
  account: Account,
  users: readonly pulumi.Input<string>[] | undefined,
): Statement[] {
  const via = services.map((service) => interpolate`${service}.${account.region}.${account.dnsSuffix}`);
  const own = { "kms:CallerAccount": account.id };
  return [
    {
      sid: "UseThroughServices",
      principals: { aws: users ?? iamArn(account, "root") },
      actions: KEY_USE,
      resources: ["*"],
      // Users may be of other accounts; the account as a whole means its own.
      conditions: { StringEquals: { "kms:ViaService": via, ...(users === undefined ? own : {}) } },
    },
    {
      // Not bound to `kms:ViaService`: the services take the grant under names of their own.
      sid: "GrantsOfServices",
      principals: { aws: users === undefined ? iamArn(account, "root") : [iamArn(account, "root"), ...users] },
      actions: ["kms:CreateGrant", "kms:RetireGrant"],
      resources: ["*"],
      conditions: {
        Bool: { "kms:GrantIsForAWSResource": "true" },
        ...(users === undefined ? { StringEquals: own } : {}),
      },
    },
  ];
}

/**
 * Lets CloudWatch Logs use a key for the log groups of this account and Region
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html). Of the services that use keys by
 * themselves it is the one whose principal has the suffix of its partition: `logs.cn-north-1.amazonaws.com.cn`
 * (aws-cdk `region-info`, terraform-provider-aws `aws_service_principal`).
 */
export function cloudWatchLogsUse(account: Account): Statement {
  return {
    sid: "CloudWatchLogs",
    principals: { service: interpolate`logs.${account.region}.${account.dnsSuffix}` },
    actions: KEY_USE,
    resources: ["*"],
    conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn(account, "logs", "log-group:*") } },
  };
}

/** Path and name of the role by which Auto Scaling starts instances. */
export const AUTO_SCALING_ROLE = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";

/**
 * The service-linked role by which Auto Scaling starts nodes
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html).
 *
 * It is named in a condition and not as the principal: KMS refuses a policy that names a role which does not exist yet,
 * and in a fresh account this one appears with the first Auto Scaling group.
 */
function autoScalingUse(account: Account): Statement[] {
  const bound = { "kms:CallerAccount": account.id, "aws:PrincipalArn": iamArn(account, AUTO_SCALING_ROLE) };
  return [
    {
      sid: "AutoScaling",
      principals: "*",
      actions: KEY_USE,
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

/** What Auto Scaling of another account needs of a grant (the same page, example 2). */
export const SCALING_GRANT_OPERATIONS = [
  "CreateGrant",
  "Decrypt",
  "DescribeKey",
  "Encrypt",
  "GenerateDataKeyWithoutPlaintext",
  "ReEncryptFrom",
  "ReEncryptTo",
];

/**
 * Lets another account give its Auto Scaling a grant, and nothing else: across accounts the role itself would need a policy,
 * which a service-linked role cannot get.
 */
function scalingGrants(account: Account, accountId: string): Statement {
  return {
    sid: `AutoScalingOf${accountId}`,
    principals: { aws: interpolate`arn:${account.partition}:iam::${accountId}:root` },
    actions: ["kms:CreateGrant", "kms:DescribeKey", "kms:ListGrants"],
    resources: ["*"],
    conditions: {
      StringEquals: { "kms:CallerAccount": accountId },
      StringEqualsIfExists: {
        "kms:GranteePrincipal": interpolate`arn:${account.partition}:iam::${accountId}:${AUTO_SCALING_ROLE}`,
      },
      "ForAllValues:StringEquals": { "kms:GrantOperations": SCALING_GRANT_OPERATIONS },
    },
  };
}

import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { arn, iamArn } from "../account.js";
import type { Account } from "../account.js";
import { createCustomerKey } from "../customer-key.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import { cloudWatchLogsUse } from "../encryption/key-policy.js";
import type { Statement } from "../identity/policy-document.js";
import { principalIssues } from "../identity/principal.js";
import type { Principal } from "../identity/principal.js";
import type { Tags } from "../options.js";

/** The key of alerts and records: one that {@link Detection} makes, or one that exists. */
export class DetectionKey {
  private constructor(
    /** Of a key that is made; empty for one that exists. */
    readonly administrators: readonly Principal[],
    /** Of a key that exists. */
    readonly arn: pulumi.Input<string> | undefined,
  ) {}

  /** A new key, rotated every year, with these administrators. */
  static own(administrators: readonly [Principal, ...Principal[]]): DetectionKey {
    return new DetectionKey(administrators, undefined);
  }

  /** A key that exists. Its policy must hold the statements of {@link detectionKeyStatements}. */
  static existing(arn: pulumi.Input<string>): DetectionKey {
    return new DetectionKey([], arn);
  }
}

/** Checks the administrators of a new key or the ARN of an existing one. */
export function detectionKeyIssues(path: string, { administrators, arn: given }: DetectionKey): Issue[] {
  if (given === undefined) {
    if (administrators.length > 0) return principalIssues(`${path}.administrators`, administrators);
    const advice = "Name at least one role: `DetectionKey.own([Principal.role('arn:...')])`";
    return [issue("Required", `${path}.administrators`, "must name who administers the key", administrators, advice)];
  }
  return keyArnIssues(`${path}.arn`, given);
}

/**
 * What a key's policy must say, beside who administers it, to be used by {@link Detection}: CloudWatch's alarms into
 * encrypted topics of this account, roles of this account through SNS and S3, and CloudTrail with its log group.
 *
 * No statement asks for `aws:SourceAccount` where SNS is between: SNS does not pass it on for EventBridge, so EventBridge
 * publishes through a role instead (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
 */
export function detectionKeyStatements(account: Account, { trail }: { readonly trail: boolean }): Statement[] {
  const via = ["sns", "s3"].map((service) => interpolate`${service}.${account.region}.${account.dnsSuffix}`);
  const own: Statement[] = [
    {
      sid: "CloudWatchAlarms",
      principals: { service: "cloudwatch.amazonaws.com" },
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: ["*"],
      conditions: { ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": arn(account, "sns", "*") } },
    },
    {
      sid: "UseThroughServices",
      principals: { aws: iamArn(account, "root") },
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
      resources: ["*"],
      conditions: { StringEquals: { "kms:ViaService": via, "kms:CallerAccount": account.id } },
    },
  ];
  return trail ? [...own, ...cloudTrail(account), cloudWatchLogsUse(account)] : own;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
function cloudTrail(account: Account): Statement[] {
  const trails = arn(account, "cloudtrail", "trail/*");
  return [
    {
      sid: "CloudTrail",
      principals: { service: "cloudtrail.amazonaws.com" },
      actions: ["kms:GenerateDataKey*"],
      resources: ["*"],
      // The context names the trail, and with it the account.
      conditions: { StringLike: { "kms:EncryptionContext:aws:cloudtrail:arn": trails } },
    },
    {
      sid: "CloudTrailDescribe",
      principals: { service: "cloudtrail.amazonaws.com" },
      actions: ["kms:DescribeKey"],
      resources: ["*"],
      conditions: { ArnLike: { "aws:SourceArn": trails } },
    },
  ];
}

/** Makes the key when it is to be made; the ARN of it or of the one that exists. */
export function resolveDetectionKey(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: {
    readonly key: DetectionKey;
    readonly trail: boolean;
    readonly protect: boolean;
    readonly tags: Tags | undefined;
  },
): pulumi.Input<string> {
  const { key: choice, trail, protect, tags } = spec;
  if (choice.arn !== undefined) return choice.arn;
  return createCustomerKey(parent, account, name, {
    description: `${name}: alerts and records`,
    administrators: choice.administrators,
    use: detectionKeyStatements(account, { trail }),
    protect,
    tags,
  });
}

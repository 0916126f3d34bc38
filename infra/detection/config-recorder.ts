import * as cfg from "@pulumi/aws/cfg/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Account } from "../account.js";
import { createAccessLogBucket, createBucket, OLD_VERSION_DAYS } from "../bucket.js";
import { createRole, serviceTrust } from "../identity/role.js";
import type { Tags } from "../options.js";
import type { ConfigOptions } from "./account-options.js";

/** Days that snapshots and histories stay in the bucket. */
const HISTORY_DAYS = 365;

/** What {@link createRecorder} takes. */
export interface RecorderSpec {
  readonly options: ConfigOptions;
  readonly keyArn: pulumi.Input<string>;
  readonly protect: boolean;
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/**
 * AWS Config: everything is recorded, into a bucket of its own. The role is one of ours, since the service-linked one exists
 * only where somebody used Config before; Security Hub's control Config.1 wants the other (its parameter
 * `includeConfigServiceLinkedRoleCheck` tells it not to).
 *
 * @returns What other services wait for: the recorder as it runs.
 */
export function createRecorder(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: RecorderSpec,
): cfg.RecorderStatus {
  const common = { protect: spec.protect, forceDestroy: !spec.protect, tags: spec.tags };
  const accesses = createAccessLogBucket(parent, account, `${name}-config-accesses`, common);
  const { bucket, policy } = createBucket(parent, `${name}-config`, {
    ...common,
    keyArn: spec.keyArn,
    objectLock: undefined,
    accessLogBucket: accesses,
    statements: () => [],
    expireAfterDays: HISTORY_DAYS,
    keepOldVersionsDays: OLD_VERSION_DAYS,
  });
  const { role, attachments } = createRole(parent, account, `${name}-config-role`, {
    description: "AWS Config",
    trust: serviceTrust("config.amazonaws.com", { StringEquals: { "aws:SourceAccount": account.id } }),
    awsPolicies: ["service-role/AWS_ConfigRole"],
    statements: [
      {
        sid: "Deliver",
        actions: ["s3:PutObject"],
        resources: [pulumi.interpolate`${bucket.arn}/AWSLogs/${account.id}/Config/*`],
      },
      { sid: "CheckBucket", actions: ["s3:GetBucketAcl", "s3:ListBucket"], resources: [bucket.arn] },
      { sid: "Encrypt", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [spec.keyArn] },
    ],
    permissionsBoundaryArn: spec.permissionsBoundaryArn,
    tags: spec.tags,
  });
  const recorder = new cfg.Recorder(
    `${name}-config`,
    { roleArn: role.arn, recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } },
    { parent, dependsOn: [...attachments] },
  );
  const channel = new cfg.DeliveryChannel(
    `${name}-config`,
    { s3BucketName: bucket.id, s3KmsKeyArn: spec.keyArn },
    { parent, dependsOn: [recorder, policy] },
  );
  // A recorder starts only when it has somewhere to deliver to.
  const running = new cfg.RecorderStatus(
    `${name}-config`,
    { name: recorder.name, isEnabled: true },
    { parent, dependsOn: [channel] },
  );
  for (const pack of spec.options.conformancePacks ?? [])
    new cfg.ConformancePack(
      `${name}-pack-${pack.name}`,
      { name: pack.name, templateBody: account.region.apply((region) => pulumi.output(pack.templateIn(region))) },
      { parent, dependsOn: [running] },
    );
  return running;
}

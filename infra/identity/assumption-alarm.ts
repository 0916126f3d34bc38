import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { partitionOf } from "../partition.js";
import type { Statement } from "./policy-document.js";
import { createRole, serviceTrust } from "./role.js";
import type { CreatedRole } from "./role.js";

/** What {@link createAssumptionAlarm} takes. */
export interface AssumptionAlarmSpec {
  readonly roleArn: pulumi.Output<string>;
  readonly topicArn: pulumi.Input<string>;
  readonly topicKeyArn: pulumi.Input<string>;
  /** Where the provider deploys to, plain. */
  readonly region: string;
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/** Where CloudTrail writes the calls of STS's global endpoint (IAM User Guide, "Logging IAM and AWS STS API calls"). */
const GLOBAL_REGION = "us-east-1";

/** Read-only calls too: CloudTrail counts AssumeRole among them. */
const ALL_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/**
 * Tells a topic whenever somebody takes a role: a rule of EventBridge on what CloudTrail writes of STS. A call goes to the
 * log of the Region whose endpoint was asked; calls of the global endpoint, as the console makes them, stand in us-east-1,
 * from where a second rule hands them on. A trail must log management events in both.
 */
export function createAssumptionAlarm(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: AssumptionAlarmSpec,
): void {
  const { roleArn, topicArn, tags } = spec;
  const eventPattern = pulumi.jsonStringify({
    source: ["aws.sts"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: ["sts.amazonaws.com"], requestParameters: { roleArn: [roleArn] } },
  });
  // Only the commercial partition has a global endpoint.
  const elsewhere = partitionOf(spec.region) === "aws" && spec.region !== GLOBAL_REGION;
  const { role, attachments } = senderRole(parent, account, `${name}-alarm`, spec, elsewhere);

  const rule = new cloudwatch.EventRule(
    `${name}-taken`,
    { description: `somebody takes ${name}`, eventPattern, state: ALL_EVENTS, tags: named(`${name}-taken`, tags) },
    { parent },
  );
  new cloudwatch.EventTarget(
    `${name}-taken-to-topic`,
    {
      rule: rule.name,
      arn: topicArn,
      roleArn: role.arn,
      inputTransformer: {
        inputPaths: {
          who: "$.detail.userIdentity.arn",
          address: "$.detail.sourceIPAddress",
          error: "$.detail.errorCode",
          time: "$.time",
          account: "$.account",
        },
        inputTemplate: JSON.stringify(
          `${name} of account <account> was taken by <who> from <address> at <time>; error: <error>`,
        ),
      },
    },
    { parent, dependsOn: [...attachments] },
  );
  if (!elsewhere) return;

  const global = new cloudwatch.EventRule(
    `${name}-taken-globally`,
    {
      description: `somebody takes ${name} by the global endpoint`,
      eventPattern,
      state: ALL_EVENTS,
      region: GLOBAL_REGION,
      tags: named(`${name}-taken-globally`, tags),
    },
    { parent },
  );
  new cloudwatch.EventTarget(
    `${name}-taken-globally-to-region`,
    { rule: global.name, arn: arn(account, "events", "event-bus/default"), roleArn: role.arn, region: GLOBAL_REGION },
    { parent, dependsOn: [...attachments] },
  );
}

function senderRole(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  spec: AssumptionAlarmSpec,
  forwards: boolean,
): CreatedRole {
  const via = pulumi.interpolate`sns.${account.region}.${account.dnsSuffix}`;
  const statements: Statement[] = [
    { sid: "Publish", actions: ["sns:Publish"], resources: [spec.topicArn] },
    {
      sid: "Encrypt",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [spec.topicKeyArn],
      conditions: { StringEquals: { "kms:ViaService": via } },
    },
  ];
  if (forwards)
    statements.push({
      sid: "HandOn",
      actions: ["events:PutEvents"],
      resources: [arn(account, "events", "event-bus/default")],
    });
  return createRole(parent, account, name, {
    description: "EventBridge, telling that a role for emergencies was taken",
    trust: serviceTrust("events.amazonaws.com", {
      StringEquals: { "aws:SourceAccount": account.id },
      ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:${account.partition}:events:*:${account.id}:rule/*` },
    }),
    statements,
    permissionsBoundaryArn: spec.permissionsBoundaryArn,
    tags: spec.tags,
  });
}

import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as sqs from "@pulumi/aws/sqs/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Account } from "../account.js";
import { policyDocument } from "../identity/policy-document.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** What tells that a machine will go, or has gone (https://karpenter.sh/docs/reference/cloudformation/#rules). */
const EVENTS = [
  { key: "health", source: "aws.health", type: "AWS Health Event", description: "events of AWS Health" },
  {
    key: "spot",
    source: "aws.ec2",
    type: "EC2 Spot Instance Interruption Warning",
    description: "Spot instances that end in two minutes",
  },
  {
    key: "rebalance",
    source: "aws.ec2",
    type: "EC2 Instance Rebalance Recommendation",
    description: "Spot instances that may end soon",
  },
  {
    key: "state",
    source: "aws.ec2",
    type: "EC2 Instance State-change Notification",
    description: "instances that stop or end",
  },
] as const;

/** Seconds that a message waits: older news of a machine is of no use. */
const RETENTION_SECONDS = 300;

/**
 * A queue in which EventBridge lays what happens to machines, and nobody else anything: encrypted, over TLS only. Its key is that
 * of SQS: the messages name instances and hold no secret, and a customer key would have to let EventBridge in.
 */
export function createInterruptionQueue(
  parent: pulumi.Resource,
  account: Account,
  name: string,
  tags: Tags | undefined,
): sqs.Queue {
  const queue = new sqs.Queue(
    name,
    { messageRetentionSeconds: RETENTION_SECONDS, sqsManagedSseEnabled: true, tags: named(name, tags) },
    { parent },
  );
  const rules = EVENTS.map(({ key, source, type, description }) => {
    const child = `${name}-${key}`;
    const eventPattern = JSON.stringify({ source: [source], "detail-type": [type] });
    return {
      child,
      rule: new cloudwatch.EventRule(child, { description, eventPattern, tags: named(child, tags) }, { parent }),
    };
  });
  const policy = new sqs.QueuePolicy(
    `${name}-policy`,
    {
      queueUrl: queue.url,
      policy: policyDocument([
        {
          sid: "EventBridge",
          principals: { service: "events.amazonaws.com" },
          actions: ["sqs:SendMessage"],
          resources: [queue.arn],
          conditions: {
            StringEquals: { "aws:SourceAccount": account.id },
            ArnEquals: { "aws:SourceArn": rules.map(({ rule }) => rule.arn) },
          },
        },
        {
          sid: "OverTlsOnly",
          effect: "Deny",
          principals: "*",
          actions: ["sqs:*"],
          resources: [queue.arn],
          conditions: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    },
    { parent },
  );
  for (const { child, rule } of rules)
    new cloudwatch.EventTarget(
      `${child}-to-queue`,
      { rule: rule.name, arn: queue.arn },
      { parent, dependsOn: [policy] },
    );
  return queue;
}

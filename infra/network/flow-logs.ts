import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import { createRole, serviceTrust } from "../identity/role.js";
import { createLogGroup } from "../log-group.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";

/** What {@link createFlowLogs} takes. */
export interface FlowLogsSpec {
  readonly vpcId: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
  readonly retentionDays: number | undefined;
  readonly permissionsBoundaryArn: pulumi.Input<string> | undefined;
  readonly tags: Tags | undefined;
}

/**
 * Flow logs of a whole VPC, accepted and rejected traffic, once a minute, into an encrypted log group
 * (CIS AWS Foundations 4.7; https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html).
 */
export function createFlowLogs(parent: pulumi.Resource, account: Account, name: string, spec: FlowLogsSpec): void {
  const group = createLogGroup(parent, `${name}-flow-logs`, {
    keyArn: spec.keyArn,
    retentionDays: spec.retentionDays,
    tags: spec.tags,
  });
  const { role, attachments } = createRole(parent, account, `${name}-flow-logs-role`, {
    description: "writes VPC flow logs",
    trust: serviceTrust("vpc-flow-logs.amazonaws.com", {
      StringEquals: { "aws:SourceAccount": account.id },
      ArnLike: { "aws:SourceArn": arn(account, "ec2", "vpc-flow-log/*") },
    }),
    statements: [
      {
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: [group.arn, interpolate`${group.arn}:*`],
      },
      { actions: ["logs:DescribeLogGroups"], resources: [arn(account, "logs", "log-group:*")] },
    ],
    permissionsBoundaryArn: spec.permissionsBoundaryArn,
    tags: spec.tags,
  });
  new ec2.FlowLog(
    `${name}-flow-log`,
    {
      vpcId: spec.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: named(`${name}-flow-log`, spec.tags),
    },
    { parent, dependsOn: [...attachments] },
  );
}

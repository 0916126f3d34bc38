import * as pulumi from "@pulumi/pulumi";
import { BASTION_TAG_KEY } from "../../core/bastion-target.js";
import { arn } from "../account.js";
import type { Account } from "../account.js";
import type { Conditions, Statement } from "../identity/policy-document.js";

/**
 * What the agent needs for port forwarding, of the 25 actions of AmazonSSMManagedInstanceCore: to say that it is
 * there, to hold the channels of sessions, and to write its log. No parameters, no commands, no patches, no inventory.
 */
export function agentStatements(account: Account, logGroupArn: pulumi.Output<string>): Statement[] {
  return [
    {
      sid: "Register",
      actions: ["ssm:UpdateInstanceInformation"],
      resources: [arn(account, "ec2", "instance/*")],
    },
    {
      // The service offers no resource for channels of agents.
      sid: "Channels",
      actions: [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      resources: ["*"],
    },
    {
      sid: "Log",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [logGroupArn, pulumi.interpolate`${logGroupArn}:*`],
    },
    { sid: "FindLog", actions: ["logs:DescribeLogGroups"], resources: [arn(account, "logs", "log-group:*")] },
  ];
}

/** The instances that a session may lead to. */
export type SessionTarget = { readonly instanceArn: pulumi.Output<string> } | { readonly clusterName: string };

/**
 * Without this check Session Manager does not ask who may use which document, and the default one is a shell. It has to
 * stand in every statement that allows `ssm:StartSession`
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-specify-session-document.html).
 */
const DOCUMENT_CHECK: Conditions = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };

/**
 * What a person or a pipeline needs to come through: sessions with this document on these instances, their own sessions
 * afterwards, and what finds the bastion and the API. The default document, a shell, is denied, whatever else allows it.
 */
export function sessionStatements(
  account: Account,
  target: SessionTarget,
  documentArn: pulumi.Output<string>,
  clusterArn: pulumi.Input<string>,
): [Statement, ...Statement[]] {
  const ownSessions = [arn(account, "ssm", "session/${aws:userid}-*")];
  return [
    ...startStatements(account, target, documentArn),
    lookups(account),
    // For `ringfence connect`, which asks EKS where the API is.
    { sid: "FindApi", actions: ["eks:DescribeCluster"], resources: [clusterArn] },
    { sid: "OwnChannel", actions: ["ssmmessages:OpenDataChannel"], resources: ownSessions },
    { sid: "OwnSessions", actions: ["ssm:ResumeSession", "ssm:TerminateSession"], resources: ownSessions },
    {
      sid: "NoShell",
      effect: "Deny",
      actions: ["ssm:StartSession"],
      resources: [
        pulumi.interpolate`arn:${account.partition}:ssm:${account.region}:*:document/SSM-SessionManagerRunShell`,
      ],
    },
  ];
}

function startStatements(
  account: Account,
  target: SessionTarget,
  documentArn: pulumi.Output<string>,
): [Statement, ...Statement[]] {
  const start = { actions: ["ssm:StartSession"] } as const;
  if ("instanceArn" in target)
    return [
      { sid: "StartSession", ...start, resources: [target.instanceArn, documentArn], conditions: DOCUMENT_CHECK },
    ];
  const tagged = { [`ssm:resourceTag/${BASTION_TAG_KEY}`]: target.clusterName };
  return [
    {
      sid: "StartSession",
      ...start,
      resources: [arn(account, "ec2", "instance/*")],
      conditions: { ...DOCUMENT_CHECK, StringEquals: tagged },
    },
    { sid: "WithThisDocument", ...start, resources: [documentArn], conditions: DOCUMENT_CHECK },
  ];
}

/** Which instances and documents carry the tag, and whether agents are online; no lookup can be bound to resources. */
function lookups(account: Account): Statement {
  return {
    sid: "FindBastion",
    actions: ["ec2:DescribeInstances", "ssm:DescribeInstanceInformation", "ssm:ListDocuments"],
    resources: ["*"],
    conditions: { StringEquals: { "aws:RequestedRegion": account.region } },
  };
}

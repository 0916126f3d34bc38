import type { PlannedResource } from "../../../../plan/model/index.js";
import type { Read, World } from "../../../../plan/world/index.js";
import { EKS_CLUSTER, UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { concat, json, planned, ref, unresolved } from "../../../examples.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { mayDo, RIGHTS_TYPES } from "../../../lib/iam-rights.js";
import { trustsService } from "../../../lib/pod-identity.js";
import { LOG_GROUP } from "../../../lib/key-consumers.js";
import type { ExampleValue, Verdict } from "../../../model.js";
import type { Found } from "../../../shapes.js";
import { onWorld } from "../../../shapes.js";
import { every, expectRead, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const CLUSTER = planned(EKS_CLUSTER, "prod", { name: "prod", enabledClusterLogTypes: ["api", "audit"] });

function flowLog(service: ExampleValue, actions: ExampleValue) {
  return [
    planned(FLOW_LOG, "vpc", { iamRoleArn: ref("writer", "arn"), logDestination: ref("flows", "arn") }),
    planned(LOG_GROUP, "flows", { retentionInDays: 365 }),
    planned(ROLE, "writer", {
      assumeRolePolicy: json({
        Statement: { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
      }),
    }),
    planned("aws:iam/rolePolicy:RolePolicy", "write", {
      role: ref("writer", "name"),
      policy: json({ Statement: { Effect: "Allow", Action: actions, Resource: "*" } }),
    }),
  ];
}

const WRITES = ["logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents"];

/**
 * The control plane's logs go into a log group of the plan, named as EKS names it, with a retention; and a flow log into
 * CloudWatch Logs has a role that the service may assume and that may write (VPC user guide, "IAM role for publishing flow
 * logs to CloudWatch Logs").
 */
export const logPipelineComplete = defineRule({
  id: "log-pipeline-complete",
  title: "logs that are switched on arrive somewhere that keeps them",
  ring: "cloud",
  severity: "medium",
  rationale:
    "A log is a chain: something writes, something may write, something keeps. One link missing and there is nothing, or it is kept for ever without a key, and that shows on the day when the log is needed.",
  remediation:
    'new aws.cloudwatch.LogGroup("cluster", { name: pulumi.interpolate`/aws/eks/${name}/cluster`, retentionInDays: 365, kmsKeyId: key.arn })  // before the cluster',
  references: references("catalogue/cross-ring-rules.csv: N22", { "owasp-k8s": ["K10"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "EKS makes the log group itself, which keeps everything for ever",
        resources: [CLUSTER],
        path: "enabledClusterLogTypes",
      },
      {
        title: "a log group without a retention",
        resources: [CLUSTER, planned(LOG_GROUP, "cluster", { name: "/aws/eks/prod/cluster" })],
        path: "retentionInDays",
        on: "cluster",
      },
      {
        title: "a role that flow logs may not assume",
        resources: flowLog("ec2.amazonaws.com", WRITES),
        path: "iamRoleArn",
      },
      {
        title: "a role that may not write",
        resources: flowLog("vpc-flow-logs.amazonaws.com", "logs:Describe*"),
        path: "iamRoleArn",
      },
    ],
    pass: [
      {
        title: "a log group with the cluster's name in it",
        resources: [
          CLUSTER,
          planned(LOG_GROUP, "cluster", {
            name: concat("/aws/eks/", ref("prod", "name"), "/cluster"),
            retentionInDays: 90,
          }),
        ],
      },
      { title: "a role that is trusted and may write", resources: flowLog("vpc-flow-logs.amazonaws.com", WRITES) },
    ],
    unknown: [
      {
        title: "what the role may do is an output",
        resources: flowLog("vpc-flow-logs.amazonaws.com", unresolved("list")),
        path: "iamRoleArn",
      },
      {
        title: "the types are an output",
        resources: [planned(EKS_CLUSTER, "prod", { enabledClusterLogTypes: unresolved("list") })],
        path: "enabledClusterLogTypes",
      },
    ],
  },
  ...onWorld([EKS_CLUSTER, LOG_GROUP, FLOW_LOG, ...RIGHTS_TYPES], function* ({ world }) {
    for (const eks of world.ofType(EKS_CLUSTER)) yield judgeCluster(world, eks);
    for (const flow of world.ofType(FLOW_LOG)) yield { resource: flow, verdict: judgeFlow(world, flow) };
  }),
});

function judgeCluster(world: World, eks: PlannedResource): Found {
  const at = world.inputsOf(eks).at("enabledClusterLogTypes");
  const found = (verdict: Verdict): Found => ({ resource: eks, verdict });
  if (at.isUnknown)
    return found(unknown(at, `which logs cluster '${eks.name}' writes is not known before the deployment`));
  if (at.items().length === 0) return found(notApplicable("it writes no logs"));
  const groups = world.ofType(LOG_GROUP).map((group) => ({ group, read: isOf(world, group, eks) }));
  const own = groups.find(({ read }) => read === true)?.group;
  if (own !== undefined) return { resource: own, verdict: judgeRetention(world, eks, own) };
  const what = `takes the logs of cluster '${eks.name}'`;
  return groups.some(({ read }) => read === UNKNOWN)
    ? found(unknown(at, `whether a planned log group ${what} is not known before the deployment`))
    : found(fail(at, `no planned log group ${what}, so that EKS makes one that keeps them for ever, without a key`));
}

/** Whether a log group is the one that EKS writes a cluster's logs to: `/aws/eks/<name>/cluster`. */
function isOf(world: World, group: PlannedResource, eks: PlannedResource): Read<boolean> {
  const at = world.inputsOf(group).at("name");
  const text = at.text();
  if (text === UNKNOWN) return UNKNOWN;
  const [, between] = /^\/aws\/eks\/(.*)\/cluster$/.exec(text ?? "") ?? [];
  if (between === undefined) return false;
  const own = world.inputsOf(eks).at("name").string();
  if (world.resolve(group, at).includes(eks) || between === own) return true;
  return typeof own === "string" && !between.includes("\uFFFC") ? false : UNKNOWN;
}

function judgeRetention(world: World, eks: PlannedResource, group: PlannedResource): Verdict {
  const at = world.inputsOf(group).at("retentionInDays");
  return expectRead(at, at.number(), {
    absent: 0,
    accept: (days) => days > 0,
    message: `log group '${group.name}' keeps the logs of cluster '${eks.name}' for ever`,
    undecided: `how long log group '${group.name}' keeps the logs of cluster '${eks.name}' is not known before the deployment`,
  });
}

function judgeFlow(world: World, flow: PlannedResource): Verdict {
  const inputs = world.inputsOf(flow);
  const at = inputs.at("iamRoleArn");
  const type = inputs.at("logDestinationType").string();
  if (type !== UNKNOWN && (type ?? "cloud-watch-logs") !== "cloud-watch-logs")
    return notApplicable("it writes to a bucket or a stream");
  if (at.isAbsent) return fail(at, `flow log '${flow.name}' has no role to write with, so that it writes nothing`);
  const [role] = world.resolve(flow, at).filter((r) => r.type === ROLE);
  const undecided = unknown(at, `whether flow log '${flow.name}' may write is not known from this plan`);
  if (role === undefined || type === UNKNOWN) return undecided;
  const trusted = trustsService(world.inputsOf(role).at("assumeRolePolicy"), "vpc-flow-logs.amazonaws.com");
  const [group] = world.resolve(flow, inputs.at("logDestination")).filter((r) => r.type === LOG_GROUP);
  const writes = every(
    ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => mayDo(world, role, { action, resource: group })),
  );
  if (trusted === false)
    return fail(
      at,
      `flow log '${flow.name}' writes nothing: the service of flow logs may not assume role '${role.name}'`,
    );
  if (writes === false)
    return fail(at, `flow log '${flow.name}' writes nothing: role '${role.name}' may not put log events`);
  return every([trusted, writes]) === true ? pass() : undecided;
}

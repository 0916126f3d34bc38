import { BreakGlassHolders, BreakGlassRole, Principal } from "../../../infra/index.js";
import type { BreakGlassRoleArgs } from "../../../infra/index.js";
import { planOf } from "../../../plan/index.js";
import { CLUSTER_ARN, inputs, LOGS_KEY, namesOf, planIn, resource, statements } from "../support.js";
import { CLUSTER, ENTRY, ENTRY_POLICY, failuresIn, role, ROLE, ROLE_POLICY } from "./support.js";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts";
const reason = "works while the identity provider does not";
const ann = Principal.user("arn:aws:iam::111122223333:user/ann", { reason });

const program = (args: Partial<BreakGlassRoleArgs> = {}) =>
  new BreakGlassRole("prod-break-glass", {
    cluster: CLUSTER,
    holders: BreakGlassHolders.users(ann),
    topicArn: TOPIC,
    topicKeyArn: LOGS_KEY,
    ...args,
  });
const plan = (args?: Partial<BreakGlassRoleArgs>) => planIn(() => program(args));

test("is taken by named users with a fresh second factor, for an hour", async () => {
  const made = await plan();
  const given = inputs(made, ROLE, "prod-break-glass");
  expect(given).toMatchObject({ name: "prod-break-glass", maxSessionDuration: 3600 });
  expect(statements(given["assumeRolePolicy"])).toEqual([
    {
      Sid: "Holders",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::111122223333:user/ann"] },
      Action: ["sts:AssumeRole"],
      Condition: {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
      },
    },
  ]);
  expect(statements(inputs(made, ROLE_POLICY, "prod-break-glass-policy")["policy"])).toEqual([
    { Sid: "FindCluster", Effect: "Allow", Action: ["eks:DescribeCluster"], Resource: [CLUSTER_ARN] },
  ]);
  expect(failuresIn(made)).toEqual([]);
});

test("is cluster administrator by a policy that holds when RBAC is broken", async () => {
  const made = await plan();
  expect(inputs(made, ENTRY)).toMatchObject({ principalArn: "<arn of role prod-break-glass>", kubernetesGroups: [] });
  expect(inputs(made, ENTRY)).not.toHaveProperty("userName");
  expect(inputs(made, ENTRY_POLICY)["policyArn"]).toBe(
    "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
  );
});

test("may be a member of the group alone", async () => {
  const made = await plan({ rights: "group" });
  expect(inputs(made, ENTRY)["kubernetesGroups"]).toEqual(["ringfence:break-glass"]);
  expect(namesOf(made, ENTRY_POLICY)).toEqual([]);
});

test("tells a topic whenever it is taken", async () => {
  const made = await plan();
  const rule = inputs(made, RULE, "prod-break-glass-taken");
  expect(rule["state"]).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
  expect(patternOf(rule)).toEqual({
    source: ["aws.sts"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["sts.amazonaws.com"],
      requestParameters: { roleArn: ["<arn of role prod-break-glass>"] },
    },
  });
  const target = inputs(made, TARGET, "prod-break-glass-taken-to-topic");
  expect(target).toMatchObject({ arn: TOPIC, roleArn: "<arn of role prod-break-glass-alarm>" });
  expect(target["inputTransformer"]).toMatchObject({
    inputTemplate:
      '"prod-break-glass of account <account> was taken by <who> from <address> at <time>; error: <error>"',
  });
  const sender = statements(inputs(made, ROLE_POLICY, "prod-break-glass-alarm-policy")["policy"]);
  expect(sender.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [["sns:Publish"], [TOPIC]],
    [["kms:Decrypt", "kms:GenerateDataKey"], [LOGS_KEY]],
    [["events:PutEvents"], ["arn:aws:events:eu-west-1:111122223333:event-bus/default"]],
  ]);
});

test("hears of calls to the global endpoint, which stand in the log of us-east-1", async () => {
  const made = await plan();
  expect(inputs(made, RULE, "prod-break-glass-taken-globally")["region"]).toBe("us-east-1");
  expect(inputs(made, TARGET, "prod-break-glass-taken-globally-to-region")).toMatchObject({
    region: "us-east-1",
    arn: "arn:aws:events:eu-west-1:111122223333:event-bus/default",
    roleArn: "<arn of role prod-break-glass-alarm>",
  });
});

test.each(["us-east-1", "us-gov-west-1", "cn-north-1"])("needs one rule in %s", async (region) => {
  const partition = region.startsWith("cn") ? "aws-cn" : region.startsWith("us-gov") ? "aws-us-gov" : "aws";
  const user = Principal.user(`arn:${partition}:iam::111122223333:user/ann`, { reason });
  const made = await planOf(
    () =>
      program({
        cluster: { name: "prod", arn: `arn:${partition}:eks:${region}:111122223333:cluster/prod` },
        holders: BreakGlassHolders.users(user),
        topicArn: `arn:${partition}:sns:${region}:111122223333:alerts`,
        topicKeyArn: `arn:${partition}:kms:${region}:111122223333:key/11111111-1111-1111-1111-111111111111`,
      }),
    { config: { "aws:region": region } },
  );
  expect(namesOf(made, RULE)).toEqual(["prod-break-glass-taken"]);
  const sender = statements(inputs(made, ROLE, "prod-break-glass-alarm")["assumeRolePolicy"])[0];
  expect(sender?.Principal).toEqual({ Service: "events.amazonaws.com" });
  expect(sender?.Condition?.["ArnLike"]).toEqual({
    "aws:SourceArn": `arn:${partition}:events:*:111122223333:rule/*`,
  });
});

test("roles of people show their second factor elsewhere, which is said", async () => {
  const sso = role("aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Night_0123456789abcdef");
  const why = { reason: "Identity Center asks for the second factor at each sign-in" };
  const made = await plan({ holders: BreakGlassHolders.sessions([sso], why) });
  expect(statements(inputs(made, ROLE, "prod-break-glass")["assumeRolePolicy"])[0]).not.toHaveProperty("Condition");
  expect(resource(made, "ringfence:infra:BreakGlassRole").outputs["relaxations"]).toEqual([
    { choice: "BreakGlassHolders.sessions", ...why },
  ]);
});

test("refuses holders who could never get in, and those who are everybody", async () => {
  await expect(
    plan({
      holders: BreakGlassHolders.users(
        role("platform"),
        Principal.role("arn:aws:iam::111122223333:root", { key: "x" }),
      ),
      roleName: "n".repeat(65),
      topicKeyArn: "alias/alerts",
    }),
  ).rejects.toThrow(
    [
      "BreakGlassRole 'prod-break-glass':",
      "  'holders[1]' must be the ARN of one role, got 'arn:aws:iam::111122223333:root'. That is a whole account; name somebody in it, like 'arn:<partition>:iam::111122223333:role/platform'",
      "  'holders[0]' must be a user, the session of a role carries no second factor, got 'arn:aws:iam::111122223333:role/platform'. Pass Principal.user(arn, { reason }), or use BreakGlassHolders.sessions([...], { reason })",
      "  'holders[1]' must be a user, the session of a role carries no second factor, got 'arn:aws:iam::111122223333:root'. Pass Principal.user(arn, { reason }), or use BreakGlassHolders.sessions([...], { reason })",
      `  'roleName' must be a name of IAM, of at most 64 characters, got '${"n".repeat(65)}'. Write it like 'prod-break-glass', without path`,
    ].join("\n"),
  );
});

test.each([
  ["arn:aws:sqs:eu-west-1:111122223333:alerts", "'topicArn' must be the ARN of a topic"],
  ["arn:aws:sns:us-east-1:111122223333:alerts", "'topicArn' must be in the Region 'eu-west-1'"],
])("refuses to tell %s", async (topicArn, message) => {
  await expect(plan({ topicArn })).rejects.toThrow(message);
});

test("refuses a name that leaves its rules none", async () => {
  const name = "n".repeat(42);
  const cluster = CLUSTER;
  await expect(
    planIn(
      () =>
        new BreakGlassRole(name, {
          cluster,
          holders: BreakGlassHolders.users(ann),
          topicArn: TOPIC,
          topicKeyArn: LOGS_KEY,
        }),
    ),
  ).rejects.toThrow("'name' must have at most 41 characters, the names of rules have 64");
});

function patternOf(rule: Record<string, unknown>): unknown {
  const pattern = rule["eventPattern"];
  return typeof pattern === "string" ? JSON.parse(pattern) : pattern;
}

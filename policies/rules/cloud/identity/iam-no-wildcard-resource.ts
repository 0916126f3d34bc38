import { defineRule } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { onIdentityPolicies, POLICY } from "../../../lib/iam-policies.js";
import { judgeScoping } from "../../../lib/iam-scoping.js";
import type { ExampleObject } from "../../../model.js";

function policy(statement: ExampleObject) {
  return [planned(POLICY, "app", { policy: json({ Statement: [{ Effect: "Allow", Resource: "*", ...statement }] }) })];
}

/**
 * Actions that can be bound to resources are. What takes no resource (`ec2:DescribeInstances`) is allowed on `*` or not at all,
 * and what a condition binds (a tag, the account's alias of a key) is bound. All actions of a service, and everything, are
 * reported by rules of their own, which also say more.
 */
export const iamNoWildcardResource = defineRule({
  id: "iam-no-wildcard-resource",
  title: "what can be bound to resources is bound to them",
  ring: "cloud",
  severity: "medium",
  rationale:
    "On `*` the program that needs one queue reaches every queue of the account, those of other teams and those of next year.",
  remediation: "Resource: queue.arn",
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "reads every table",
        resources: policy({ Action: ["dynamodb:GetItem", "dynamodb:Query"] }),
        path: "policy.Statement[0].Action",
      },
      {
        title: "one of a family of actions could be bound",
        resources: policy({ Action: "sqs:Receive*" }),
        path: "policy.Statement[0].Action",
      },
      {
        title: "a condition that every call meets",
        resources: policy({ Action: "sqs:ReceiveMessage", Condition: { Bool: { "aws:SecureTransport": "true" } } }),
        path: "policy.Statement[0].Action",
      },
    ],
    pass: [
      { title: "one queue", resources: policy({ Action: "sqs:ReceiveMessage", Resource: "arn:aws:sqs:*:*:votes" }) },
      {
        title: "actions that take no resource",
        resources: policy({ Action: ["ec2:DescribeInstances", "ecr:GetAuthorizationToken", "sts:GetCallerIdentity"] }),
      },
      {
        title: "a tag decides",
        resources: policy({
          Action: "autoscaling:SetDesiredCapacity",
          Condition: { StringEquals: { "aws:ResourceTag/cluster": "prod" } },
        }),
      },
    ],
    unknown: [
      {
        title: "the actions are an output",
        resources: policy({ Action: unresolved("list") }),
        path: "policy.Statement[0].Action",
      },
    ],
  },
  ...onIdentityPolicies((document) =>
    judgeScoping(document, { counts: () => true, where: "on everything, and each can be bound to resources" }),
  ),
});

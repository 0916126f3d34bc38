import { defineRule, references } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { judgeOpenPolicy } from "../../../lib/resource-policies.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";

const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";

function policy(statement: ExampleObject) {
  return [
    planned(TOPIC_POLICY, "alerts", {
      arn: "alerts",
      policy: json({ Statement: [{ Effect: "Allow", Action: "sns:Subscribe", Resource: "*", ...statement }] }),
    }),
  ];
}

/** Policies of topics name who gets in, or bind everybody by account or source, as the default of SNS does. */
export const snsPolicyNotPublic = defineRule({
  id: "sns-policy-not-public",
  title: "no topic is open to everybody",
  ring: "cloud",
  severity: "high",
  rationale: "Whoever may subscribe reads every message, whoever may publish makes its readers act.",
  remediation: 'Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } }',
  references: references("catalogue/rules.csv: CKV_AWS_169, CKV_AWS_385, AwsSolutions-SNS3 (TLS)", {
    "nist-csf-2": ["PR.IR-01", "RC.CO-04"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "everybody subscribes",
        resources: policy({ Principal: { AWS: "*" } }),
        path: "policy.Statement[0].Principal",
      },
    ],
    pass: [
      {
        title: "the owner's account, as SNS itself writes it",
        resources: policy({
          Principal: { AWS: "*" },
          Condition: { StringEquals: { "AWS:SourceOwner": "111122223333" } },
        }),
      },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: [planned(TOPIC_POLICY, "alerts", { arn: "alerts", policy: unresolved("string") })],
        path: "policy",
      },
    ],
  },
  ...onResource([TOPIC_POLICY, "aws:sns/topic:Topic"], (view) =>
    judgeOpenPolicy(view, view.inputs.at("policy"), "topic"),
  ),
});

import { defineRule } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { judgeOpenPolicy } from "../../../lib/resource-policies.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";

const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";

function policy(statement: ExampleObject) {
  return [
    planned(QUEUE_POLICY, "events", {
      queueUrl: "events",
      policy: json({ Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*", ...statement }] }),
    }),
  ];
}

/** Policies of queues name who gets in, or bind everybody by account or source. */
export const sqsPolicyNotPublic = defineRule({
  id: "sqs-policy-not-public",
  title: "no queue is open to everybody",
  ring: "cloud",
  severity: "high",
  rationale:
    "Whoever may send makes your programs act: with an interruption queue, a stranger drains nodes. Whoever may receive reads and takes away.",
  remediation:
    'Principal: { Service: "events.amazonaws.com" }, Condition: { ArnEquals: { "aws:SourceArn": rule.arn } }',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      { title: "everybody sends", resources: policy({ Principal: "*" }), path: "policy.Statement[0].Principal" },
      {
        title: "any source sends",
        resources: policy({ Principal: "*", Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } } }),
        path: "policy.Statement[0].Principal",
      },
    ],
    pass: [
      {
        title: "one bucket sends",
        resources: policy({ Principal: "*", Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::votes" } } }),
      },
      { title: "a service sends", resources: policy({ Principal: { Service: "events.amazonaws.com" } }) },
    ],
    unknown: [
      {
        title: "who sends is an output",
        resources: policy({ Principal: unresolved() }),
        path: "policy.Statement[0].Principal",
      },
    ],
  },
  ...onResource([QUEUE_POLICY, "aws:sqs/queue:Queue"], (view) =>
    judgeOpenPolicy(view, view.inputs.at("policy"), "queue"),
  ),
});

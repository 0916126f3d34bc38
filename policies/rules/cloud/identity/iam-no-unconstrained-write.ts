import { defineRule } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { onIdentityPolicies, POLICY } from "../../../lib/iam-policies.js";
import { judgeScoping } from "../../../lib/iam-scoping.js";
import type { ExampleObject } from "../../../model.js";

function policy(statement: ExampleObject, ...more: readonly ExampleObject[]) {
  return [
    planned(POLICY, "app", {
      policy: json({ Statement: [{ Effect: "Allow", Resource: "*", ...statement }, ...more] }),
    }),
  ];
}

/** What changes or deletes is bound to resources, as far as the action takes any. The access level is the one that AWS publishes. */
export const iamNoUnconstrainedWrite = defineRule({
  id: "iam-no-unconstrained-write",
  title: "what changes things is bound to resources",
  ring: "cloud",
  severity: "medium",
  rationale:
    "A program that may delete one bucket's objects and is granted it on `*` deletes all of them, by an error or in the hands of an intruder.",
  remediation: "Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`]",
  references: [],
  since: "0.1.0",
  covers: ["iam-no-wildcard-resource"],
  examples: {
    fail: [
      {
        title: "deletes from every bucket",
        resources: policy({ Action: ["s3:GetObject", "s3:DeleteObject"] }),
        path: "policy.Statement[0].Action",
      },
      {
        title: "all that begins alike",
        resources: policy({ Action: "sqs:Delete*" }),
        path: "policy.Statement[0].Action",
      },
    ],
    pass: [
      { title: "one bucket", resources: policy({ Action: "s3:DeleteObject", Resource: "arn:aws:s3:::votes/*" }) },
      { title: "reading only", resources: policy({ Action: "sqs:GetQueueAttributes" }) },
      {
        title: "denied again",
        resources: policy({ Action: "sqs:DeleteQueue" }, { Effect: "Deny", Action: "sqs:Delete*", Resource: "*" }),
      },
    ],
    unknown: [
      {
        title: "which resources is an output",
        resources: policy({ Action: "sqs:DeleteQueue", Resource: unresolved("string") }),
        path: "policy.Statement[0].Action",
      },
    ],
  },
  ...onIdentityPolicies((document) =>
    judgeScoping(document, { counts: ({ level }) => level === "write", where: "on everything in the account" }),
  ),
});

import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { isUnconditional } from "../../../lib/iam-conditions.js";
import { anyText, statementsOf } from "../../../lib/iam.js";
import { namesEverybody } from "../../../lib/resource-policies.js";
import { BUCKETS } from "../../../lib/s3.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { every, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";

function policy(statement: ExampleObject) {
  return [
    planned(BUCKET_POLICY, "votes", {
      bucket: "votes",
      policy: json({ Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", ...statement }] }),
    }),
  ];
}

/** No statement denies everybody everything without a condition: only the account's root user could undo it. */
export const s3PolicyNoLockout = defineRule({
  id: "s3-policy-no-lockout",
  title: "no bucket's policy locks everybody out",
  ring: "cloud",
  severity: "medium",
  rationale: "Nobody but the root user of the account can read the bucket or change the policy again.",
  remediation: 'Condition: { StringNotEquals: { "aws:PrincipalArn": admin.arn } }',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [{ title: "everybody, always", resources: policy({}), path: "policy.Statement[0]" }],
    pass: [
      { title: "without TLS", resources: policy({ Condition: { Bool: { "aws:SecureTransport": "false" } } }) },
      { title: "deletion alone", resources: policy({ Action: "s3:DeleteBucket" }) },
    ],
    unknown: [
      {
        title: "the condition is an output",
        resources: policy({ Condition: unresolved("object") }),
        path: "policy.Statement[0]",
      },
    ],
  },
  ...onResource([BUCKET_POLICY, ...BUCKETS], ({ resource, inputs }) => {
    const at = inputs.at("policy");
    if (at.isAbsent) return notApplicable("it has no policy of its own here");
    const undecided = `whom the policy of bucket '${resource.name}' locks out is not known before the deployment`;
    const statements = statementsOf(at);
    if (statements === UNKNOWN) return unknown(at, undecided);
    return statements.map((statement) => {
      const out = every([
        statement.effect === UNKNOWN ? UNKNOWN : statement.effect === "Deny",
        every([namesEverybody(statement), statement.notPrincipals.isAbsent]),
        anyText(statement.actions, (action) => /^(s3:)?\*+$/i.test(action)),
        isUnconditional(statement),
      ]);
      if (out === UNKNOWN) return unknown(statement.at, undecided);
      return out ? fail(statement.at, `the policy of bucket '${resource.name}' locks everybody out`) : pass();
    });
  }),
});

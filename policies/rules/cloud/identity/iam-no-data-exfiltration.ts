import { defineRule, references } from "../../../define.js";
import { concat, json, planned, ref, unresolved } from "../../../examples.js";
import { judgeGrants } from "../../../lib/iam-grants.js";
import { DATA_ACTIONS } from "../../../lib/iam-rights.js";
import { POLICY, ROLE, onIdentityPolicies } from "../../../lib/iam-policies.js";

/** Actions that read data (cloudsplaining's list, and DynamoDB) name their resources. */
export const iamNoDataExfiltration = defineRule({
  id: "iam-no-data-exfiltration",
  title: "data is read from named resources only",
  ring: "cloud",
  severity: "high",
  rationale:
    "One pod that is taken over reads every bucket, secret and parameter of the account, those of other teams too.",
  remediation: 'Action: "s3:GetObject", Resource: [pulumi.interpolate`${bucket.arn}/*`]',
  references: references("catalogue/rules.csv: CKV_AWS_108, CKV_AWS_288", { attack: ["T1530"] }),
  since: "0.1.0",
  covers: ["iam-no-unconstrained-write", "iam-no-wildcard-resource"],
  examples: {
    fail: [
      {
        title: "every secret",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "secretsmanager:Get*", Resource: "*" }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
      {
        title: "every bucket, by its ARN",
        resources: [
          planned(ROLE, "app", {
            inlinePolicies: [
              {
                policy: json({
                  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::*/*" }],
                }),
              },
            ],
          }),
        ],
        path: "inlinePolicies[0].policy.Statement[0].Action",
      },
    ],
    pass: [
      {
        title: "one bucket",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: concat(ref("votes", "arn"), "/*") }],
            }),
          }),
          planned("aws:s3/bucket:Bucket", "votes", {}),
        ],
      },
      {
        title: "one secret of this plan",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [ref("db", "arn")] }],
            }),
          }),
          planned("aws:secretsmanager/secret:Secret", "db", {}),
        ],
      },
    ],
    unknown: [
      {
        title: "which secret is an output",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: unresolved("string") }],
            }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
  },
  ...onIdentityPolicies((policy) =>
    judgeGrants(policy, { actions: DATA_ACTIONS, where: "from everything in the account" }),
  ),
});

import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { judgeGrants } from "../../../lib/iam-grants.js";
import { POLICY, onIdentityPolicies } from "../../../lib/iam-policies.js";

/** `kms:Decrypt` and `kms:ReEncryptFrom` name their keys, or are bound by a condition: alias, service, context. */
export const iamKmsDecryptScoped = defineRule({
  id: "iam-kms-decrypt-scoped",
  title: "policies decrypt with named keys only",
  ring: "cloud",
  severity: "high",
  rationale: "A key per purpose separates nothing when one role may decrypt with all of them.",
  remediation: 'Action: "kms:Decrypt", Resource: [key.arn]',
  references: references("catalogue/rules.csv: PRW iam_policy_no_full_access_to_kms, steampipe", {
    "aws-security-hub": ["KMS.1", "KMS.2"],
    "pci-dss-4": ["3.5.1.1", "3.5.1.3", "3.6.1.2"],
    hipaa: ["164.312(a)(2)(iv)"],
    "nist-csf-2": ["PR.AA-01", "PR.AA-02"],
  }),
  since: "0.1.0",
  covers: ["iam-no-unconstrained-write", "iam-no-wildcard-resource"],
  examples: {
    fail: [
      {
        title: "every key",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "kms:decrypt", Resource: "*" }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
      {
        title: "every key of the account",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [
                { Effect: "Allow", Action: ["kms:ReEncrypt*"], Resource: "arn:aws:kms:*:111122223333:key/*" },
              ],
            }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
    pass: [
      {
        title: "one key",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: ref("secrets", "arn") }] }),
          }),
          planned("aws:kms/key:Key", "secrets", {}),
        ],
      },
      {
        title: "keys with an alias",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [
                {
                  Effect: "Allow",
                  Action: "kms:Decrypt",
                  Resource: "*",
                  Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/app" } },
                },
              ],
            }),
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "which key is an output",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: unresolved("string") }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
  },
  ...onIdentityPolicies((policy) =>
    judgeGrants(policy, { actions: ["kms:Decrypt", "kms:ReEncryptFrom"], where: "with every key of the account" }),
  ),
});

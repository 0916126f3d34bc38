import { defineRule, references } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { judgeOpenPolicy } from "../../../lib/resource-policies.js";
import type { ExampleObject } from "../../../model.js";
import { onResource } from "../../../shapes.js";

const KEY = "aws:kms/key:Key";

function key(statement: ExampleObject) {
  return [
    planned(KEY, "secrets", {
      policy: json({ Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: "*", ...statement }] }),
    }),
  ];
}

/**
 * A key policy names who may use the key, or binds everybody by account or ARN. A key without a policy gets the one of KMS,
 * which names the account.
 */
export const kmsPolicyNoWildcardPrincipal = defineRule({
  id: "kms-policy-no-wildcard-principal",
  title: "no key is open to everybody",
  ring: "cloud",
  severity: "critical",
  rationale: "A key policy decides alone, IAM is not asked: every AWS account could decrypt what the key protects.",
  remediation: 'Principal: { AWS: "arn:aws:iam::111122223333:root" }',
  references: references("catalogue/rules.csv: CKV_AWS_33, AC_AWS_0162/0482, PRW", {
    "aws-security-hub": ["KMS.5"],
    "cis-aws-7": ["2.21"],
    "nist-csf-2": ["PR.AA-04", "PR.DS-01"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "everybody", resources: key({ Principal: "*" }), path: "policy.Statement[0].Principal" },
      {
        title: "everybody, through a service",
        resources: key({
          Principal: { AWS: ["*"] },
          Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        }),
        path: "policy.Statement[0].Principal",
      },
    ],
    pass: [
      { title: "the account", resources: key({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }) },
      {
        title: "everybody in the account, through a service",
        resources: key({
          Principal: { AWS: "*" },
          Condition: {
            StringEquals: { "kms:CallerAccount": "111122223333", "kms:ViaService": "ec2.eu-west-1.amazonaws.com" },
          },
        }),
      },
    ],
    unknown: [
      {
        title: "who is an output",
        resources: key({ Principal: { AWS: unresolved("string") } }),
        path: "policy.Statement[0].Principal",
      },
    ],
  },
  ...onResource(
    [
      KEY,
      "aws:kms/keyPolicy:KeyPolicy",
      "aws:kms/externalKey:ExternalKey",
      "aws:kms/replicaKey:ReplicaKey",
      "aws:kms/replicaExternalKey:ReplicaExternalKey",
    ],
    (view) => judgeOpenPolicy(view, view.inputs.at("policy"), "key"),
  ),
});

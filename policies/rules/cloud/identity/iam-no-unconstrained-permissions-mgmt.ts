import { defineRule, references } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { judgeGrants } from "../../../lib/iam-grants.js";
import { POLICY, onIdentityPolicies } from "../../../lib/iam-policies.js";

/** Actions that say who may use a resource, but for those that `iam-no-privilege-escalation` knows. */
const ACTIONS = [
  "ec2:ModifyImageAttribute",
  "ec2:ModifySnapshotAttribute",
  "ecr:SetRepositoryPolicy",
  "iam:CreateRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "kms:CreateGrant",
  "kms:PutKeyPolicy",
  "lambda:AddPermission",
  "ram:CreateResourceShare",
  "rds:ModifyDBSnapshotAttribute",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutObjectAcl",
  "secretsmanager:PutResourcePolicy",
  "sns:AddPermission",
  "sqs:AddPermission",
];

/** Actions of the access level "Permissions management" (Service Authorization Reference) name their resources. */
export const iamNoUnconstrainedPermissionsMgmt = defineRule({
  id: "iam-no-unconstrained-permissions-mgmt",
  title: "who may use a resource is changed on named resources only",
  ring: "cloud",
  severity: "high",
  rationale:
    "Whoever may change the policies of all buckets, keys or snapshots can open them to another account, and nobody sees data leave.",
  remediation: 'Action: "s3:PutBucketPolicy", Resource: [bucket.arn]',
  references: references("catalogue/rules.csv: CKV_AWS_109, CKV_AWS_289", { attack: ["T1098"] }),
  since: "0.1.0",
  covers: ["iam-no-unconstrained-write", "iam-no-wildcard-resource"],
  examples: {
    fail: [
      {
        title: "grants for every key",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "kms:CreateGrant", Resource: "*" }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
    pass: [
      {
        title: "grants that a service takes for itself",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [
                {
                  Effect: "Allow",
                  Action: "kms:CreateGrant",
                  Resource: "*",
                  Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
                },
              ],
            }),
          }),
        ],
      },
      {
        title: "one bucket",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [{ Effect: "Allow", Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::votes" }],
            }),
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the effect is an output",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: unresolved("string"), Action: "kms:PutKeyPolicy", Resource: "*" }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
  },
  ...onIdentityPolicies((policy) => judgeGrants(policy, { actions: ACTIONS, where: "on everything in the account" })),
});

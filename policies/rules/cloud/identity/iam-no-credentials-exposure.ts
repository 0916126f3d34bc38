import { defineRule, references } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { judgeGrants } from "../../../lib/iam-grants.js";
import { POLICY, onIdentityPolicies } from "../../../lib/iam-policies.js";

/** Credentials of others that an API hands out: roles, databases, instances. `s3:*` and the like have a rule of their own. */
const ACTIONS = [
  "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
  "iam:CreateServiceSpecificCredential",
  "iam:ResetServiceSpecificCredential",
  "lightsail:GetInstanceAccessDetails",
  "lightsail:GetRelationalDatabaseMasterUserPassword",
  "rds-db:connect",
  "redshift:GetClusterCredentials",
  "redshift:GetClusterCredentialsWithIAM",
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
];

/** Actions that hand out credentials (cloudsplaining's list, without those that know no resource) name their resources. */
export const iamNoCredentialsExposure = defineRule({
  id: "iam-no-credentials-exposure",
  title: "credentials of others are handed out for named resources only",
  ring: "cloud",
  severity: "high",
  rationale: "Whoever may take on any role, or log in to any database, holds all of their rights besides its own.",
  remediation: 'Action: "sts:AssumeRole", Resource: ["arn:aws:iam::111122223333:role/deployer"]',
  references: references("catalogue/rules.csv: CKV_AWS_107, CKV_AWS_287", { attack: ["T1552"] }),
  since: "0.1.0",
  covers: ["iam-no-unconstrained-write", "iam-no-wildcard-resource"],
  examples: {
    fail: [
      {
        title: "any role that trusts the account",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
    pass: [
      {
        title: "one role",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [
                { Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::111122223333:role/deployer" },
              ],
            }),
          }),
        ],
      },
      {
        title: "roles with a tag",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [
                {
                  Effect: "Allow",
                  Action: "sts:AssumeRole",
                  Resource: "*",
                  Condition: { StringEquals: { "aws:ResourceTag/team": "vote" } },
                },
              ],
            }),
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "a condition with an output for its value",
        resources: [
          planned(POLICY, "app", {
            policy: json({
              Statement: [
                { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*", Condition: unresolved("object") },
              ],
            }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
  },
  ...onIdentityPolicies((policy) => judgeGrants(policy, { actions: ACTIONS, where: "for everybody's resources" })),
});

import { defineRule, references } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { judgeOpenPolicy } from "../../../lib/resource-policies.js";
import { onResource } from "../../../shapes.js";

/** A role's trust policy names who may assume it, or binds everybody by account, organisation or ARN. */
export const iamTrustNotWildcard = defineRule({
  id: "iam-trust-not-wildcard",
  title: "roles name whom they trust",
  ring: "cloud",
  severity: "high",
  rationale:
    "Any AWS account in the world can assume a role that trusts everybody. Its ARN is no secret: it stands in logs, errors and documents.",
  remediation: 'Principal: { AWS: "arn:aws:iam::111122223333:role/deployer" }',
  references: references(
    "catalogue/rules.csv: CKV_AWS_60, CKV_AWS_61, CKV_AWS_283, PRW iam_no_custom_policy_permissive_role_assumption, iam_role_cross_service_confused_deputy_prevention",
    { attack: ["T1078.004"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "everybody",
        resources: [
          planned(ROLE, "app", {
            assumeRolePolicy: json({
              Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
            }),
          }),
        ],
        path: "assumeRolePolicy.Statement[0].Principal",
      },
      {
        title: "everybody who knows a word",
        resources: [
          planned(ROLE, "app", {
            assumeRolePolicy: json({
              Statement: [
                {
                  Effect: "Allow",
                  Principal: "*",
                  Action: "sts:AssumeRole",
                  Condition: { StringEquals: { "sts:ExternalId": "vote" } },
                },
              ],
            }),
          }),
        ],
        path: "assumeRolePolicy.Statement[0].Principal",
      },
      {
        title: "an organisation, if the caller says one",
        resources: [
          planned(ROLE, "app", {
            assumeRolePolicy: json({
              Statement: [
                {
                  Effect: "Allow",
                  Principal: "*",
                  Action: "sts:AssumeRole",
                  Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-abc" } },
                },
              ],
            }),
          }),
        ],
        path: "assumeRolePolicy.Statement[0].Principal",
      },
    ],
    pass: [
      {
        title: "a service",
        resources: [
          planned(ROLE, "app", {
            assumeRolePolicy: json({
              Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
            }),
          }),
        ],
      },
      {
        title: "everybody in one organisation",
        resources: [
          planned(ROLE, "app", {
            assumeRolePolicy: json({
              Statement: [
                {
                  Effect: "Allow",
                  Principal: { AWS: "*" },
                  Action: "sts:AssumeRole",
                  Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abc" } },
                },
              ],
            }),
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the trust policy is an output",
        resources: [planned(ROLE, "app", { assumeRolePolicy: unresolved("string") })],
        path: "assumeRolePolicy",
      },
    ],
  },
  ...onResource([ROLE], (view) => judgeOpenPolicy(view, view.inputs.at("assumeRolePolicy"), "role")),
});

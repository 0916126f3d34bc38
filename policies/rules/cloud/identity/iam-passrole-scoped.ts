import { defineRule, references } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { escalationsOf } from "../../../lib/iam-escalation.js";
import { judgeGrants } from "../../../lib/iam-grants.js";
import { POLICY, onIdentityPolicies } from "../../../lib/iam-policies.js";
import { notApplicable } from "../../../verdicts.js";

/** `iam:PassRole` is granted for named roles, or to named services. Where it makes a way up, that is reported instead. */
export const iamPassroleScoped = defineRule({
  id: "iam-passrole-scoped",
  title: "only named roles can be handed to services",
  ring: "cloud",
  severity: "medium",
  rationale:
    "Who may pass any role lets a service act under the strongest one in the account, and needs only one action more to do so.",
  remediation: 'Action: "iam:PassRole", Resource: [nodeRole.arn]',
  references: references("catalogue/rules.csv: AWS-0342", { attack: ["T1098"] }),
  since: "0.1.0",
  covers: ["iam-no-unconstrained-write", "iam-no-wildcard-resource"],
  examples: {
    fail: [
      {
        title: "any role",
        resources: [
          planned(POLICY, "ci", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: "*" }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
    pass: [
      {
        title: "one role",
        resources: [
          planned(POLICY, "ci", {
            policy: json({
              Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/node" }],
            }),
          }),
        ],
      },
      {
        title: "to one service",
        resources: [
          planned(POLICY, "ci", {
            policy: json({
              Statement: [
                {
                  Effect: "Allow",
                  Action: "iam:PassRole",
                  Resource: "*",
                  Condition: { StringEquals: { "iam:PassedToService": "eks.amazonaws.com" } },
                },
              ],
            }),
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "which roles is an output",
        resources: [
          planned(POLICY, "ci", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: unresolved("string") }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
  },
  ...onIdentityPolicies((policy) =>
    escalationsOf(policy.statements).some((way) =>
      way.some(({ action, certain }) => certain && action === "iam:PassRole"),
    )
      ? [notApplicable("it is part of a way up, which iam-no-privilege-escalation reports")]
      : judgeGrants(policy, { actions: ["iam:PassRole"], where: "for every role of the account" }),
  ),
});

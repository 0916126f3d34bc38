import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { escalationsOf } from "../../../lib/iam-escalation.js";
import { POLICY, ROLE, onIdentityPolicies } from "../../../lib/iam-policies.js";
import { fail, unknown } from "../../../verdicts.js";

/** No document opens a way up by itself: the actions of no known way are all granted on every resource. */
export const iamNoPrivilegeEscalation = defineRule({
  id: "iam-no-privilege-escalation",
  title: "no policy lets its holder give itself more rights",
  ring: "cloud",
  severity: "high",
  rationale:
    "Whoever may write policies, or start something under any role, has all rights of the account in two calls. The short list of actions only hides it.",
  remediation:
    'Resource: [role.arn] for iam:PassRole, and Condition: { StringEquals: { "iam:PermissionsBoundary": boundary.arn } } for actions that write policies',
  references: references("catalogue/rules.csv: CKV_AWS_110, CKV_AWS_286, PRW ×2", { attack: ["T1098", "T1068"] }),
  since: "0.1.0",
  covers: ["iam-no-unconstrained-write", "iam-no-wildcard-resource"],
  examples: {
    fail: [
      {
        title: "it may write the policy of any role",
        resources: [
          planned(POLICY, "ci", {
            policy: json({ Statement: [{ Effect: "Allow", Action: ["iam:putrolepolicy"], Resource: "*" }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
      {
        title: "it may start a machine under any role, in two statements",
        resources: [
          planned(POLICY, "ci", {
            policy: json({
              Statement: [
                { Effect: "Allow", Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/*" },
                { Effect: "Allow", Action: "ec2:Run*", Resource: "*" },
              ],
            }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
    pass: [
      {
        title: "one role may be passed",
        resources: [
          planned(POLICY, "ci", {
            policy: json({
              Statement: [
                { Effect: "Allow", Action: "iam:PassRole", Resource: ref("node", "arn") },
                { Effect: "Allow", Action: "ec2:RunInstances", Resource: "*" },
              ],
            }),
          }),
          planned(ROLE, "node", {}),
        ],
      },
      {
        title: "only behind a boundary",
        resources: [
          planned(POLICY, "ci", {
            policy: json({
              Statement: [
                {
                  Effect: "Allow",
                  Action: "iam:PutRolePolicy",
                  Resource: "*",
                  Condition: { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/most" } },
                },
              ],
            }),
          }),
        ],
      },
      {
        title: "denied in the same policy",
        resources: [
          planned(POLICY, "ci", {
            policy: json({
              Statement: [
                { Effect: "Allow", Action: ["iam:Put*", "iam:Get*"], Resource: "*" },
                { Effect: "Deny", Action: "iam:Put*", Resource: "*" },
              ],
            }),
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "on which roles is an output",
        resources: [
          planned(POLICY, "ci", {
            policy: json({
              Statement: [{ Effect: "Allow", Action: "iam:PutRolePolicy", Resource: unresolved("string") }],
            }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
  },
  ...onIdentityPolicies(({ holder, statements }) => {
    const ways = escalationsOf(statements);
    const sure = ways.filter((way) => way.every(({ certain }) => certain));
    const [first] = sure.length > 0 ? sure : ways;
    const [grant] = first ?? [];
    if (first === undefined || grant === undefined) return [];
    const by = first.map(({ action }) => action).join(" and ");
    return [
      sure.length > 0
        ? fail(
            grant.at,
            `'${holder.name}' can give itself all rights of the account by ${by}${sure.length > 1 ? `, and in ${String(sure.length - 1)} other ways` : ""}`,
          )
        : unknown(
            grant.at,
            `whether '${holder.name}' can give itself more rights by ${by} is not known before the deployment`,
          ),
    ];
  }),
});

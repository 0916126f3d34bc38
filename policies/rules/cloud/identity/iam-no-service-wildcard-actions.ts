import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { POLICY, ROLE, isAdministrator, isServiceWildcard, onIdentityPolicies } from "../../../lib/iam-policies.js";
import { anyText } from "../../../lib/iam.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/**
 * No statement allows all actions of a service, nor all but some. Conditions and resources do not make the list of actions
 * shorter, so they do not count; every action on every resource is reported by `iam-no-admin-star`.
 */
export const iamNoServiceWildcardActions = defineRule({
  id: "iam-no-service-wildcard-actions",
  title: "policies name the actions that they allow",
  ring: "cloud",
  severity: "high",
  rationale:
    "All actions of a service hold those that delete it, open it to others or change who may use it, and the ones that AWS adds next year.",
  remediation: 'Action: ["s3:GetObject", "s3:PutObject"]',
  references: references(
    "catalogue/rules.csv: CKV_AWS_49, CKV_AWS_63, AwsSolutions-IAM5, NAG IAMPolicyNoStatementsWithFullAccess, AWS-0345",
    {
      "aws-security-hub": ["IAM.21"],
      "pci-dss-4": ["7.2.1", "7.2.2", "7.2.5"],
      "nist-csf-2": ["GV.RM-03", "PR.AA-01"],
      "nist-800-53": ["AC-3", "AC-5", "AC-6(10)"],
      attack: ["T1098"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a whole service, on one bucket",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::votes/*" } }),
          }),
        ],
        path: "policy.Statement.Action",
      },
      {
        title: "all but some",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }] }),
          }),
        ],
        path: "policy.Statement[0].NotAction",
      },
    ],
    pass: [
      {
        title: "a family of actions",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }] }),
          }),
        ],
      },
      {
        title: "a whole service is denied",
        resources: [
          planned(POLICY, "app", { policy: json({ Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }] }) }),
        ],
      },
      {
        title: "a permissions boundary grants nothing",
        resources: [
          planned(POLICY, "most", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }),
          }),
          planned(ROLE, "app", { permissionsBoundary: ref("most", "arn") }),
        ],
      },
    ],
    unknown: [
      {
        title: "the actions are an output",
        resources: [
          planned(POLICY, "app", {
            policy: json({ Statement: [{ Effect: "Allow", Action: unresolved("list"), Resource: "*" }] }),
          }),
        ],
        path: "policy.Statement[0].Action",
      },
    ],
  },
  ...onIdentityPolicies(({ holder, statements }) =>
    statements.map((statement) => {
      const { effect, actions, notActions } = statement;
      if (isAdministrator(statement)) return notApplicable("it allows everything, which iam-no-admin-star reports");
      if (effect !== UNKNOWN && effect !== "Allow") return pass();
      const wide = notActions.isAbsent ? anyText(actions, isServiceWildcard) : true;
      const at = notActions.isAbsent ? actions : notActions;
      if (wide === false) return pass();
      return wide === UNKNOWN || effect === UNKNOWN
        ? unknown(at, `which actions '${holder.name}' allows is not known before the deployment`)
        : fail(
            at,
            `'${holder.name}' allows all actions of a service${notActions.isAbsent ? "" : ", and of every other one, but those that it lists"}`,
          );
    }),
  ),
});

import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { json, planned, ref, unresolved } from "../../../examples.js";
import { identityDocuments, IDENTITY_POLICY_TYPES, isBoundaryOnly, POLICY, ROLE } from "../../../lib/iam-policies.js";
import { anyText, statementsOf } from "../../../lib/iam.js";
import type { Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { every, fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/**
 * No statement allows every action on every resource. A policy that serves as a permissions boundary only grants
 * nothing, so it is not judged.
 */
export const iamNoAdminStar = defineRule({
  id: "iam-no-admin-star",
  title: "no policy allows every action on every resource",
  ring: "cloud",
  severity: "critical",
  rationale:
    "Whoever holds such a policy owns the account: any pod, machine or pipeline that gets hold of the role does.",
  remediation:
    'Name the actions and the resources that are used: Action: ["s3:GetObject"], Resource: [pulumi.interpolate`${bucket.arn}/*`]',
  references: references(
    "catalogue/rules.csv: CKV_AWS_1, CKV_AWS_62, CKV2_AWS_40, NAG IAMPolicyNoStatementsWithAdminAccess, AWS-0057, PRW ×3, PPB",
    {
      "aws-security-hub": ["IAM.1"],
      "cis-aws-7": ["2.14"],
      "pci-dss-4": ["7.2.1", "7.2.2", "7.2.3"],
      hipaa: ["164.312(a)(1)", "164.308(a)(1)(ii)(b)"],
      "nist-csf-2": ["GV.OC-03", "GV.RM-03"],
      "nist-800-53": ["AC-3", "AC-6", "CM-6"],
      "owasp-k8s": ["K08"],
      attack: ["T1078.004"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "everything on everything",
        resources: [
          planned(POLICY, "ops", { policy: json({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }) }),
        ],
        path: "policy.Statement[0].Action",
      },
      {
        title: "inline in a role",
        resources: [
          planned(ROLE, "ops", {
            inlinePolicies: [
              { name: "all", policy: '{"Statement":{"Effect":"Allow","Action":["*:*"],"Resource":["*"]}}' },
            ],
          }),
        ],
        path: "inlinePolicies[0].policy.Statement.Action",
      },
    ],
    pass: [
      {
        title: "named actions",
        resources: [
          planned(POLICY, "ops", {
            policy: json({ Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" }] }),
          }),
        ],
      },
      {
        title: "a permissions boundary grants nothing by itself",
        resources: [
          planned(POLICY, "boundary", {
            policy: json({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
          }),
          planned(ROLE, "app", { permissionsBoundary: ref("boundary", "arn") }),
        ],
      },
    ],
    unknown: [
      {
        title: "the document is an output",
        resources: [planned(POLICY, "ops", { policy: unresolved("string") })],
        path: "policy",
      },
    ],
  },
  ...onResource(IDENTITY_POLICY_TYPES, ({ resource: holder, inputs, world }) =>
    isBoundaryOnly(world, holder)
      ? notApplicable("it is a permissions boundary, which grants nothing")
      : identityDocuments(holder, inputs).flatMap((document) => judgeDocument(holder.name, document)),
  ),
});

function judgeDocument(name: string, document: Cursor): readonly Verdict[] {
  const statements = statementsOf(document);
  const undecided = `what the policy of '${name}' allows is not known before the deployment`;
  if (statements === UNKNOWN) return [unknown(document, undecided)];
  return statements.map(({ effect, actions, resources }) => {
    if (effect !== UNKNOWN && effect !== "Allow") return pass();
    const all = every([
      anyText(actions, (text) => /^\*+(:\*+)?$/.test(text)),
      anyText(resources, (text) => /^\*+$/.test(text)),
    ]);
    if (all === false) return pass();
    return all === UNKNOWN || effect === UNKNOWN
      ? unknown(actions, undecided)
      : fail(actions, `the policy of '${name}' allows every action on every resource`);
  });
}

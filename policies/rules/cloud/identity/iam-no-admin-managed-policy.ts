import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { concat, planned, ref, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ROLE = "aws:iam/role:Role";

/** In any partition, which may be a late value. */
const ADMINISTRATOR = /:iam::aws:policy\/(AdministratorAccess|IAMFullAccess)$/;

/** Neither `AdministratorAccess` nor `IAMFullAccess` of AWS is attached; the second is the first in two steps. */
export const iamNoAdminManagedPolicy = defineRule({
  id: "iam-no-admin-managed-policy",
  title: "AWS' administrator policies are attached to nobody",
  ring: "cloud",
  severity: "critical",
  rationale: "Whoever holds such a policy owns the account. A role that may manage IAM can give itself the rest.",
  remediation: "Attach a policy with the actions that are used, behind a permissions boundary",
  references: references("catalogue/rules.csv: CKV_AWS_274, CKV_AWS_275, CKV2_AWS_56, PRW", {
    "aws-security-hub": ["IAM.1"],
    attack: ["T1078.004"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "attached to a role",
        resources: [
          planned(ATTACHMENT, "ops", { role: "ops", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
        ],
        path: "policyArn",
      },
      {
        title: "the partition is an output, the policy is not",
        resources: [
          planned(ATTACHMENT, "ops", {
            role: "ops",
            policyArn: concat("arn:", unresolved("string"), ":iam::aws:policy/IAMFullAccess"),
          }),
        ],
        path: "policyArn",
      },
      {
        title: "listed in the role",
        resources: [planned(ROLE, "ops", { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] })],
        path: "managedPolicyArns[0]",
      },
    ],
    pass: [
      {
        title: "a policy with a narrow purpose",
        resources: [
          planned(ATTACHMENT, "node", {
            role: "node",
            policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
          }),
        ],
      },
      {
        title: "a policy of this plan, which other rules judge",
        resources: [
          planned(ATTACHMENT, "app", { role: "app", policyArn: ref("own", "arn") }),
          planned("aws:iam/policy:Policy", "own", {}),
        ],
      },
    ],
    unknown: [
      {
        title: "which policy is an output",
        resources: [planned(ATTACHMENT, "ops", { role: "ops", policyArn: unresolved("string") })],
        path: "policyArn",
      },
    ],
  },
  ...onResource(
    [
      ATTACHMENT,
      ROLE,
      "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      "aws:iam/policyAttachment:PolicyAttachment",
    ],
    ({ resource: holder, inputs, world }) => {
      const list = inputs.at("managedPolicyArns");
      const arns = holder.type !== ROLE ? [inputs.at("policyArn")] : list.isUnknown ? [list] : list.items();
      return arns.map((at) => {
        const text = at.text();
        if (text === UNKNOWN)
          return world.resolve(holder, at).length > 0
            ? pass()
            : unknown(at, `which policy '${holder.name}' attaches is not known before the deployment`);
        return ADMINISTRATOR.test(text ?? "")
          ? fail(at, `'${holder.name}' gives administrator rights over the account`)
          : pass();
      });
    },
  ),
});

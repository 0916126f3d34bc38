import type { Cursor } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const ROLE = "aws:iam/role:Role";
const ATTACHMENTS = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
] as const;

/** Identities get policies that somebody here wrote. Policies of AWS grow when AWS adds a service, and hold what most need. */
export const iamNoAwsManagedPolicy = defineRule({
  id: "iam-no-aws-managed-policy",
  title: "policies are written for what they allow",
  ring: "code",
  severity: "info",
  rationale:
    "A policy of AWS fits everybody, so it allows more than anybody needs, on all resources, and AWS adds to it without asking.",
  remediation: 'new aws.iam.Policy("app", { policy: JSON.stringify({ Statement: [...] }) })',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "attached",
        resources: [
          planned(ATTACHMENTS[0], "read", { role: "app", policyArn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" }),
        ],
        path: "policyArn",
      },
      {
        title: "as an input of the role",
        resources: [planned(ROLE, "app", { managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"] })],
        path: "managedPolicyArns[0]",
      },
    ],
    pass: [
      {
        title: "one of this plan",
        resources: [
          planned(ATTACHMENTS[0], "own", { role: "app", policyArn: ref("policy", "arn") }),
          planned("aws:iam/policy:Policy", "policy", { policy: "{}" }),
        ],
      },
      {
        title: "one of the account",
        resources: [planned(ATTACHMENTS[0], "own", { role: "app", policyArn: "arn:aws:iam::111122223333:policy/app" })],
      },
    ],
    unknown: [
      {
        title: "the policy is an output",
        resources: [planned(ATTACHMENTS[0], "own", { role: "app", policyArn: unresolved("string") })],
        path: "policyArn",
      },
    ],
  },
  ...onResource([ROLE, ...ATTACHMENTS], ({ resource, inputs }) => {
    if (resource.type !== ROLE) return judge(inputs.at("policyArn"), resource.name);
    const list = inputs.at("managedPolicyArns");
    const items = list.isUnknown ? [list] : list.items();
    return items.length === 0
      ? notApplicable("it names no policy itself")
      : items.map((at) => judge(at, resource.name));
  }),
});

function judge(at: Cursor, name: string): Verdict {
  const text = at.text();
  if (at.value !== undefined && typeof text !== "string" && at.refs().length > 0) return pass();
  if (text === UNKNOWN) return unknown(at, `whose policy '${name}' gives is not known before the deployment`);
  return /:iam::aws:policy\//.test(text ?? "")
    ? fail(at, `'${name}' gives a policy of AWS, which is wider than what it is for`)
    : pass();
}

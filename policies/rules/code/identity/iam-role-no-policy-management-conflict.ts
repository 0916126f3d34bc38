import { defineRule } from "../../../define.js";
import { planned, ref, unresolved } from "../../../examples.js";
import { ROLE } from "../../../lib/iam-policies.js";
import { onResource } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const INLINE = "aws:iam/rolePolicy:RolePolicy";

/** A role lists its policies or has them beside it, not both (provider documentation, `aws.iam.Role`). */
export const iamRoleNoPolicyManagementConflict = defineRule({
  id: "iam-role-no-policy-management-conflict",
  title: "a role has its policies in one place",
  ring: "code",
  severity: "medium",
  rationale:
    "The list in a role is the whole list: each deployment removes what stands elsewhere, and the next one puts it back. What the role may do depends on which ran last.",
  remediation: 'new aws.iam.RolePolicyAttachment("app", { role: role.name, policyArn: policy.arn })',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "listed and attached",
        resources: [
          planned(ROLE, "app", { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
          planned(ATTACHMENT, "more", { role: ref("app", "name"), policyArn: "arn:aws:iam::111122223333:policy/app" }),
        ],
        path: "managedPolicyArns",
      },
    ],
    pass: [
      {
        title: "attached alone",
        resources: [
          planned(ROLE, "app", {}),
          planned(ATTACHMENT, "one", { role: ref("app", "name"), policyArn: "arn:aws:iam::111122223333:policy/app" }),
        ],
      },
      {
        title: "listed, and inline beside it",
        resources: [
          planned(ROLE, "app", { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
          planned(INLINE, "own", { role: ref("app", "id"), policy: "{}" }),
        ],
      },
    ],
    unknown: [
      {
        title: "the list is an output",
        resources: [
          planned(ROLE, "app", { inlinePolicies: unresolved("list") }),
          planned(INLINE, "own", { role: ref("app", "id"), policy: "{}" }),
        ],
        path: "inlinePolicies",
      },
    ],
  },
  ...onResource([ROLE, ATTACHMENT, INLINE], ({ resource: role, inputs, world }) => {
    if (role.type !== ROLE) return notApplicable("roles are judged");
    const beside = world.mentionsOf(role.urn).filter(({ path }) => path === "role");
    return (
      [
        ["managedPolicyArns", ATTACHMENT],
        ["inlinePolicies", INLINE],
      ] as const
    ).map(([field, type]) => {
      const [other] = beside.filter(({ resource }) => resource.type === type);
      const list = inputs.at(field);
      if (other === undefined || list.isAbsent) return pass();
      if (list.isUnknown)
        return unknown(
          list,
          `whether role '${role.name}' lists policies besides '${other.resource.name}' is not known before the deployment`,
        );
      return list.items().length > 0
        ? fail(
            list,
            `role '${role.name}' lists its policies, and each deployment removes '${other.resource.name}' or puts it back`,
          )
        : pass();
    });
  }),
});

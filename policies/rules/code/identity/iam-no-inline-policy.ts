import { defineRule } from "../../../define.js";
import { json, planned, unresolved } from "../../../examples.js";
import { onResource } from "../../../shapes.js";
import { fail, failWhole, pass, unknown } from "../../../verdicts.js";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const INLINE = [
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
] as const;

/** Policies stand by themselves, where a list of policies shows them and several identities share them. */
export const iamNoInlinePolicy = defineRule({
  id: "iam-no-inline-policy",
  title: "policies stand by themselves",
  ring: "code",
  severity: "info",
  rationale:
    "An inline policy is in no list of policies, has no former version to go back to, and its twins drift apart.",
  remediation: 'new aws.iam.Policy("app", { policy })',
  references: [],
  since: "0.1.0",
  examples: {
    fail: [
      { title: "within a role", resources: [planned(INLINE[0], "app", { role: "app", policy: "{}" })], path: "" },
      {
        title: "as an input of the role",
        resources: [planned(ROLE, "app", { inlinePolicies: [{ name: "app", policy: json({ Statement: [] }) }] })],
        path: "inlinePolicies[0]",
      },
    ],
    pass: [
      {
        title: "a policy of its own",
        resources: [planned(POLICY, "app", { policy: "{}" }), planned(ROLE, "app-role", {})],
      },
    ],
    unknown: [
      {
        title: "the policies are an output",
        resources: [planned(ROLE, "app", { inlinePolicies: unresolved("list") })],
        path: "inlinePolicies",
      },
    ],
  },
  ...onResource([ROLE, POLICY, ...INLINE], ({ resource, inputs }) => {
    if (resource.type === POLICY) return pass();
    if (resource.type !== ROLE)
      return failWhole(`'${resource.name}' is a policy that only one identity has and no list shows`);
    const list = inputs.at("inlinePolicies");
    if (list.isUnknown)
      return unknown(list, `whether role '${resource.name}' has inline policies is not known before the deployment`);
    const policies = list.items().filter((at) => !at.at("policy").isAbsent);
    return policies.length === 0
      ? pass()
      : policies.map((at) => fail(at, `role '${resource.name}' has a policy that no list shows`));
  }),
});

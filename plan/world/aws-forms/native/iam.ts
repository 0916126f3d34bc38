import type { ClassicPart, Form } from "../form.js";
import { renamed } from "../form.js";
import { TAGS } from "./eks.js";

/** Inline policies and attached ones of a user or a group, which have resources of their own in the classic form. */
function grantsOf(holder: "user" | "group"): readonly ClassicPart[] {
  const kind = holder === "user" ? "User" : "Group";
  return [
    {
      type: `aws:iam/${holder}Policy:${kind}Policy`,
      of: "policies[]",
      owner: holder,
      moves: renamed({ name: "policies[].policyName", policy: "policies[].policyDocument" }),
    },
    {
      type: `aws:iam/${holder}PolicyAttachment:${kind}PolicyAttachment`,
      of: "managedPolicyArns[]",
      owner: holder,
      moves: renamed({ policyArn: "managedPolicyArns[]" }),
    },
  ];
}

/** Resources of IAM in `@pulumi/aws-native` 1.79, after their input types. */
export const NATIVE_IAM: Readonly<Record<string, Form>> = {
  "aws-native:iam:Role": {
    type: "aws:iam/role:Role",
    moves: [
      TAGS,
      ...renamed({
        name: "roleName",
        assumeRolePolicy: "assumeRolePolicyDocument",
        "inlinePolicies[].name": "policies[].policyName",
        "inlinePolicies[].policy": "policies[].policyDocument",
      }),
    ],
  },
  "aws-native:iam:ManagedPolicy": {
    type: "aws:iam/policy:Policy",
    moves: renamed({ name: "managedPolicyName", policy: "policyDocument" }),
  },
  "aws-native:iam:RolePolicy": {
    type: "aws:iam/rolePolicy:RolePolicy",
    moves: renamed({ name: "policyName", policy: "policyDocument", role: "roleName" }),
  },
  "aws-native:iam:UserPolicy": {
    type: "aws:iam/userPolicy:UserPolicy",
    moves: renamed({ name: "policyName", policy: "policyDocument", user: "userName" }),
  },
  "aws-native:iam:GroupPolicy": {
    type: "aws:iam/groupPolicy:GroupPolicy",
    moves: renamed({ name: "policyName", policy: "policyDocument", group: "groupName" }),
  },
  "aws-native:iam:User": {
    type: "aws:iam/user:User",
    moves: [TAGS, ...renamed({ name: "userName" })],
    parts: grantsOf("user"),
  },
  "aws-native:iam:Group": {
    type: "aws:iam/group:Group",
    moves: renamed({ name: "groupName" }),
    parts: grantsOf("group"),
  },
  "aws-native:iam:InstanceProfile": {
    type: "aws:iam/instanceProfile:InstanceProfile",
    moves: renamed({ name: "instanceProfileName", role: "roles[0]" }),
  },
  "aws-native:iam:OidcProvider": {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    moves: [TAGS, ...renamed({ clientIdLists: "clientIdList", thumbprintLists: "thumbprintList" })],
  },
};

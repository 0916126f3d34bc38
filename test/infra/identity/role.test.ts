/** `createRole` is how every room makes its roles: what IAM would refuse, and what is wider than need be, ends here. */
import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../../../infra/account.js";
import { createRole, serviceTrust } from "../../../infra/identity/role.js";
import type { RoleSpec } from "../../../infra/identity/role.js";
import { inputs, planIn } from "../support.js";
import { ROLE } from "./support.js";

const SPEC: RoleSpec = {
  description: "a role",
  trust: serviceTrust("ec2.amazonaws.com"),
  permissionsBoundaryArn: undefined,
  tags: undefined,
};
const PROVIDER = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";

const plan = (given: Partial<RoleSpec>, name = "node") =>
  planIn(() => {
    const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
    createRole(parent, accountOf(parent), name, { ...SPEC, ...given });
  });

test("makes a role under the name, in the place and for the time that it is given", async () => {
  const made = await plan({ identity: { name: "prod-night", path: "/platform/" }, maxSessionSeconds: 7200 });
  expect(inputs(made, ROLE)).toMatchObject({ name: "prod-night", path: "/platform/", maxSessionDuration: 7200 });
  expect(inputs(await plan({}), ROLE)).not.toHaveProperty("name");
});

test.each<[what: string, given: Partial<RoleSpec>, message: string]>([
  [
    "a description that IAM does not take",
    { description: "Nächte → Tage" },
    "'description' must be at most 1000 characters of Latin-1, got '→'. Write it shorter",
  ],
  [
    "a session that is too long",
    { maxSessionSeconds: 43_201 },
    "'maxSessionSeconds' must be 3,600 to 43,200 seconds, got 43201. Leave it out for one hour",
  ],
  [
    "a path without its slashes",
    { identity: { path: "platform" } },
    "'identity.path' must begin and end with a slash, got 'platform'. Write it like '/platform/'",
  ],
  [
    "trust in everybody",
    { trust: { principals: "*", actions: ["sts:AssumeRole"] } },
    "'trust[0].principals' must name who may assume the role, got '*'.",
  ],
  [
    "trust in a whole account",
    { trust: { principals: { aws: "arn:aws:iam::444455556666:root" }, actions: ["sts:AssumeRole"] } },
    "'trust[0].principals.aws' must not be a whole account without a condition on 'aws:PrincipalArn', got 'arn:aws:iam::444455556666:root'.",
  ],
  [
    "trust in a pattern",
    { trust: { principals: { aws: "arn:aws:iam::444455556666:role/*" }, actions: ["sts:AssumeRole"] } },
    "'trust[0].principals.aws' must be the ARN of one role, user or account, got 'arn:aws:iam::444455556666:role/*'.",
  ],
  [
    "trust in every project of a platform",
    {
      trust: {
        principals: { federated: PROVIDER },
        actions: ["sts:AssumeRoleWithWebIdentity"],
        conditions: { StringEquals: { "gitlab.com:aud": "sts.amazonaws.com" } },
      },
    },
    "'trust[0].principals' must have a condition StringEquals on the claim 'sub', got [\"gitlab.com:aud\"]. Bind the role to one subject of the identity provider",
  ],
  [
    "an action that is none of trust",
    { trust: { principals: { service: "ec2.amazonaws.com" }, actions: ["s3:GetObject"] } },
    "'trust[0].actions[0]' must be an action of a trust policy, got 's3:GetObject'.",
  ],
  [
    "more trust than IAM takes",
    {
      trust: {
        principals: { aws: Array.from({ length: 60 }, (_, i) => `arn:aws:iam::444455556666:role/team-${i}`) },
        actions: ["sts:AssumeRole"],
      },
    },
    "'trust' must fit into 2048 characters, the most that IAM takes of a trust policy, got '",
  ],
])("refuses %s", async (_, given, message) => {
  await expect(plan(given)).rejects.toThrow(message);
});

test("an account may be trusted where a condition says whom of it", async () => {
  const trust = {
    principals: { aws: "arn:aws:iam::444455556666:root" },
    actions: ["sts:AssumeRole"],
    conditions: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/reader" } },
  };
  expect(inputs(await plan({ trust }), ROLE)["description"]).toBe("a role");
});

test("a trust that is known late is checked when it is known", async () => {
  const trust = pulumi.output(Promise.resolve({ principals: { federated: PROVIDER }, actions: ["sts:AssumeRole"] }));
  await expect(plan({ trust })).rejects.toThrow("must have a condition StringEquals on the claim 'aud'");
});

import { lockOutIssues } from "../../../infra/encryption/lock-out.js";

const ACCOUNT = "111122223333";
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const ADMIN = `arn:aws:iam::${ACCOUNT}:role/platform`;
const STRANGER = "arn:aws:iam::444455556666:role/platform";

const allow = (who: unknown, more: object = {}) => ({
  Effect: "Allow",
  Principal: who,
  Action: ["kms:PutKeyPolicy"],
  Resource: "*",
  ...more,
});
const deny = (who: unknown, more: object = {}) => ({ ...allow(who, more), Effect: "Deny" });

const verdict = (...statements: object[]) =>
  lockOutIssues("policy", JSON.stringify({ Statement: statements }), ACCOUNT).map(({ rule }) => rule.slice(0, 29));

const NOBODY = ["must let somebody of account "];
const DENIED = ["must not deny kms:PutKeyPolic"];

test.each([
  ["the account", [allow({ AWS: ROOT })], []],
  ["the account by its number", [allow({ AWS: ACCOUNT })], []],
  ["one role of the account", [allow({ AWS: [STRANGER, ADMIN] })], []],
  ["a role, by kms:*", [allow({ AWS: ADMIN }, { Action: "kms:*" })], []],
  ["a role, by all but others", [allow({ AWS: ADMIN }, { Action: undefined, NotAction: "s3:*" })], []],
  ["everybody of the account", [allow("*", { Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } } })], []],
  ["roles of another account alone", [allow({ AWS: STRANGER })], NOBODY],
  ["a service alone", [allow({ Service: "logs.eu-west-1.amazonaws.com" })], NOBODY],
  ["a role, without the call", [allow({ AWS: ADMIN }, { Action: ["kms:Describe*", "kms:Put"] })], NOBODY],
  ["a role, all but the call", [allow({ AWS: ADMIN }, { Action: undefined, NotAction: ["kms:Put*"] })], NOBODY],
  [
    "a role, only through a service",
    [allow({ AWS: ADMIN }, { Condition: { StringEquals: { "kms:ViaService": "eks.eu-west-1.amazonaws.com" } } })],
    NOBODY,
  ],
  ["a denial of everybody", [allow({ AWS: ROOT }), deny("*")], DENIED],
  ["a denial of the account", [allow({ AWS: [ROOT, ADMIN] }), deny({ AWS: ROOT })], DENIED],
  ["a denial of the one role that may", [allow({ AWS: ADMIN }), deny({ AWS: ADMIN }, { Action: "kms:Put*" })], DENIED],
  ["a denial of one of two", [allow({ AWS: [ADMIN, `${ADMIN}-2`] }), deny({ AWS: ADMIN })], []],
  ["a denial of other calls", [allow({ AWS: ROOT }), deny("*", { Action: "kms:Decrypt" })], []],
  [
    "a denial that spares the administrators",
    [
      allow({ AWS: ADMIN }),
      deny("*", { Condition: { ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/plat*"] } } }),
    ],
    [],
  ],
  [
    "a denial that spares somebody who may not",
    [allow({ AWS: ADMIN }), deny("*", { Condition: { ArnNotEquals: { "aws:PrincipalArn": STRANGER } } })],
    DENIED,
  ],
  [
    "a denial of other accounts",
    [allow({ AWS: ROOT }), deny("*", { Condition: { StringNotEquals: { "kms:CallerAccount": [ACCOUNT] } } })],
    [],
  ],
  [
    "a denial of all accounts but another",
    [allow({ AWS: ROOT }), deny("*", { Condition: { StringNotEquals: { "aws:PrincipalAccount": "444455556666" } } })],
    DENIED,
  ],
  [
    "a denial of this account",
    [allow({ AWS: [ROOT, ADMIN] }), deny("*", { Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } } })],
    DENIED,
  ],
  [
    "a denial of the one role that may, by a condition",
    [allow({ AWS: ADMIN }), deny("*", { Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } } })],
    DENIED,
  ],
  [
    "a denial of one role of an account that may",
    [allow({ AWS: ROOT }), deny("*", { Condition: { ArnEquals: { "aws:PrincipalArn": ADMIN } } })],
    [],
  ],
  [
    "a denial of every principal of the account by its ARN",
    [
      allow({ AWS: ROOT }),
      deny("*", { Condition: { StringLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:*` } } }),
    ],
    DENIED,
  ],
  [
    "a denial of other organisations",
    [allow({ AWS: ROOT }), deny("*", { Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-abc" } } })],
    [],
  ],
  [
    "a denial of calls without TLS, which leaves those with it",
    [allow({ AWS: ROOT }), deny("*", { Condition: { Bool: { "aws:SecureTransport": "false" } } })],
    [],
  ],
  [
    "a denial of all but the administrators",
    [allow({ AWS: ADMIN }), { ...deny(undefined), Principal: undefined, NotPrincipal: { AWS: ADMIN } }],
    [],
  ],
  [
    "a denial of all but somebody else",
    [allow({ AWS: ADMIN }), { ...deny(undefined), Principal: undefined, NotPrincipal: { AWS: STRANGER } }],
    DENIED,
  ],
])("%s", (_, given, rules) => {
  expect(verdict(...given)).toEqual(rules);
});

test("what is no policy, and what is longer than KMS takes", () => {
  expect(lockOutIssues("policy", "none", ACCOUNT)[0]?.rule).toBe("must be the JSON of a policy");
  expect(lockOutIssues("policy", JSON.stringify({ Statement: [] }), ACCOUNT)[0]?.rule).toBe(
    "must be the JSON of a policy",
  );
  const long = JSON.stringify({ Statement: [allow({ AWS: ROOT }, { Sid: "x".repeat(32_768) })] });
  expect(lockOutIssues("policy", long, ACCOUNT)[0]?.rule).toBe("must have at most 32768 characters");
});

/** IAM as its user guide documents it: condition operators, wildcards, statements, denials and boundaries. */
import { Cursor, UNKNOWN, World } from "../../plan/world/index.js";
import { json, planned, planOfExample, ref, unresolved } from "../../policies/examples.js";
import { conditionsHold } from "../../policies/lib/iam-evaluate.js";
import type { RequestContext } from "../../policies/lib/iam-evaluate.js";
import { operatorHolds } from "../../policies/lib/iam-operators.js";
import { mayDo, worstPower } from "../../policies/lib/iam-rights.js";
import { matchesLate, matchesWildcard } from "../../policies/lib/wildcards.js";
import type { ExampleResource, ExampleValue } from "../../policies/model.js";

describe("wildcards cross every separator", () => {
  test.each([
    ["s3:Get*", "s3:GetObject", true],
    ["s3:Get?bject", "s3:GetObject", true],
    ["arn:aws:s3:::*/private/*", "arn:aws:s3:::a/b/private/c", true],
    ["*", "", true],
    ["**a*", "bca", true],
    ["?", "", false],
    ["s3:Get*Object", "s3:GetObjectAcl", false],
    ["a.c", "abc", false],
  ])("%s and %s", (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });

  test.each([
    ["arn:aws:kms:*:*:key/*", "arn:aws:kms:\uFFFC:\uFFFC:key/\uFFFC", true],
    ["arn:aws:kms:eu-west-1:*:key/*", "arn:aws:kms:\uFFFC:\uFFFC:key/\uFFFC", UNKNOWN],
    ["arn:aws:s3:::\uFFFC/*", "arn:aws:s3:::logs/a", UNKNOWN],
    ["arn:aws:secretsmanager:*:*:secret:shop/*", "arn:aws:secretsmanager:\uFFFC:\uFFFC:secret:vote/db-\uFFFC", false],
    ["prod", "\uFFFC", UNKNOWN],
    ["prod-*", "test-\uFFFC", false],
  ])("%s and %s, with late values", (pattern, text, expected) => {
    expect(matchesLate(pattern, text)).toBe(expected);
  });
});

describe("a condition operator", () => {
  test.each<readonly [string, readonly string[], readonly string[] | undefined, boolean]>([
    ["StringEquals", ["a", "b"], ["b"], true],
    ["StringEquals", ["a*"], ["ab"], false],
    ["stringequals", ["A"], ["a"], false],
    ["StringEqualsIgnoreCase", ["A"], ["a"], true],
    ["StringNotEquals", ["a", "b"], ["b"], false],
    ["StringNotEquals", ["a"], undefined, true],
    ["StringEquals", ["a"], undefined, false],
    ["StringEqualsIfExists", ["a"], undefined, true],
    ["StringEqualsIfExists", ["a"], ["b"], false],
    ["StringLike", ["role/*"], ["role/a/b"], true],
    ["StringNotLike", ["role/*"], ["user/a"], true],
    ["ArnLike", ["arn:aws:iam::*:role/*"], ["arn:aws:iam::111122223333:role/a"], true],
    ["ArnLike", ["arn:aws:*:role/a"], ["arn:aws:iam::111122223333:role/a"], false],
    ["ArnEquals", ["arn:aws:iam::*:role/a"], ["arn:aws:iam::111122223333:role/a"], true],
    ["ArnNotLike", ["arn:aws:iam::*:role/*"], ["arn:aws:iam::111122223333:role/a"], false],
    ["NumericLessThanEquals", ["10"], ["10"], true],
    ["NumericLessThan", ["10"], ["9.5"], true],
    ["NumericGreaterThan", ["10"], ["ten"], false],
    ["NumericNotEquals", ["10"], ["11"], true],
    ["DateLessThan", ["2027-01-01T00:00:00Z"], ["2026-11-21T00:00:00Z"], true],
    ["DateGreaterThan", ["2027-01-01T00:00:00Z"], ["1700000000"], false],
    ["Bool", ["true"], ["TRUE"], true],
    ["BinaryEquals", ["QmluYXJ5"], ["QmluYXJ5"], true],
    ["IpAddress", ["203.0.113.0/24"], ["203.0.113.7"], true],
    ["IpAddress", ["2001:db8::/32"], ["2001:db8::1"], true],
    ["NotIpAddress", ["203.0.113.0/24"], ["203.0.113.7"], false],
    ["Null", ["true"], undefined, true],
    ["Null", ["false"], ["a"], true],
    ["Null", ["true"], ["a"], false],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], true],
    ["ForAllValues:StringEquals", ["a"], ["a", "c"], false],
    ["ForAllValues:StringEquals", ["a"], undefined, true],
    ["ForAnyValue:StringEquals", ["a"], ["c", "a"], true],
    ["ForAnyValue:StringEquals", ["a"], undefined, false],
    ["ForAnyValue:StringNotEquals", ["a"], ["a", "c"], true],
    ["ForAnyValue:StringNotEquals", ["a"], undefined, false],
    ["ForAllValues:StringNotEquals", ["a"], ["a", "c"], false],
    ["ForAllValues:StringLike", ["team-*"], [], true],
  ])("%s %j on %j is %s", (operator, wanted, given, expected) => {
    expect(operatorHolds(operator, wanted, given)).toBe(expected);
  });

  test("that IAM does not have tells nothing", () => {
    expect(operatorHolds("StringMatches", ["a"], ["a"])).toBe(UNKNOWN);
  });

  test("on a late value tells what it can", () => {
    expect(operatorHolds("StringEquals", ["prod"], ["\uFFFC"])).toBe(UNKNOWN);
    expect(operatorHolds("StringEquals", ["a-prod"], ["b-\uFFFC"])).toBe(false);
    expect(operatorHolds("NumericEquals", ["1"], ["\uFFFC"])).toBe(UNKNOWN);
  });
});

describe("a condition block", () => {
  const holds = (
    block: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } },
    context: RequestContext,
  ) => conditionsHold(new Cursor(block), context);
  const caller: RequestContext = new Map([
    ["aws:username", ["anna"]],
    ["aws:principaltag/team", undefined],
    ["s3:prefix", ["home/anna/x"]],
  ]);

  test("needs every line, any value, and keys in any letter case", () => {
    expect(
      holds({ StringEquals: { "AWS:UserName": ["ben", "anna"] }, StringLike: { "s3:prefix": "home/*" } }, caller),
    ).toBe(true);
    expect(holds({ StringEquals: { "aws:username": "anna", "s3:prefix": "other" } }, caller)).toBe(false);
  });

  test("replaces policy variables; without a value a variable matches nothing, or takes its fallback", () => {
    expect(holds({ StringLike: { "s3:prefix": "home/${aws:username}/*" } }, caller)).toBe(true);
    expect(holds({ StringLike: { "s3:prefix": "home/${aws:PrincipalTag/team}*" } }, caller)).toBe(false);
    expect(holds({ StringLike: { "s3:prefix": "home/${aws:PrincipalTag/team, 'anna'}/*" } }, caller)).toBe(true);
    expect(holds({ StringLike: { "s3:prefix": "home/${*}" } }, caller)).toBe(true);
  });

  test("tells nothing of keys that nobody knows", () => {
    expect(holds({ StringEquals: { "aws:SourceVpc": "vpc-1" } }, caller)).toBe(UNKNOWN);
  });
});

describe("what a role may do", () => {
  const KEY = planned("aws:kms/key:Key", "key", {});
  const OTHER = planned("aws:kms/key:Key", "other", {});

  function asked(
    statements: ExampleValue,
    more: readonly ExampleResource[] = [],
    role: { readonly [key: string]: ExampleValue } = {},
  ) {
    const resources = [
      planned("aws:iam/role:Role", "role", role),
      planned("aws:iam/rolePolicy:RolePolicy", "policy", {
        role: ref("role", "name"),
        policy: json({ Statement: statements }),
      }),
      KEY,
      OTHER,
      ...more,
    ];
    const world = new World(planOfExample({ title: "a role", resources }));
    const [found] = world.ofType("aws:iam/role:Role");
    const [key] = world.ofType("aws:kms/key:Key");
    if (found === undefined) throw new Error("no role");
    return { decrypt: mayDo(world, found, { action: "kms:Decrypt", resource: key }), power: worstPower(world, found) };
  }

  const ALLOW = { Effect: "Allow", Action: "kms:*", Resource: "*" };

  test.each<readonly [string, ExampleValue, unknown]>([
    ["by reference to the resource", { ...ALLOW, Resource: ref("key", "arn") }, true],
    ["not by reference to another of its kind", { ...ALLOW, Resource: ref("other", "arn") }, false],
    ["by a wildcard over keys", { ...ALLOW, Resource: "arn:aws:kms:*:*:key/*" }, true],
    ["perhaps, by the id of some key", { ...ALLOW, Resource: "arn:aws:kms:eu-west-1:111122223333:key/1" }, UNKNOWN],
    ["in any letter case", { ...ALLOW, Action: "KMS:dec*" }, true],
    ["by all but other actions", { Effect: "Allow", NotAction: "iam:*", Resource: "*" }, true],
    ["not by all but these", { Effect: "Allow", NotAction: "kms:De*", Resource: "*" }, false],
    ["not by all but this resource", { Effect: "Allow", Action: "kms:*", NotResource: ref("key", "arn") }, false],
    ["not past a denial", [ALLOW, { Effect: "Deny", Action: "kms:Decrypt", Resource: "*" }], false],
    ["past a denial elsewhere", [ALLOW, { Effect: "Deny", Action: "kms:*", Resource: ref("other", "arn") }], true],
    [
      "perhaps, past a denial on a condition",
      [ALLOW, { Effect: "Deny", Action: "*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
      UNKNOWN,
    ],
    ["not without a statement", [], false],
  ])("%s", (_, statements, expected) => {
    expect(asked(statements).decrypt).toBe(expected);
  });

  test("ends at its permissions boundary", () => {
    const boundary = (Action: string) =>
      planned("aws:iam/policy:Policy", "boundary", {
        policy: json({ Statement: { Effect: "Allow", Action, Resource: "*" } }),
      });
    const bound = { permissionsBoundary: ref("boundary", "arn") };
    expect(asked(ALLOW, [boundary("kms:Decrypt")], bound).decrypt).toBe(true);
    expect(asked(ALLOW, [boundary("s3:*")], bound).decrypt).toBe(false);
    expect(asked(ALLOW, [], { permissionsBoundary: unresolved("string") }).decrypt).toBe(UNKNOWN);
    const everything = { Effect: "Allow", Action: "*", Resource: "*" };
    expect(asked(everything).power).toEqual({ kind: "administrator", what: "everything", certain: true });
    expect(asked(everything, [boundary("s3:GetObject")], bound).power).toMatchObject({
      kind: "data",
      what: "s3:GetObject on everything",
    });
    expect(asked(everything, [boundary("sqs:*")], bound).power).toBeUndefined();
  });

  test("is not known beside a policy that nobody knows, unless it is denied anyway", () => {
    const attached = planned("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attached", {
      role: ref("role", "name"),
      policyArn: "arn:aws:iam::111122223333:policy/theirs",
    });
    expect(asked([], [attached]).decrypt).toBe(UNKNOWN);
    expect(asked({ Effect: "Deny", Action: "*", Resource: "*" }, [attached]).decrypt).toBe(false);
  });

  test("includes what AWS' own policies give", () => {
    const attach = (name: string) =>
      planned("aws:iam/rolePolicyAttachment:RolePolicyAttachment", name, {
        role: ref("role", "name"),
        policyArn: `arn:aws:iam::aws:policy/${name}`,
      });
    expect(asked([], [attach("PowerUserAccess")]).decrypt).toBe(true);
    expect(asked([], [attach("PowerUserAccess")]).power).toMatchObject({ kind: "escalation", certain: true });
    expect(asked([], [attach("AdministratorAccess")]).power).toMatchObject({ kind: "administrator" });
    expect(asked([], [attach("AmazonEKSWorkerNodePolicy")]).power).toBeUndefined();
  });
});

/** How policy documents are read: what counts as everybody, as everything, and as a condition that binds. */
import { gzipSync } from "node:zlib";
import type { ExampleValue } from "../../policies/model.js";
import { concat, json, planned, ref, secret, unresolved } from "../../policies/examples.js";
import { said } from "./said.js";

const POLICY = "aws:iam/policy:Policy";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";

function granted(rule: string, ...statements: readonly ExampleValue[]) {
  return said(rule, planned(POLICY, "p", { policy: json({ Statement: statements }) }));
}

function open(condition: ExampleValue, principal: ExampleValue = "*") {
  const statement = { Effect: "Allow", Principal: principal, Action: "sqs:SendMessage", Condition: condition };
  return said(
    "sqs-policy-not-public",
    planned(QUEUE_POLICY, "p", { queueUrl: "q", policy: json({ Statement: statement }) }),
  );
}

const OPEN = ["fail p policy.Statement.Principal"];

describe("a condition binds everybody to fixed callers", () => {
  test.each([
    ["an account", { StringEquals: { "aws:PrincipalAccount": "111122223333" } }],
    ["a key in other letters", { StringEquals: { "AWS:principalorgid": "o-abc" } }],
    ["the ARN of a planned resource, by a late value", { ArnEquals: { "aws:SourceArn": unresolvedArn() } }],
    ["networks", { IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } }],
    ["a source of one account, whatever its name", { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:111122223333:*" } }],
  ])("by %s", (_, condition) => {
    expect(open(condition)).toEqual(["pass"]);
  });

  test.each([
    ["the key may be missing", { StringEqualsIfExists: { "aws:PrincipalAccount": "111122223333" } }],
    ["an empty set is enough", { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-abc" } }],
    ["all but one", { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } }],
    ["any account", { StringLike: { "aws:PrincipalAccount": "*" } }],
    ["any source", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } }],
    ["half of the internet", { IpAddress: { "aws:SourceIp": "128.0.0.0/1" } }],
    ["TLS", { Bool: { "aws:SecureTransport": "true" } }],
    ["one of two is any", { StringLike: { "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/a", "*"] } }],
  ])("and not where %s", (_, condition) => {
    expect(open(condition)).toEqual(OPEN);
  });

  test("and nobody knows while the value is an output", () => {
    expect(open({ StringEquals: { "aws:PrincipalAccount": unresolved("string") } })).toEqual([
      "unknown p policy.Statement.Principal",
    ]);
  });
});

function unresolvedArn() {
  return concat("arn:aws:s3:::", unresolved("string"));
}

test.each<readonly [string, ExampleValue]>([
  ["a list", { AWS: ["111122223333", "*"] }],
  ["any account's root", { AWS: "arn:aws:iam::*:root" }],
])("everybody is named by %s", (_, principal) => {
  expect(open({}, principal)).toEqual(OPEN);
});

describe("everything is granted", () => {
  const READ = { Effect: "Allow", Action: "s3:getobject", Resource: "*" };
  const rule = "iam-no-data-exfiltration";

  test.each<readonly [string, readonly ExampleValue[]]>([
    ["in any letter case", [READ]],
    ["by a late partition", [{ ...READ, Resource: concat("arn:", unresolved("string"), ":s3:::*") }]],
    ["but some", [{ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::a/*" }]],
    [
      "where only some callers are denied",
      [
        READ,
        { Effect: "Deny", Action: "s3:*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      ],
    ],
    [
      "wherever the account is the holder's",
      [{ ...READ, Condition: { StringEquals: { "aws:ResourceAccount": "111122223333" } } }],
    ],
  ])("%s", (_, statements) => {
    expect(granted(rule, ...statements).filter((line) => line.startsWith("fail"))).toHaveLength(1);
  });

  test.each<readonly [string, readonly ExampleValue[]]>([
    ["denied always", [READ, { Effect: "Deny", Action: "S3:Get*", Resource: "*" }]],
    ["a bucket named like a kind of resource", [{ ...READ, Resource: "arn:aws:s3:::table/*" }]],
    ["by tag", [{ ...READ, Condition: { StringEquals: { "s3:ExistingObjectTag/team": "vote" } } }]],
    ["a whole service, which another rule reports", [{ ...READ, Action: "s3:*" }]],
    ["an administrator, whom another rule reports", [{ ...READ, Action: "*" }]],
  ])("not: %s", (_, statements) => {
    expect(granted(rule, ...statements)).toEqual(["pass"]);
  });
});

test("a boundary that another policy mentions is still none that grants", () => {
  const found = said(
    "iam-no-service-wildcard-actions",
    planned(POLICY, "most", { policy: json({ Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } }) }),
    planned("aws:iam/role:Role", "app", { permissionsBoundary: ref("most", "arn") }),
    planned(POLICY, "admin", {
      policy: json({
        Statement: {
          Effect: "Allow",
          Action: "iam:CreateRole",
          Resource: "*",
          Condition: { StringEquals: { "iam:PermissionsBoundary": ref("most", "arn") } },
        },
      }),
    }),
  );
  expect(found).toEqual(["pass"]);
});

test("user data is read through Base64 and gzip, and a Pulumi secret in it is one", () => {
  const text = "export DB_PASSWORD=hunter22\n";
  const rule = "ec2-userdata-no-secrets";
  const template = (userData: ExampleValue) => planned("aws:ec2/launchTemplate:LaunchTemplate", "t", { userData });
  expect(said(rule, template(gzipSync(text).toString("base64")))).toEqual(["fail t userData"]);
  expect(said(rule, template(gzipSync(text).subarray(0, 20).toString("base64")))).toEqual(["unknown t userData"]);
  expect(said(rule, template(secret("echo")))).toEqual(["fail t userData"]);
});

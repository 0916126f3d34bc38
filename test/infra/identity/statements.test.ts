/** What a role's statements may say, at the seam where people write them: the arguments of a component. */
import * as pulumi from "@pulumi/pulumi";
import { iamActions, iamServices } from "../../../core/data/iam-actions.js";
import { PodIdentity, StatementRelaxation } from "../../../infra/index.js";
import type { Statement } from "../../../infra/index.js";
import { planIn, resource } from "../support.js";
import { CLUSTER } from "./support.js";

const OBJECTS = "arn:aws:s3:::exports/*";

const plan = (...statements: [Statement, ...Statement[]]) =>
  planIn(() => {
    new PodIdentity("worker", { cluster: CLUSTER, namespace: "vote", serviceAccount: "worker", statements });
  });

async function refusalOf(...statements: [Statement, ...Statement[]]): Promise<string> {
  return plan(...statements).then(
    () => "accepted",
    (error: unknown) => (error as Error).message.split("\n").slice(1).join("\n").split("\n\n")[0] ?? "",
  );
}

test("what names its actions and resources is accepted", async () => {
  const statement: Statement = {
    sid: "Read",
    actions: ["s3:GetObject", "secretsmanager:GetSecretValue", "kms:CreateGrant", "ecr:TagResource"],
    resources: [OBJECTS, pulumi.output("arn:aws:s3:::late/*")],
    conditions: {
      StringEqualsIfExists: { "aws:PrincipalTag/team": "vote" },
      "ForAnyValue:StringLike": { "aws:TagKeys": "a*" },
    },
  };
  expect(
    await refusalOf(statement, { actions: ["ec2:DescribeInstances", "sts:GetCallerIdentity"], resources: ["*"] }),
  ).toBe("accepted");
});

test.each<[what: string, statement: Statement, message: string]>([
  [
    "an action that nobody has",
    { actions: ["s3:GetObjct"], resources: [OBJECTS] },
    "  'statements[0].actions[0]' must be an action that AWS knows, got 's3:GetObjct'. Did you mean 's3:GetObject'? StatementRelaxation.unlistedActions({ reason }) allows what is newer than this list",
  ],
  [
    "a service that nobody has",
    { actions: ["secretmanager:GetSecretValue"], resources: ["*"] },
    "  'statements[0].actions[0]' must be an action that AWS knows, got 'secretmanager:GetSecretValue'. Did you mean 'secretsmanager'? StatementRelaxation.unlistedActions({ reason }) allows what is newer than this list",
  ],
  [
    "a pattern of actions",
    { actions: ["s3:GetObjectVers*"], resources: [OBJECTS] },
    "  'statements[0].actions[0]' must be one action, without wildcards, got 's3:GetObjectVers*'. Name each one, like 's3:GetObjectVersion', or pass StatementRelaxation.actionPatterns({ reason })",
  ],
  [
    "everything",
    { actions: ["*"], resources: ["*"] },
    "  'statements[0].actions[0]' must be one action, without wildcards, got '*'. Name each one, like 's3:GetObject', or pass StatementRelaxation.actionPatterns({ reason })",
  ],
  [
    "all resources, where the service takes some",
    { actions: ["ec2:DescribeVolumes", "ec2:DeleteVolume"], resources: ["*"] },
    "  'statements[0].resources[0]' must name the resources of 'ec2:DeleteVolume', got '*'. Name the resources, in a statement of their own where other actions take none, or pass StatementRelaxation.allResources({ reason })",
  ],
  [
    "all resources, in other letters",
    { actions: ["s3:GetObject"], resources: ["arn:aws:*:*:*:*"] },
    "  'statements[0].resources[0]' must name the resources of 's3:GetObject', got 'arn:aws:*:*:*:*'. Name the resources, in a statement of their own where other actions take none, or pass StatementRelaxation.allResources({ reason })",
  ],
  [
    "a resource that is no ARN",
    { actions: ["s3:GetObject"], resources: ["exports/*"] },
    "  'statements[0].resources[0]' must be an ARN or '*', got 'exports/*'. Write it like 'arn:<partition>:s3:::my-bucket/*'",
  ],
  [
    "no resource",
    { actions: ["s3:GetObject"] },
    "  'statements[0].resources' must name a resource, got []. Write the ARNs, or ['*'] for actions that take no resource",
  ],
  [
    "no action",
    { actions: [], resources: [OBJECTS] },
    "  'statements[0].actions' must name an action, got []. Write it like ['s3:GetObject']",
  ],
  [
    "an operator that there is not",
    {
      actions: ["s3:GetObject"],
      resources: [OBJECTS],
      conditions: { StringEqual: { "aws:PrincipalTag/team": "vote" } },
    },
    "  'statements[0].conditions.StringEqual' must be an operator of conditions, got 'StringEqual'. Did you mean 'StringEquals'?",
  ],
  [
    "a key without its service",
    { actions: ["s3:GetObject"], resources: [OBJECTS], conditions: { StringEquals: { SourceVpc: "vpc-1" } } },
    "  'statements[0].conditions.StringEquals.SourceVpc' must be a key with its service, got 'SourceVpc'. Write it like 'aws:PrincipalArn'",
  ],
  [
    "a pattern that is compared literally",
    {
      actions: ["s3:GetObject"],
      resources: [OBJECTS],
      conditions: { StringEquals: { "aws:PrincipalTag/team": "vote-*" } },
    },
    "  'statements[0].conditions.StringEquals.aws:PrincipalTag/team' must have no wildcard, 'StringEquals' takes it literally, got 'vote-*'. Use 'StringLike' for a pattern",
  ],
  [
    "a sid that IAM refuses",
    { sid: "read-objects", actions: ["s3:GetObject"], resources: [OBJECTS] },
    "  'statements[0].sid' must be of letters and digits, got 'read-objects'. Write it like 'ReadSecrets'",
  ],
  [
    "a principal",
    { principals: "*", actions: ["s3:GetObject"], resources: [OBJECTS] },
    "  'statements[0].principals' must be left out in the policy of an identity, got '*'. Leave it out: who holds the policy is the principal",
  ],
])("refuses %s", async (_, statement, message) => {
  expect(await refusalOf(statement)).toBe(message);
});

test("refuses the same sid twice", async () => {
  const read: Statement = { sid: "Read", actions: ["s3:GetObject"], resources: [OBJECTS] };
  expect(await refusalOf(read, read)).toContain("'statements[1].sid' must differ from those before it, got 'Read'");
});

test("a denial may be as broad as it likes, and what is denied must exist", async () => {
  expect(await refusalOf({ effect: "Deny", actions: ["s3:Delete*", "*"], resources: ["*"] })).toBe("accepted");
  expect(await refusalOf({ effect: "Deny", actions: ["s3:Destroy*"], resources: ["*"] })).toContain(
    "'statements[0].actions[0]' must be an action that AWS knows, got 's3:Destroy*'",
  );
});

test("what is wider than need be has a reason, and the component publishes it", async () => {
  const reason = "the exporter walks through every bucket";
  const made = await plan({
    actions: ["s3:Get*", "s3:ReadWithTelepathy"],
    resources: ["*"],
    relaxations: [
      StatementRelaxation.actionPatterns({ reason }),
      StatementRelaxation.allResources({ reason }),
      StatementRelaxation.unlistedActions({ reason }),
    ],
  });
  expect(resource(made, "ringfence:infra:PodIdentity").outputs["relaxations"]).toEqual([
    { choice: "StatementRelaxation.actionPatterns", reason },
    { choice: "StatementRelaxation.allResources", reason },
    { choice: "StatementRelaxation.unlistedActions", reason },
  ]);
  expect(() => StatementRelaxation.allResources({ reason: "why not" })).toThrow("must say why");
});

describe("the size of a role's policies", () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => `arn:aws:s3:::exports-${i}/*`);

  test("is refused while the program runs when the plain text is too long already", async () => {
    expect(await refusalOf({ actions: ["s3:GetObject"], resources: many(400) })).toMatch(
      /^ {2}'statements' must fit into 10240 characters, the most that IAM takes of the inline policies of a role, got '\d+ characters'\./,
    );
  });

  test("is refused as soon as late values are known", async () => {
    const late = many(400).map((arn) => pulumi.output(Promise.resolve(arn)));
    await expect(plan({ actions: ["s3:GetObject"], resources: late })).rejects.toThrow(
      "must fit into 10240 characters, the most that IAM takes of the inline policies of a role",
    );
  });
});

test("the list of actions holds every kind, tagging and permissions among them", () => {
  expect(iamActions("kms").find(({ name }) => name === "kms:CreateGrant")).toEqual({
    name: "kms:CreateGrant",
    level: "permissions",
    takesResources: true,
  });
  expect(iamActions("ecr").find(({ name }) => name === "ecr:TagResource")?.level).toBe("tagging");
  expect(iamActions("ec2").find(({ name }) => name === "ec2:DescribeInstances")?.takesResources).toBe(false);
  expect(iamServices()).toEqual(expect.arrayContaining(["s3", "eks-auth", "apprunner"]));
});

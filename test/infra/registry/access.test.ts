/** Who gets in, where images go, and what other Regions lack. */
import { Role } from "@pulumi/aws/iam/role.js";
import {
  DeletionProtection,
  policyDocument,
  PullThrough,
  Registry,
  Replication,
  Scanning,
} from "../../../infra/index.js";
import type { RegistryArgs } from "../../../infra/index.js";
import { writePlan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, REGISTRY_KEY, statements } from "../support.js";

const KEYS = { registryKeyArn: REGISTRY_KEY };
const NODES = "arn:aws:iam::111122223333:role/prod-nodes";
const PIPELINE = "arn:aws:iam::111122223333:role/pipeline";
const REPOSITORY = "aws:ecr/repository:Repository";
const POLICY = "aws:ecr/repositoryPolicy:RepositoryPolicy";
const TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";
const REPLICATION = "aws:ecr/replicationConfiguration:ReplicationConfiguration";

const plan = (args: Partial<RegistryArgs> = {}, region = "eu-west-1") =>
  planIn(() => {
    const registry = new Registry("registry", { keys: KEYS, repositories: ["app"], ...args });
    return { host: registry.host };
  }, region);

test("our own rules find nothing", async () => {
  expect(
    findingsIn(await plan({ pullThrough: [PullThrough.ecrPublic()], pullers: [NODES], pushers: [PIPELINE] })),
  ).toEqual([]);
});

describe("where roles are named", () => {
  test("all others are denied, but services and service-linked roles", async () => {
    const made = await plan({ pullers: [NODES], pushers: [PIPELINE] });
    const [allow, ...denials] = statements(inputs(made, POLICY)["policy"]);
    expect(allow?.Effect).toBe("Allow");
    const linked = "arn:aws:iam::111122223333:role/aws-service-role/*";
    expect(denials).toEqual([
      {
        Sid: "OnlyPullersAndPushersRead",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Condition: {
          ArnNotLike: { "aws:PrincipalArn": [NODES, PIPELINE, linked] },
          Bool: { "aws:PrincipalIsAWSService": "false" },
        },
      },
      {
        Sid: "OnlyPushersWrite",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: [
          "ecr:BatchDeleteImage",
          "ecr:CompleteLayerUpload",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ],
        Condition: {
          ArnNotLike: { "aws:PrincipalArn": [PIPELINE, linked] },
          Bool: { "aws:PrincipalIsAWSService": "false" },
        },
      },
    ]);
  });

  test("pushers alone leave pulling to IAM, pullers alone leave pushing to it", async () => {
    const sids = async (args: Partial<RegistryArgs>) =>
      statements(inputs(await plan(args), POLICY)["policy"]).map(({ Sid }) => Sid);
    expect(await sids({ pushers: [PIPELINE] })).toEqual(["PullFromThisAccount", "OnlyPushersWrite"]);
    expect(await sids({ pullers: [NODES] })).toEqual(["PullFromThisAccount", "OnlyPullersAndPushersRead"]);
  });

  test("roles of the same program may be named, and what caches make has the same policy", async () => {
    const made = await planIn(() => {
      const trust = { principals: { service: "ec2.amazonaws.com" }, actions: ["sts:AssumeRole"] };
      const nodes = new Role("nodes", { assumeRolePolicy: policyDocument([trust]) });
      new Registry("registry", { keys: KEYS, pullThrough: [PullThrough.quay()], pullers: [nodes.arn] });
    });
    const [, denial] = statements(inputs(made, TEMPLATE)["repositoryPolicy"]);
    expect(denial?.Condition?.["ArnNotLike"]).toEqual({
      "aws:PrincipalArn": ["<arn of role nodes>", "arn:aws:iam::111122223333:role/aws-service-role/*"],
    });
  });

  test("other accounts get in by their roles", async () => {
    const foreign = "arn:aws:iam::444455556666:role/nodes";
    const made = await plan({ pullers: [NODES, foreign], otherAccounts: ["444455556666"] });
    expect(statements(inputs(made, POLICY)["policy"])[1]).toEqual({
      Sid: "PullFromOtherAccounts",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::444455556666:root"] },
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    });
  });
});

test("images are scanned by Inspector without end, by choice", async () => {
  const made = await plan({ scanning: Scanning.enhanced(["voting-app/*", "base"]) });
  expect(inputs(made, "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration")).toEqual({
    scanType: "ENHANCED",
    rules: [
      {
        scanFrequency: "CONTINUOUS_SCAN",
        repositoryFilters: [
          { filter: "voting-app/*", filterType: "WILDCARD" },
          { filter: "base", filterType: "WILDCARD" },
        ],
      },
    ],
  });
  expect(namesOf(await plan(), "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration")).toEqual([]);
});

test("images go to other Regions and accounts, by choice", async () => {
  const made = await plan({
    replication: [
      Replication.toRegion("eu-central-1"),
      Replication.toAccount("444455556666", "eu-west-1", { prefixes: ["voting-app/"] }),
    ],
  });
  expect(inputs(made, REPLICATION)["replicationConfiguration"]).toEqual({
    rules: [
      { destinations: [{ region: "eu-central-1", registryId: "111122223333" }] },
      {
        destinations: [{ region: "eu-west-1", registryId: "444455556666" }],
        repositoryFilters: [{ filter: "voting-app/", filterType: "PREFIX_MATCH" }],
      },
    ],
  });
  expect(namesOf(await plan(), REPLICATION)).toEqual([]);
});

test("repositories with images are deleted where somebody says so", async () => {
  expect(inputs(await plan(), REPOSITORY)["forceDelete"]).toBe(false);
  const off = DeletionProtection.off({ reason: "torn down every night" });
  expect(inputs(await plan({ deletionProtection: off }), REPOSITORY)["forceDelete"]).toBe(true);
});

test("a repository, a cache and a rule more change nothing of those that are there", async () => {
  const of = (repositories: readonly string[], pullThrough: readonly PullThrough[]) =>
    plan({ repositories, pullThrough });
  const before = await of(["app"], [PullThrough.quay()]);
  const after = await of(["another", "app"], [PullThrough.ecrPublic(), PullThrough.quay()]);
  const named = (made: typeof before) => new Map(made.resources.map((one) => [one.urn, one] as const));
  for (const [urn, { type, inputs: old }] of named(before)) {
    const kept = named(after).get(urn);
    expect(kept).toBeDefined();
    // The role of the caches learns of the new one.
    if (!type.startsWith("aws:iam/") && type.startsWith("aws:")) expect(kept?.inputs).toEqual(old);
  }
  expect(writePlan(before)).not.toBe(writePlan(after));
});

describe("in other partitions", () => {
  test.each([
    ["cn-north-1", "arn:aws-cn", "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn"],
    ["us-gov-west-1", "arn:aws-us-gov", "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com"],
  ])("in %s ARNs begin with %s", async (region, begin, host) => {
    const nodes = `${begin}:iam::111122223333:role/nodes`;
    const made = await plan({ pullers: [nodes] }, region);
    expect(made.stackOutputs["host"]).toBe(host);
    expect(statements(inputs(made, POLICY)["policy"])[1]?.Condition?.["ArnNotLike"]).toEqual({
      "aws:PrincipalArn": [nodes, `${begin}:iam::111122223333:role/aws-service-role/*`],
    });
    expect(findingsIn(made)).toEqual([]);
  });

  test("ECR has no caches in China and GovCloud", async () => {
    await expect(plan({ pullThrough: [PullThrough.quay()] }, "us-gov-east-1")).rejects.toThrow(
      "Registry 'registry':\n  'pullThrough' must be empty: ECR has no caches in us-gov-east-1, got 'quay'. Leave it out, and push copies of the images into `repositories`",
    );
    expect(PullThrough.defaultsIn("cn-north-1")).toEqual([]);
    expect(PullThrough.defaultsIn("eu-west-1").map(({ prefix }) => prefix)).toEqual(["ecr-public"]);
  });

  test("the Region of another provider is named by the argument", async () => {
    await expect(plan({ region: "cn-north-1", pullThrough: [PullThrough.quay()] })).rejects.toThrow(
      "no caches in cn-north-1",
    );
  });
});

test("refuses every problem at once", async () => {
  const places = Array.from({ length: 11 }, (_, i) => Replication.toAccount(`1111222233${10 + i}`, "eu-west-2"));
  await expect(
    plan({
      keys: { registryKeyArn: "alias/registry" },
      pullers: ["arn:aws:iam::111122223333:role/*", NODES, NODES],
      pushers: ["pipeline"],
      replication: [
        Replication.toRegion("eu-west-1"),
        Replication.toRegion("cn-north-1"),
        Replication.toRegion("Frankfurt"),
        Replication.toAccount("4444", "eu-west-1", { prefixes: ["Voting/"] }),
      ],
      scanning: Scanning.enhanced(["*a*b*c*d*", "Vote"]),
    }),
  ).rejects.toThrow(
    [
      "Registry 'registry':",
      "  'keys.registryKeyArn' must be the ARN of a key, got 'alias/registry'. Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'",
      "  'pullers[0]' must be the ARN of one role, got 'arn:aws:iam::111122223333:role/*'. Write it like 'arn:<partition>:iam::444455556666:role/reader'",
      `  'pullers[2]' must name each role once, got '${NODES}'. Remove the second one`,
      "  'pushers[0]' must be the ARN of one role, got 'pipeline'. Write it like 'arn:<partition>:iam::444455556666:role/reader'",
      "  'replication[0].region' must not be the registry's own, got 'eu-west-1'. Name another Region",
      "  'replication[1].region' must lie in the partition of eu-west-1, images do not leave it, got 'cn-north-1'. Push to a registry of that partition",
      "  'replication[2].region' must be a Region, got 'Frankfurt'. Write it like 'eu-central-1'",
      "  'replication[3].accountId' must be the number of an account, got '4444'. Write it like '444455556666'",
      "  'replication[3].prefixes[0]' must be the beginning of names that ECR accepts, got 'Voting/'. Write it like 'voting-app/'",
      "  'scanning.filters[0]' must be a name of repositories with at most 4 '*', got '*a*b*c*d*'. Write it like 'voting-app/*'",
      "  'scanning.filters[1]' must be a name of repositories with at most 4 '*', got 'Vote'. Write it like 'voting-app/*'",
    ].join("\n"),
  );
  await expect(plan({ replication: places })).rejects.toThrow(
    "'replication' must have at most 10 rules, got 11. Join some",
  );
  const many = Array.from({ length: 100 }, (_, i) => `arn:aws:iam::111122223333:role/platform/${"r".repeat(40)}-${i}`);
  await expect(plan({ pullers: many })).rejects.toThrow(
    "'pullers' must leave room: a repository's policy has 10240 characters, of which roles may take 8440",
  );
});

test("a policy of as many roles as are taken is within ECR's limit", async () => {
  const roles = Array.from({ length: 30 }, (_, i) => `arn:aws:iam::111122223333:role/platform/${"r".repeat(35)}-${i}`);
  const made = await plan({ pullers: roles, pushers: roles.slice(0, 22), otherAccounts: ["444455556666"] });
  const text = JSON.stringify(inputs(made, POLICY)["policy"]);
  expect(text.length).toBeGreaterThan(6000);
  expect(text.length).toBeLessThanOrEqual(10_240);
});

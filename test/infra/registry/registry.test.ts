import { PullThrough, Registry } from "../../../infra/index.js";
import type { RegistryArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { inputs, namesOf, planIn, REGISTRY_KEY, statements, waitsFor } from "../support.js";

const CREDENTIAL = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:ecr-pullthroughcache/docker-AbCdEf";
const REPOSITORY = "aws:ecr/repository:Repository";
const RULE = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";
const TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

const plan = (args: Partial<RegistryArgs>) =>
  planIn(() => {
    const registry = new Registry("registry", { keys: { registryKeyArn: REGISTRY_KEY }, ...args });
    return { host: registry.host, prefixes: registry.pullThroughPrefixes, urls: registry.repositoryUrls };
  });

describe("by default", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan({
      repositories: ["voting-app/vote", "voting-app/result"],
      pullThrough: [PullThrough.ecrPublic(), PullThrough.dockerHub({ credentialArn: CREDENTIAL })],
    });
  });

  test("repositories have immutable tags, are scanned on push and are under the customer key", () => {
    expect(namesOf(made, REPOSITORY)).toEqual(["registry-voting-app/result", "registry-voting-app/vote"]);
    expect(inputs(made, REPOSITORY, "registry-voting-app/vote")).toMatchObject({
      name: "voting-app/vote",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: REGISTRY_KEY }],
    });
  });

  test("repositories can be pulled from by this account and by no other", () => {
    const policy = inputs(made, "aws:ecr/repositoryPolicy:RepositoryPolicy", "registry-voting-app/vote-policy")[
      "policy"
    ];
    expect(statements(policy)).toEqual([
      {
        Sid: "PullFromThisAccount",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      },
    ]);
  });

  test("only images without a tag are ever deleted", () => {
    const text = inputs(made, "aws:ecr/lifecyclePolicy:LifecyclePolicy", "registry-voting-app/vote-lifecycle")[
      "policy"
    ];
    const { rules } = JSON.parse(text as string) as { rules: { selection: unknown }[] };
    expect(rules.map((rule) => rule.selection)).toEqual([
      { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 30 },
    ]);
  });

  test("caches mirror their upstreams, with credentials where these want some", () => {
    expect(inputs(made, RULE, "registry-cache-ecr-public")).toEqual({
      ecrRepositoryPrefix: "ecr-public",
      upstreamRegistryUrl: "public.ecr.aws",
    });
    expect(inputs(made, RULE, "registry-cache-docker-hub")).toEqual({
      ecrRepositoryPrefix: "docker-hub",
      upstreamRegistryUrl: "registry-1.docker.io",
      credentialArn: CREDENTIAL,
    });
  });

  test("what a cache makes is as hard as what we make, from the first pull on", () => {
    expect(inputs(made, TEMPLATE, "registry-cache-ecr-public-template")).toMatchObject({
      prefix: "ecr-public",
      appliedFors: ["PULL_THROUGH_CACHE"],
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: REGISTRY_KEY }],
      customRoleArn: "<arn of role registry-cache-role>",
    });
    expect(waitsFor(made, RULE, "registry-cache-ecr-public")).toContain("registry-cache-ecr-public-template");
  });

  test("the role of caches makes their repositories and no others", () => {
    expect(statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"])[0]?.Resource).toEqual([
      "arn:aws:ecr:eu-west-1:111122223333:repository/ecr-public/*",
      "arn:aws:ecr:eu-west-1:111122223333:repository/docker-hub/*",
    ]);
  });

  test("says where images are", () => {
    expect(made.stackOutputs["host"]).toBe("111122223333.dkr.ecr.eu-west-1.amazonaws.com");
    expect(made.stackOutputs["prefixes"]).toEqual(["ecr-public", "docker-hub"]);
    expect(Object.keys(made.stackOutputs["urls"] as object)).toEqual(["voting-app/result", "voting-app/vote"]);
  });
});

test("makes no role where there is no cache", async () => {
  expect(namesOf(await plan({ repositories: ["app"] }), "aws:iam/role:Role")).toEqual([]);
});

test("refuses every problem at once", async () => {
  await expect(
    plan({
      repositories: ["Vote", "app", "app", "quay/app"],
      pullThrough: [
        PullThrough.quay(),
        PullThrough.kubernetes({ prefix: "quay" }),
        PullThrough.gitHub({ credentialArn: CREDENTIAL.replace("ecr-pullthroughcache/", "") }),
        PullThrough.ecrPublic({ prefix: "a/b" }),
      ],
    }),
  ).rejects.toThrow(
    [
      "Registry 'registry':",
      "  'repositories[0]' must be a name that ECR accepts, got 'Vote'. Use lower-case letters and digits, separated by single '.', '_', '-' or '/': 'voting-app/vote'",
      "  'repositories[2]' must name each repository once, got 'app'. Remove the second one",
      "  'repositories[3]' must not lie under the cache 'quay', got 'quay/app'. A cache makes its own repositories: choose another name",
      "  'pullThrough[1].prefix' must be one cache's only, got 'quay'. Pass `prefix`",
      "  'pullThrough[2].credentialArn' must be the ARN of a secret for pull-through caches, got 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:docker-AbCdEf'. ECR takes secrets whose name begins with 'ecr-pullthroughcache/' only",
      "  'pullThrough[3].prefix' must be a prefix that ECR accepts, got 'a/b'.",
    ].join("\n"),
  );
});

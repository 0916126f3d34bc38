import {
  DeliveryRole,
  DeliverySource,
  GITHUB_ISSUER,
  OidcProvider,
  StatementRelaxation,
} from "../../../infra/index.js";
import type { DeliveryRoleArgs } from "../../../infra/index.js";
import { planOf } from "../../../plan/index.js";
import { CLUSTER_ARN, inputs, namesOf, planIn, statements } from "../support.js";
import { CLUSTER, ENTRY, failuresIn, ROLE, ROLE_POLICY } from "./support.js";

const GITHUB = "token.actions.githubusercontent.com";
const main = DeliverySource.github({ repository: "acme/shop", branch: "main" });

const program = (args: Partial<DeliveryRoleArgs> = {}) => {
  const provider = new OidcProvider("github", { url: GITHUB_ISSUER });
  new DeliveryRole("delivery", {
    provider,
    source: main,
    repositories: ["shop/web"],
    cluster: CLUSTER,
    namespaces: ["shop"],
    ...args,
  });
};
const plan = (args?: Partial<DeliveryRoleArgs>) =>
  planIn(() => {
    program(args);
  });

test("is taken by one branch of one repository, without a key, for an hour", async () => {
  const made = await plan();
  const role = inputs(made, ROLE);
  expect(role).toMatchObject({ description: "delivery of acme/shop, branch main", maxSessionDuration: 3600 });
  expect(statements(role["assumeRolePolicy"])).toEqual([
    {
      Sid: "Token",
      Effect: "Allow",
      Principal: { Federated: "<arn of openIdConnectProvider github>" },
      Action: ["sts:AssumeRoleWithWebIdentity"],
      Condition: {
        StringEquals: {
          [`${GITHUB}:aud`]: "sts.amazonaws.com",
          [`${GITHUB}:sub`]: "repo:acme/shop:ref:refs/heads/main",
        },
      },
    },
  ]);
  expect(failuresIn(made)).toEqual([]);
});

test("pushes to its repositories and finds its cluster, and nothing more", async () => {
  const made = await plan();
  expect(statements(inputs(made, ROLE_POLICY)["policy"]).map((s) => [s.Sid, s.Action.length, s.Resource])).toEqual([
    ["LogIn", 1, ["*"]],
    ["Push", 8, ["arn:aws:ecr:eu-west-1:111122223333:repository/shop/web"]],
    ["FindCluster", 1, [CLUSTER_ARN]],
  ]);
});

test("delivers in the cluster as its persona, in its namespaces", async () => {
  expect(inputs(await plan(), ENTRY)).toMatchObject({
    principalArn: "<arn of role delivery>",
    kubernetesGroups: ["ringfence:ci-deployer:shop"],
  });
  const provider = OidcProvider.existing(`arn:aws:iam::111122223333:oidc-provider/${GITHUB}`);
  const images = await planIn(() => new DeliveryRole("images", { provider, source: main, repositories: ["shop/web"] }));
  expect(namesOf(images, ENTRY)).toEqual([]);
  expect(statements(inputs(images, ROLE)["assumeRolePolicy"])[0]?.Principal).toEqual({ Federated: provider.arn });
});

test("may be bound to ids that no new owner of the name has, and to one workflow", () => {
  const { claims } = DeliverySource.github({
    repository: "acme/shop",
    environment: "production",
    subjectPrefix: "repo:acme-123/shop-456",
    ownerId: "123",
    repositoryId: "456",
    workflow: "acme/shop/.github/workflows/deliver.yml@refs/heads/main",
  });
  expect(claims).toEqual({
    sub: "repo:acme-123/shop-456:environment:production",
    repository_id: "456",
    repository_owner_id: "123",
    job_workflow_ref: "acme/shop/.github/workflows/deliver.yml@refs/heads/main",
  });
  expect(DeliverySource.github({ repository: "acme/shop", tag: "v1.2.0" }).claims).toEqual({
    sub: "repo:acme/shop:ref:refs/tags/v1.2.0",
  });
});

test("trusts GitLab the same way", () => {
  expect(DeliverySource.gitlab({ project: "acme/web/shop", branch: "main", projectId: "77" }).claims).toEqual({
    sub: "project_path:acme/web/shop:ref_type:branch:ref:main",
    project_id: "77",
  });
  expect(DeliverySource.gitlab({ project: "acme/shop", tag: "v1" }).claims).toEqual({
    sub: "project_path:acme/shop:ref_type:tag:ref:v1",
  });
});

test("refuses sources that are many", () => {
  expect(() => DeliverySource.github({ repository: "acme/*", branch: "*" })).toThrow(
    [
      "DeliverySource.github:",
      "  'repository' must be one, without wildcards, got 'acme/*'. Write it like 'acme/shop'",
      "  'branch' must be the name of one, without wildcards, got '*'. Write it like 'main', without 'refs/heads/'",
    ].join("\n"),
  );
  expect(() => DeliverySource.github({ repository: "acme/shop" } as never)).toThrow(
    "'branch' must say from what it delivers, and one thing only, got []. Write one of `branch`, `tag` and `environment`",
  );
  expect(() => DeliverySource.gitlab({ project: "acme", branch: "refs/heads/main" })).toThrow(
    [
      "  'project' must be one, without wildcards, got 'acme'. Write it like 'acme/shop'",
      "  'branch' must be the name of one, without wildcards, got 'refs/heads/main'. Write it like 'main', without 'refs/heads/'",
    ].join("\n"),
  );
});

test("refuses a role that has nothing to do, or too much", async () => {
  const provider = { arn: `arn:aws:iam::111122223333:oidc-provider/${GITHUB}`, issuer: GITHUB };
  await expect(
    planIn(() => new DeliveryRole("delivery", { provider, source: main, namespaces: ["Shop"], audience: "*" })),
  ).rejects.toThrow(
    [
      "DeliveryRole 'delivery':",
      "  'namespaces[0]' must be the name of one namespace, got 'Shop'. Write it like 'vote'",
      "  'audience' must be one audience, got '*'. Leave it out for 'sts.amazonaws.com'",
      "  'namespaces' must lie in a cluster, got [\"Shop\"]. Pass the cluster too, or leave the namespaces out",
      "  'repositories' must have something to deliver to, got []. Name repositories, or pass the cluster",
    ].join("\n"),
  );
  const all = { actions: ["ecr:PutImage"], resources: ["*"] };
  await expect(plan({ statements: [all] })).rejects.toThrow("'statements[0].resources[0]' must name the resources");
  const reason = "the registry is one for all teams";
  await plan({ statements: [{ ...all, relaxations: [StatementRelaxation.allResources({ reason })] }] });
});

test("refuses a source of another platform than its provider's", async () => {
  const provider = OidcProvider.existing(`arn:aws:iam::111122223333:oidc-provider/${GITHUB}`);
  const source = DeliverySource.gitlab({ project: "acme/shop", branch: "main" });
  await expect(
    planIn(() => new DeliveryRole("delivery", { provider, source, repositories: ["shop/web"] })),
  ).rejects.toThrow(`'provider' must be the platform of the source, which is on gitlab, got '${GITHUB}'`);
});

test("China: the audience stays, ARNs are those of the partition", async () => {
  const made = await planOf(
    () => {
      program({ cluster: { name: "prod", arn: "arn:aws-cn:eks:cn-north-1:111122223333:cluster/prod" } });
    },
    { config: { "aws:region": "cn-north-1" } },
  );
  expect(statements(inputs(made, ROLE_POLICY)["policy"])[1]?.Resource).toEqual([
    "arn:aws-cn:ecr:cn-north-1:111122223333:repository/shop/web",
  ]);
});

import { Provider } from "@pulumi/aws/provider.js";
import { Registry, RegistryReplica, Replication } from "../../../infra/index.js";
import type { RegistryReplicaArgs } from "../../../infra/index.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, REGISTRY_KEY, statements, waitsFor } from "../support.js";

const KEYS = { registryKeyArn: REGISTRY_KEY };
const NODES = "arn:aws:iam::111122223333:role/prod-nodes";
const TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";
const REPLICATION = "aws:ecr/replicationConfiguration:ReplicationConfiguration";

describe("the place that images are copied to", () => {
  const replica = (args: Partial<RegistryReplicaArgs> = {}, region = "eu-central-1") =>
    planIn(() => new RegistryReplica("copies", { keys: KEYS, ...args }), region);

  test("makes repositories as hard as ours", async () => {
    const made = await replica({ pullers: [NODES], pushers: [] });
    const template = inputs(made, TEMPLATE, "copies-template");
    expect(template).toMatchObject({
      prefix: "ROOT",
      appliedFors: ["REPLICATION"],
      imageTagMutability: "IMMUTABLE",
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: REGISTRY_KEY }],
      customRoleArn: "<arn of role copies-role>",
    });
    expect(statements(template["repositoryPolicy"]).map(({ Sid }) => Sid)).toEqual([
      "PullFromThisAccount",
      "OnlyPullersAndPushersRead",
      "OnlyPushersWrite",
    ]);
    expect(findingsIn(made)).toEqual([]);
  });

  test("lets the accounts in that are named", async () => {
    const made = await replica({ sourceAccounts: ["444455556666"], prefixes: ["voting-app"] });
    expect(statements(inputs(made, "aws:ecr/registryPolicy:RegistryPolicy")["policy"])).toEqual([
      {
        Sid: "CopiesOfOtherAccounts",
        Effect: "Allow",
        Principal: { AWS: ["arn:aws:iam::444455556666:root"] },
        Action: ["ecr:CreateRepository", "ecr:ReplicateImage"],
        Resource: ["arn:aws:ecr:eu-central-1:111122223333:repository/*"],
      },
    ]);
    expect(namesOf(made, TEMPLATE)).toEqual(["copies-voting-app-template"]);
    expect(statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"])[0]?.Resource).toEqual([
      "arn:aws:ecr:eu-central-1:111122223333:repository/voting-app/*",
    ]);
  });

  test("is made by a provider of its own, before the first copy", async () => {
    const made = await planIn(() => {
      const provider = new Provider("frankfurt", { region: "eu-central-1" });
      const copies = new RegistryReplica("copies", { keys: KEYS }, { provider });
      new Registry(
        "registry",
        { keys: KEYS, replication: [Replication.toRegion("eu-central-1")] },
        { dependsOn: [copies] },
      );
    });
    expect(waitsFor(made, REPLICATION)).toContain("copies-template");
  });

  test("refuses every problem at once", async () => {
    await expect(
      replica({ prefixes: ["Vote", "a1", "a1"], sourceAccounts: ["1"], otherAccounts: ["444455556666"] }),
    ).rejects.toThrow(
      [
        "RegistryReplica 'copies':",
        "  'prefixes[0]' must be the first part of names that ECR accepts, got 'Vote'. Write it like 'voting-app'",
        "  'prefixes[2]' must name each prefix once, got 'a1'. Remove the second one",
        "  'sourceAccounts[0]' must be the number of an account, got '1'. Write it like '444455556666'",
        "  'pullers' must name the roles of other accounts that pull, got nothing. Pass the ARNs of their nodes' roles, beside those of this account",
      ].join("\n"),
    );
  });
});

/** Components alone, called from plain JavaScript: what is missing or of another kind is a line, and nothing is registered. */
import * as pulumi from "@pulumi/pulumi";
import * as infra from "../../infra/index.js";
import { planOf } from "../../plan/index.js";

interface Component {
  new (name: string, args: never): unknown;
}

/** What a component says, and how many resources there are then. */
async function said(make: () => unknown): Promise<{ readonly lines: readonly string[]; readonly resources: number }> {
  let error: unknown;
  const plan = await planOf(() => {
    try {
      make();
    } catch (thrown) {
      error = thrown;
    }
  });
  if (!(error instanceof pulumi.RunError)) throw new Error(`not refused as it should be: ${String(error)}`);
  return { lines: error.message.split("\n").map((line) => line.trim()), resources: plan.resources.length };
}

const NETWORK = "'network' must be given, got nothing. Pass a Network, or Network.existing({ vpcId, ... })";
const CLUSTER = "'cluster' must be given, got nothing. Pass a Cluster, or Cluster.existing({ clusterName, ... })";
const KEYS =
  "'keys' must be given, got nothing. Pass EncryptionKeys, or EncryptionKeys.existing({ secretsKeyArn, ... })";

test.each<readonly [string, Component, readonly string[]]>([
  ["Network", infra.Network, [KEYS]],
  ["Cluster", infra.Cluster, [NETWORK, KEYS]],
  ["NodeGroup", infra.NodeGroup, [NETWORK, CLUSTER, KEYS]],
  ["Bastion", infra.Bastion, [NETWORK, CLUSTER, KEYS]],
  ["Registry", infra.Registry, [KEYS]],
  ["ClusterAddons", infra.ClusterAddons, [CLUSTER, KEYS]],
  ["Karpenter", infra.Karpenter, [NETWORK, CLUSTER, KEYS]],
  ["ClientVpn", infra.ClientVpn, [NETWORK, CLUSTER, KEYS, "'authentication' must be given, got nothing. Pass it"]],
  ["ApiCallers", infra.ApiCallers, [CLUSTER]],
  ["ClusterAlarms", infra.ClusterAlarms, [CLUSTER]],
  ["Access", infra.Access, [CLUSTER, "'admins' must be given, got nothing. Pass it"]],
  ["EncryptionKeys", infra.EncryptionKeys, ["'administrators' must be given, got nothing. Pass it"]],
])("%s with nothing of what it needs", async (name, Made, lines) => {
  await expect(said(() => new Made("x", {} as never))).resolves.toEqual({
    lines: [`${name} 'x':`, ...lines],
    resources: 1,
  });
});

test("text and a list of text where our values belong", async () => {
  const keys = { logsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/7f3a" };
  const network = () => new infra.Network("x", { keys, egress: "nat", zones: "3", features: "nodes" } as never);
  await expect(said(network)).resolves.toMatchObject({
    resources: 1,
    lines: [
      "Network 'x':",
      expect.stringMatching(/^'zones' must be a number/),
      expect.stringMatching(/^'egress' must be what a factory of `Egress` makes, got 'nat'/),
      expect.stringMatching(/^'features' must be a list, got 'nodes'/),
    ],
  });
  const people = () => new infra.EncryptionKeys("x", { administrators: ["arn:aws:iam::111122223333:role/a"] } as never);
  await expect(said(people)).resolves.toMatchObject({
    lines: [
      "EncryptionKeys 'x':",
      expect.stringMatching(/^'administrators\[0\]' must be what a factory of `Principal`/),
    ],
  });
});

test("nobody to administer keys", async () => {
  await expect(said(() => new infra.EncryptionKeys("x", { administrators: [] as never }))).resolves.toEqual({
    lines: [
      "EncryptionKeys 'x':",
      "'administrators' must name an administrator, got []. Write Principal.role('<ARN of a role>')",
    ],
    resources: 1,
  });
});

test.each<readonly [string, (args: never) => unknown, string]>([
  ["Network.existing", (args) => infra.Network.existing(args), "'region' must be given, got nothing. Pass it"],
  ["Cluster.existing", (args) => infra.Cluster.existing(args), "'clusterName' must be given, got nothing. Pass it"],
  [
    "EncryptionKeys.existing",
    (args) => infra.EncryptionKeys.existing(args),
    "'secretsKeyArn' must be given, got nothing. Pass it",
  ],
])("%s of nothing", async (where, existing, first) => {
  const { lines } = await said(() => existing({} as never));
  expect(lines.slice(0, 2)).toEqual([`${where}:`, first]);
  await expect(said(() => existing(undefined as never))).resolves.toMatchObject({
    lines: [`${where}:`, "'args' must be an object, got nothing. Write it out, or leave it out"],
  });
});

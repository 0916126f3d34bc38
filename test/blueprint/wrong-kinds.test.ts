/** What the compiler refuses and plain JavaScript does not: a line for each argument, and nothing registered. */
import * as pulumi from "@pulumi/pulumi";
import { ApiAccess, Cidr, EndpointAccess, SecureCluster } from "../../index.js";
import type { SecureClusterArgs } from "../../index.js";
import { DnsFirewall, Egress, EncryptionKeys, NodeSubnets } from "../../infra/index.js";
import type { KeysRef } from "../../infra/index.js";
import { ADMIN, planIn, refusal } from "./support.js";

const WHY = { reason: "the partner's runners come from there" };

/** Plain JavaScript: whatever the compiler says. */
const raw = (value: unknown): never => value as never;

/** The lines with which a cluster with these arguments is refused, and how many resources there are then. */
async function refused(args: unknown): Promise<{ readonly lines: readonly string[]; readonly resources: number }> {
  let lines: readonly string[] = [];
  const plan = await planIn(() => {
    lines = refusal(() => new SecureCluster("prod", raw(args)));
  });
  return { lines: lines.map((line) => line.trim()), resources: plan.resources.length };
}

async function problemsOf(args: Partial<Record<keyof SecureClusterArgs, unknown>>): Promise<readonly string[]> {
  const { lines, resources } = await refused({ admins: [ADMIN], ...args });
  // The component itself, since Pulumi registers it before its constructor can say anything.
  expect(resources).toBe(1);
  expect(lines[0]).toBe("SecureCluster 'prod':");
  return lines.slice(1);
}

test.each([
  [undefined, "'args' must be an object, got nothing. Write it out, or leave it out"],
  [null, "'args' must be an object, got null. Write it out, or leave it out"],
  [{}, "'admins' must be given, got nothing. Pass it"],
  [
    { admins: ["arn:aws:iam::111122223333:role/platform"] },
    "'admins[0]' must be what a factory of `Principal` makes, got 'arn:aws:iam::111122223333:role/platform'. Write it like Principal.role('arn:aws:iam::111122223333:role/platform')",
  ],
])("arguments that are %j", async (args, line) => {
  await expect(refused(args)).resolves.toEqual({ lines: ["SecureCluster 'prod':", line], resources: 1 });
});

test("text for a choice: nobody asked for this way out, and nobody gets another one", async () => {
  await expect(
    problemsOf({ network: { egress: "nat", zones: "3", vpcCidr: "10.0.0.1/16" }, endpointAccess: "public" }),
  ).resolves.toEqual([
    "'network.egress' must be what a factory of `Egress` makes, got 'nat'. Write it like Egress.nat({ reason })",
    "'network.zones' must be a number, got '3'. Write it out, or leave it out",
    "'network.vpcCidr' must be an address block, got '10.0.0.1/16'. Write it like Cidr.parse('10.0.0.0/16')",
    "'endpointAccess' must be what a factory of `EndpointAccess` makes, got 'public'. Write it like EndpointAccess.private()",
  ]);
});

test("Outputs where the program itself has to know", async () => {
  const late = pulumi.output("eu-west-1");
  const known = "must be known while the program runs, got an Output. Take it from the configuration, or write it out";
  await expect(
    problemsOf({ region: late, clusterName: late, network: { zones: late }, tags: { team: late } }),
  ).resolves.toEqual([`'region' ${known}`, `'clusterName' ${known}`, `'network.zones' ${known}`]);
});

test("arguments that do not exist", async () => {
  const [first, ...rest] = await problemsOf({
    ...{ endpointAcess: EndpointAccess.private() },
    bastion: { size: "t3.micro" },
    addons: { metricServer: {} },
  });
  expect(first).toBe("'endpointAcess' must be left out: there is no such argument. Choose from 'endpointAccess'");
  expect(rest).toEqual([
    expect.stringMatching(/^'bastion\.size' must be left out: there is no such argument\. Choose from 'availability',/),
    "'addons.metricServer' must be left out: there is no such argument. Choose from 'metricsServer'",
  ]);
});

test("names that nobody knows, nothing where something belongs, half of an object", async () => {
  await expect(
    problemsOf({
      features: ["podIdentiy", undefined],
      network: { vpcId: "vpc-0abc" },
      nodes: { scaling: { maxSize: 3 }, taints: [{}] },
      today: new Date("never"),
    }),
  ).resolves.toEqual([
    "'features[0]' must be a known name, got 'podIdentiy'. Choose from 'podIdentity'",
    "'features[1]' must be text, got nothing. Write it out, or leave it out",
    "'network.region' must be given, got nothing. Pass a Network, or Network.existing({ vpcId, ... })",
    "'nodes.scaling.minSize' must be given, got nothing. Pass it",
    "'nodes.scaling.desiredSize' must be given, got nothing. Pass it",
    "'nodes.taints[0].key' must be given, got nothing. Pass it",
    "'nodes.taints[0].effect' must be given, got nothing. Pass it",
    "'today' must be a Date, got 'Invalid Date'. Write it like new Date('2026-11-21')",
  ]);
});

test("what parts would refuse one after the other, when half of the cluster is there", async () => {
  const lines = await problemsOf({
    keyAdministrators: [],
    allowedActions: ["*"],
    nodeRoleNames: ["*"],
    tags: { "aws:team": "platform" },
    nodes: { subnets: NodeSubnets.of("subnet-0aaa", "subnet-0aaa") },
    registry: { approvedRegistries: ["https://ghcr.io"] },
    detection: {
      subscribers: [{ protocol: "email", endpoint: "on-call@example.com" }],
      accountServices: { securityHub: { standards: [] } },
    },
    apiAccess: ApiAccess.tunnel({ port: 80 }),
  });
  expect(lines.map((line) => line.split(" ")[0])).toEqual([
    "'keyAdministrators'",
    "'allowedActions[0]'",
    "'nodeRoleNames[0]'",
    "'tags.aws:team'",
    "'nodes.subnets[1]'",
    "'registry.approvedRegistries[0]'",
    "'detection.accountServices.securityHub.standards'",
    "'apiAccess.port'",
  ]);
});

test("blocks that EKS refuses on a public endpoint", async () => {
  const from = (...texts: readonly string[]) =>
    problemsOf({ endpointAccess: EndpointAccess.publicFrom(raw(texts.map((text) => Cidr.parse(text))), WHY) });
  await expect(from("10.1.0.0/24", "203.0.113.0/24", "203.0.113.0/24")).resolves.toEqual([
    "'endpointAccess.publicCidrs[0]' must be addresses of the internet, got '10.1.0.0/24'. Name the public address that they come from; inside the VPC the API can be reached in any case",
    "'endpointAccess.publicCidrs[2]' must name each block once, got '203.0.113.0/24'. Remove the second one",
  ]);
  await expect(from(...Array.from({ length: 41 }, (_, i) => `203.0.113.${i}/32`))).resolves.toEqual([
    "'endpointAccess.publicCidrs' must be at most 40 blocks, got 41. Join blocks that lie together",
  ]);
});

test.each<readonly [string, () => unknown, string]>([
  ["Egress.nat", () => Egress.nat(raw(undefined)), "'reason' must say why, in at least ten characters, got nothing"],
  ["Egress.firewall", () => Egress.firewall(raw(WHY)), "'domains' must be a list, got nothing"],
  ["DnsFirewall.allow", () => DnsFirewall.allow(raw("example.com")), "'domains' must be a list, got 'example.com'"],
  ["EndpointAccess.publicFrom", () => EndpointAccess.publicFrom(raw("0.0.0.0/0"), WHY), "'cidrs' must be a list, got"],
  [
    "EncryptionKeys.existing",
    () => EncryptionKeys.existing(raw({} satisfies Partial<KeysRef>)),
    "'secretsKeyArn' must be given, got nothing",
  ],
])("%s", (where, make, problem) => {
  const [title, line] = refusal(make);
  expect(title).toBe(`${where}:`);
  expect(line?.trim()).toContain(problem);
});

test("a block that is none, of whatever kind", () => {
  expect(() => Cidr.parse(raw(undefined))).toThrow("'cidr' must be an address block, got nothing");
});

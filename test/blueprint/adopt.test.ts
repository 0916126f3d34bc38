/** An existing VPC and an existing cluster come under the blueprint, and nothing is replaced. */
import * as aws from "@pulumi/aws";
import { adopt, SecureCluster } from "../../index.js";
import { Cidr, Network } from "../../infra/index.js";
import { compareWithPrevious } from "../../plan/engine/operations.js";
import { readPlan, writePlan } from "../../plan/index.js";
import type { Plan } from "../../plan/index.js";
import { ADMIN, planIn, refusal } from "./support.js";

const CLUSTER = "aws:eks/cluster:Cluster";
const today = new Date("2026-11-21");

/** What somebody wrote years ago: a VPC with subnets, and a cluster in it. */
function legacy(): {
  readonly vpc: aws.ec2.Vpc;
  readonly subnets: readonly aws.ec2.Subnet[];
  readonly role: aws.iam.Role;
} {
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.8.0.0/16", enableDnsHostnames: true });
  const subnets = [0, 1, 2, 3].map(
    (i) =>
      new aws.ec2.Subnet(`subnet-${i}`, {
        vpcId: vpc.id,
        cidrBlock: `10.8.${i * 16}.0/20`,
        availabilityZoneId: `euw1-az${(i % 2) + 1}`,
      }),
  );
  const role = new aws.iam.Role("eks", { assumeRolePolicy: "{}" });
  return { vpc, subnets, role };
}

function existing({ vpc, subnets }: ReturnType<typeof legacy>): ReturnType<typeof Network.existing> {
  const tier = (i: number) => ({
    ids: [i, i + 1].map((n) => subnets[n]?.id ?? ""),
    cidrs: [i, i + 1].map((n) => Cidr.parse(`10.8.${n * 16}.0/20`)),
  });
  return Network.existing({
    region: "eu-west-1",
    vpcId: vpc.id,
    vpcCidrs: [Cidr.parse("10.8.0.0/16")],
    nodes: tier(0),
    controlPlane: tier(2),
    endpointSecurityGroupId: "sg-0abc",
  });
}

async function saved(program: () => unknown): Promise<Plan> {
  return readPlan(writePlan(await planIn(program)), "plan.json");
}

function operation(plan: Plan, type: string): (string | undefined)[] {
  return plan.resources.filter((r) => r.type === type).map((r) => r.operation);
}

const before = (): ReturnType<typeof legacy> => {
  const parts = legacy();
  new aws.eks.Cluster("main", {
    name: "legacy",
    roleArn: parts.role.arn,
    vpcConfig: { subnetIds: parts.subnets.map(({ id }) => id) },
    accessConfig: { authenticationMode: "API_AND_CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true },
  });
  return parts;
};

const after = (from: Parameters<typeof adopt>[0][number]["from"]): void => {
  const parts = legacy();
  new SecureCluster(
    "prod",
    { admins: [ADMIN], today, clusterName: "legacy", network: existing(parts) },
    { transforms: [adopt([{ type: CLUSTER, from }])] },
  );
};

test("a new cluster in a VPC that is there makes no VPC, and leaves the VPC as it is", async () => {
  const plan = await planIn(() => {
    new SecureCluster("prod", { admins: [ADMIN], today, network: existing(legacy()) });
  });
  const compared = compareWithPrevious(plan, await saved(legacy), []);
  expect(operation(compared, "aws:ec2/vpc:Vpc")).toEqual(["same"]);
  expect(operation(compared, "aws:ec2/subnet:Subnet")).toEqual(["same", "same", "same", "same"]);
  expect(operation(compared, CLUSTER)).toEqual(["create"]);
});

test("a cluster of this stack is found by its URN and updated in place", async () => {
  const plan = await planIn(() => {
    after({ urn: "urn:pulumi:dev::project::aws:eks/cluster:Cluster::main" });
  });
  const old = await saved(before);
  const urn = old.resources.find(({ type }) => type === CLUSTER)?.urn ?? "";
  const named = await planIn(() => {
    after({ urn });
  });
  expect(operation(compareWithPrevious(named, old, []), CLUSTER)).toEqual(["update"]);
  // The wrong URN finds nothing: the old cluster would be deleted, which is refused by name.
  expect(() => compareWithPrevious(plan, old, [])).toThrow(/would lose what cannot be had again:\n {2}delete .*::main/);
});

test("a cluster that Pulumi does not know is imported, with what would replace it left alone", async () => {
  const plan = await planIn(() => {
    after({ id: "legacy" });
  });
  const cluster = plan.resources.find(({ type }) => type === CLUSTER);
  expect(cluster?.options).toMatchObject({
    import: "legacy",
    ignoreChanges: [
      "vpcConfig.subnetIds",
      "accessConfig.bootstrapClusterCreatorAdminPermissions",
      "bootstrapSelfManagedAddons",
      "encryptionConfig",
      "kubernetesNetworkConfig",
      "roleArn",
    ],
  });
});

test("what cannot be adopted is said at once", () => {
  const lines = refusal(() =>
    adopt([
      { type: "eks", from: { urn: "main" } },
      { type: CLUSTER, from: { id: "" } },
      { type: CLUSTER, from: { id: "legacy" } },
    ]),
  );
  expect(lines.map((line) => line.trim())).toEqual([
    "adopt:",
    "'resources[0].type' must be a type of Pulumi, got 'eks'. Write it like 'aws:eks/cluster:Cluster'",
    "'resources[0].from.urn' must be a URN, got 'main'. `pulumi stack --show-urns` prints them",
    "'resources[1].from.id' must be the id in AWS, got ''. Write it like 'vpc-0abc'",
    "'resources[2]' must name each resource once, got 'aws:eks/cluster:Cluster *'. Remove the second one",
  ]);
});

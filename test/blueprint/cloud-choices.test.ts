/** What else of the cloud a cluster can be asked for, in its own words. */
import * as aws from "@pulumi/aws";
import { Construct } from "constructs";
import { Cidr, Egress, Preset, SecureCluster } from "../../index.js";
import type { AppContext } from "../../index.js";
import { AutoMode, EncryptionKeys, Network } from "../../infra/index.js";
import type { Plan } from "../../plan/index.js";
import { judge } from "../../policies/index.js";
import { ADMIN, all, clusterPlan, inputs, planIn, plainInputs, refusal, waitsFor } from "./support.js";
import { refusedByAws } from "./aws-limits.js";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const KEY = (n: number): string =>
  `arn:aws:kms:eu-west-1:111122223333:key/${String(n).repeat(8)}-1111-1111-1111-111111111111`;

/** What our own rules find, a short line each. */
function found(plan: Plan): string[] {
  return judge(plan).findings.map(
    ({ rule, verdict, resource: { name }, path }) => `${rule.id} ${verdict} ${name} ${path}`,
  );
}

describe("Auto Mode", () => {
  let plan: Plan;

  beforeAll(async () => {
    plan = await clusterPlan(undefined, { cluster: { autoMode: AutoMode.on() } });
  });

  test("there are no node groups, and no add-on that is built in", () => {
    expect(all(plan, NODE_GROUP)).toEqual([]);
    expect(all(plan, "aws:eks/addon:Addon")).toEqual([]);
  });

  test("its nodes have the guarantees of a node group, and network policies hold before the first one starts", () => {
    expect(inputs(plan, "kubernetes:eks.amazonaws.com/v1:NodeClass")["spec"]).toMatchObject({
      role: "<name of role prod-auto-node-role>",
      networkPolicy: "DefaultDeny",
      ephemeralStorage: { kmsKeyID: "<arn of key prod-keys-volumes>" },
      advancedNetworking: { associatePublicIPAddress: false },
    });
    expect(inputs(plan, "kubernetes:karpenter.sh/v1:NodePool")["spec"]).toMatchObject({
      limits: { cpu: "100", memory: "400Gi" },
    });
    expect(inputs(plan, "kubernetes:core/v1:ConfigMap")["data"]).toEqual({
      "enable-network-policy-controller": "true",
    });
    expect(waitsFor(plan, "prod/nodeclass/hardened")).toContain("prod/kube-system/configmap/amazon-vpc-cni");
  });

  test("nodes may speak to the API until what runs on them has gone", () => {
    // A node whose access entry goes first is never drained: its pods hang until their time is up.
    expect(waitsFor(plan, "prod-kubernetes").filter((name) => name === "prod-auto-nodes")).toHaveLength(2);
  });

  test("disks come from the driver that is built in", () => {
    expect(inputs(plan, "kubernetes:storage.k8s.io/v1:StorageClass")["provisioner"]).toBe("ebs.csi.eks.amazonaws.com");
  });

  test("the boundary lets the control plane pass the nodes' role, and no other", () => {
    const policy = JSON.stringify(inputs(plan, "aws:iam/policy:Policy", "prod-boundary")["policy"]);
    expect(policy).toContain("role/prod-auto-node-role*");
  });

  test("the rules find nothing, and AWS takes it", () => {
    expect(found(plan)).toEqual([]);
    expect(refusedByAws(plan)).toEqual([]);
  });
});

test("further groups of nodes have names of their own, and the first one stays as it is", async () => {
  const plan = await clusterPlan(undefined, {
    nodeGroups: {
      gpu: { amiType: "BOTTLEROCKET_x86_64_NVIDIA", instanceTypes: ["g5.xlarge"], labels: { gpu: "true" } },
    },
  });
  expect(all(plan, NODE_GROUP).map(({ name }) => name)).toEqual(["prod-nodes", "prod-gpu"]);
  expect(inputs(plan, NODE_GROUP, "prod-gpu")).toMatchObject({ instanceTypes: ["g5.xlarge"], labels: { gpu: "true" } });
});

test("keys that are there are used, and none is made", async () => {
  const keys = EncryptionKeys.existing({
    secretsKeyArn: KEY(1),
    logsKeyArn: KEY(2),
    volumesKeyArn: KEY(3),
    registryKeyArn: KEY(4),
  });
  const plan = await clusterPlan(undefined, { keys });
  expect(all(plan, "aws:kms/key:Key")).toEqual([]);
  expect(inputs(plan, "aws:eks/cluster:Cluster")).toMatchObject({ encryptionConfig: { provider: { keyArn: KEY(1) } } });
});

test("alarms are there without a word, and tell somebody who is named", async () => {
  const silent = await clusterPlan();
  expect(all(silent, ALARM).length).toBeGreaterThan(5);
  expect(all(silent, "aws:sns/topic:Topic")).toEqual([]);
  const plan = await clusterPlan(undefined, {
    alarms: { deniedCalls: 20 },
    detection: { subscribers: [{ protocol: "email", endpoint: "on-call@example.com" }] },
  });
  expect(inputs(plan, "aws:sns/topicSubscription:TopicSubscription")).toMatchObject({
    endpoint: "on-call@example.com",
  });
  expect(all(plan, ALARM).map((alarm) => plainInputs(alarm)["threshold"])).toContain(20);
  expect(found(plan)).toEqual([]);
});

test("the outputs hold what another stack needs, under the names that `existing` takes", async () => {
  let outputs: unknown;
  await clusterPlan(({ outputs: made }) => {
    outputs = made;
  });
  expect(outputs).toMatchObject({
    cluster: { clusterName: "prod", kubernetesVersion: "1.36", serviceCidr: "172.20.0.0/16" },
    network: {
      region: "eu-west-1",
      vpcCidrs: ["10.0.0.0/16"],
      ipFamily: "ipv4",
      nodes: { cidrs: expect.any(Array) as unknown },
    },
  });
});

test("what cannot be is refused in the words of the argument, before anything is registered", async () => {
  let lines: readonly string[] = [];
  const plan = await planIn(() => {
    lines = refusal(
      () =>
        new SecureCluster("prod", {
          admins: [ADMIN],
          today: new Date("2026-11-21"),
          nodes: {},
          nodeGroups: { bastion: {}, Big: {} },
          nodePool: {},
          network: { zones: 1, egress: Egress.none() },
          detection: { subscribers: [] as never },
        }),
    );
  });
  expect([...lines.join("\n").matchAll(/^\s+'([^']+)'/gm)].map(([, path]) => path).sort()).toEqual([
    "detection.subscribers",
    "network.zones",
    "nodeGroups.Big",
    "nodeGroups.bastion",
    "nodePool",
  ]);
  expect(plan.resources.filter(({ custom }) => custom)).toEqual([]);
});

test("a network with IPv6 is refused: policies by address would not know it", async () => {
  const blocks = (third: number) => [0, 1].map((n) => Cidr.parse(`10.8.${third + n * 16}.0/20`));
  let lines: readonly string[] = [];
  await planIn(() => {
    const network = Network.existing({
      region: "eu-west-1",
      vpcId: "vpc-0abc",
      vpcCidrs: [Cidr.parse("10.8.0.0/16")],
      nodes: { ids: ["subnet-0a1", "subnet-0b1"], cidrs: blocks(0) },
      controlPlane: { ids: ["subnet-0a2", "subnet-0b2"], cidrs: blocks(32) },
      endpointSecurityGroupId: "sg-0abc",
      ipFamily: "ipv6",
    });
    lines = refusal(() => new SecureCluster("prod", { admins: [ADMIN], today: new Date("2026-11-21"), network }));
  });
  expect(lines.filter((line) => line.includes("'"))).toEqual([
    "SecureCluster 'prod':",
    expect.stringContaining("'network.ipFamily' must be 'ipv4' in a SecureCluster, got 'ipv6'."),
  ]);
});

test("a Region that is not the provider's is refused, unless a provider comes with it", async () => {
  let lines: readonly string[] = [];
  const args = { admins: [ADMIN] as const, today: new Date("2026-11-21"), region: "eu-central-1" };
  await planIn(() => {
    lines = refusal(() => new SecureCluster("prod", args));
  });
  expect(lines.join("\n")).toContain("'region' must be the provider's, 'eu-west-1' by aws:region, got 'eu-central-1'.");
  const plan = await planIn(() => {
    const there = new aws.Provider("there", { region: "eu-central-1" });
    new SecureCluster("prod", args, { providers: [there] });
  });
  expect(inputs(plan, "aws:ec2/subnet:Subnet", "prod-node-euc1-az1")["availabilityZoneId"]).toBe("euc1-az1");
});

test("with Auto Mode, settings of nodes that nothing would read are refused", async () => {
  let lines: readonly string[] = [];
  await planIn(() => {
    const args = { admins: [ADMIN] as const, today: new Date("2026-11-21"), cluster: { autoMode: AutoMode.on() } };
    lines = refusal(() => new SecureCluster("prod", { ...args, ...Preset.sandbox() }));
  });
  expect(lines.join("\n")).toContain("'nodes' must be left out with Auto Mode");
});

test("where pullers are named, this cluster's nodes are among them, for its own repositories and those of applications", async () => {
  const puller = "arn:aws:iam::111122223333:role/elsewhere-nodes";
  class Shop extends Construct {
    constructor(scope: Construct, id: string, { cloud }: AppContext) {
      super(scope, id);
      cloud.repository("shop/web");
    }
  }
  const read = (plan: Plan, name: string) =>
    JSON.stringify(inputs(plan, "aws:ecr/repositoryPolicy:RepositoryPolicy", name));
  const nodes = await clusterPlan((cluster) => cluster.deploy(Shop), {
    registry: { repositories: ["tools"], pullers: [puller] },
    nodeGroups: { batch: {} },
  });
  const names = all(nodes, "aws:ecr/repositoryPolicy:RepositoryPolicy").map(({ name }) => name);
  expect(names).toEqual(["prod-registry-tools-policy", "prod-shop-shop/web-policy"]);
  for (const name of names) {
    expect(read(nodes, name)).toContain(puller);
    expect(read(nodes, name)).toContain("<arn of role prod-nodes-role>");
    expect(read(nodes, name)).toContain("<arn of role prod-batch-role>");
  }
  const auto = await clusterPlan(undefined, {
    registry: { repositories: ["tools"], pullers: [puller] },
    cluster: { autoMode: AutoMode.on() },
  });
  expect(read(auto, "prod-registry-tools-policy")).toContain("<arn of role prod-auto-node-role>");
});

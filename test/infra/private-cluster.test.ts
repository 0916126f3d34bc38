/** The components together, as the blueprint composes them: what holds for all of them, and in which order they come. */
import {
  Access,
  Bastion,
  Cluster,
  ClusterAddons,
  EncryptionKeys,
  Network,
  NodeGroup,
  PermissionsBoundary,
  Principal,
  Registry,
} from "../../infra/index.js";
import type { Plan, PlannedResource } from "../../plan/index.js";
import { walk } from "../../plan/index.js";
import { inputs, namesOf, planIn, resource, waitsFor } from "./support.js";

function program(): void {
  const admin = Principal.role("arn:aws:iam::111122223333:role/platform");
  const permissionsBoundaryArn = new PermissionsBoundary("prod-boundary").arn;
  const keys = new EncryptionKeys("prod-keys", { administrators: [admin] });
  const network = new Network("prod", {
    keys,
    features: ["nodes", "podIdentity", "bastion", "blockStorage"],
    permissionsBoundaryArn,
  });
  const cluster = new Cluster("prod", {
    network,
    keys,
    today: new Date("2026-11-21"),
    permissionsBoundaryArn,
  });
  const nodes = new NodeGroup(
    "prod-nodes",
    { network, cluster, keys, permissionsBoundaryArn },
    { dependsOn: [cluster, network] },
  );
  new ClusterAddons(
    "prod-addons",
    {
      cluster,
      keys,
      permissionsBoundaryArn,
    },
    { dependsOn: nodes },
  );
  new Access("prod-access", { cluster, admins: [admin] });
  new Bastion("prod-bastion", { network, cluster, keys, permissionsBoundaryArn });
  new Registry("prod-registry", {
    keys,
    repositories: ["voting-app/vote"],
    permissionsBoundaryArn,
  });
}

let plan: Plan;
beforeAll(async () => {
  plan = await planIn(program);
});

const ofType = (type: string): PlannedResource[] => plan.resources.filter((r) => r.type === type);

test("every role has the permissions boundary", () => {
  const roles = namesOf(plan, "aws:iam/role:Role");
  expect(roles).toEqual([
    "prod-addons-ebs-csi-role",
    "prod-bastion-role",
    "prod-control-plane-role",
    "prod-flow-logs-role",
    "prod-nodes-role",
    "prod-vpc-cni-role",
  ]);
  for (const role of roles)
    expect(inputs(plan, "aws:iam/role:Role", role)["permissionsBoundary"]).toBe("<arn of policy prod-boundary>");
});

test("every log group is under the key of logs and forgets after a year", () => {
  const groups = namesOf(plan, "aws:cloudwatch/logGroup:LogGroup");
  expect(groups).toEqual(["prod-bastion-sessions", "prod-flow-logs", "prod-logs"]);
  for (const group of groups)
    expect(inputs(plan, "aws:cloudwatch/logGroup:LogGroup", group)).toMatchObject({
      kmsKeyId: "<arn of key prod-keys-logs>",
      retentionInDays: 365,
    });
});

test("no rule, route or endpoint mentions the whole internet, but for the ACLs of those who call S3", () => {
  const mentions: string[] = [];
  for (const r of plan.resources.filter(({ name }) => !["prod-acl-node", "prod-acl-endpoint"].includes(name)))
    walk(r.inputs, (value, path) => {
      if (value === "0.0.0.0/0" || value === "::/0") mentions.push(`${r.name} ${path}`);
    });
  expect(mentions).toEqual([]);
});

test("no security group carries rules of its own beside those that stand alone", () => {
  const inline = ofType("aws:ec2/securityGroup:SecurityGroup").filter(
    (g) => "ingress" in g.inputs || "egress" in g.inputs,
  );
  expect(inline.map((g) => g.name)).toEqual([]);
});

test("add-ons and endpoints are there before the first node", () => {
  expect(waitsFor(plan, "aws:eks/nodeGroup:NodeGroup")).toEqual(
    expect.arrayContaining([
      "prod-vpc-cni",
      "prod-kube-proxy",
      "prod-eks-pod-identity-agent",
      ...namesOf(plan, "aws:ec2/vpcEndpoint:VpcEndpoint"),
    ]),
  );
});

test("the VPC CNI waits for the agent that gives it credentials, and for its role's policy", () => {
  expect(waitsFor(plan, "aws:eks/addon:Addon", "prod-vpc-cni")).toEqual(
    expect.arrayContaining(["prod-eks-pod-identity-agent", "prod-vpc-cni-role-AmazonEKS_CNI_Policy"]),
  );
});

test("add-ons that run on nodes wait for nodes", () => {
  const isNodeGroup = (urn: string) => urn.includes("aws:eks/nodeGroup:NodeGroup::");
  for (const addon of ["prod-addons-coredns", "prod-addons-aws-ebs-csi-driver"])
    expect(resource(plan, "aws:eks/addon:Addon", addon).dependencies.filter(isNodeGroup)).toHaveLength(1);
});

test("control plane and nodes live in different subnets", () => {
  expect((inputs(plan, "aws:eks/cluster:Cluster")["vpcConfig"] as { subnetIds: unknown }).subnetIds).toEqual([
    "<id of subnet prod-control-plane-euw1-az1>",
    "<id of subnet prod-control-plane-euw1-az2>",
    "<id of subnet prod-control-plane-euw1-az3>",
  ]);
  expect(inputs(plan, "aws:eks/nodeGroup:NodeGroup")["subnetIds"]).toEqual([
    "<id of subnet prod-node-euw1-az1>",
    "<id of subnet prod-node-euw1-az2>",
    "<id of subnet prod-node-euw1-az3>",
  ]);
});

test("each disk and log is under the key of its purpose", () => {
  const [os, data] = inputs(plan, "aws:ec2/launchTemplate:LaunchTemplate")["blockDeviceMappings"] as {
    ebs: { kmsKeyId: string };
  }[];
  expect([os?.ebs.kmsKeyId, data?.ebs.kmsKeyId]).toEqual(Array(2).fill("<arn of key prod-keys-volumes>"));
  expect(inputs(plan, "aws:eks/cluster:Cluster")["encryptionConfig"]).toEqual({
    provider: { keyArn: "<arn of key prod-keys-secrets>" },
    resources: ["secrets"],
  });
});

test("the cluster and its keys are protected", () => {
  const guarded = plan.resources.filter((r) => r.options.protect === true).map((r) => r.name);
  expect(guarded.sort()).toEqual([
    "prod",
    "prod-keys-logs",
    "prod-keys-registry",
    "prod-keys-secrets",
    "prod-keys-volumes",
  ]);
});

test("everything lies under its component, and nothing is made inside an apply", () => {
  const components = new Set(plan.resources.filter((r) => r.type.startsWith("ringfence:infra:")).map((r) => r.urn));
  const strays = plan.resources.filter((r) => r.custom && (r.parent === undefined || !components.has(r.parent)));
  expect(strays.map((r) => r.name)).toEqual([]);
  expect(plan.resources.filter((r) => r.insideApply === true).map((r) => r.name)).toEqual([]);
});

test("publishes no relaxation", () => {
  expect(plan.resources.filter((r) => "relaxations" in r.outputs).map((r) => r.name)).toEqual([]);
});

import { AutoMode, ClusterAddons } from "../../../infra/index.js";
import type { AutoModePool } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { inputs, namesOf, planIn, resource, statements, VOLUMES_KEY } from "../support.js";
import { CLUSTER as EXISTING, clusterPlan, failuresIn, KEYS } from "./support.js";

const CLUSTER = "aws:eks/cluster:Cluster";
const ROLE = "aws:iam/role:Role";
const BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

describe("on, with node classes of one's own", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await clusterPlan({ autoMode: AutoMode.on(), permissionsBoundaryArn: BOUNDARY });
  });

  test("the three settings agree, and EKS installs nothing by itself", () => {
    expect(inputs(made, CLUSTER)).toMatchObject({
      computeConfig: { enabled: true, nodePools: [] },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { ipFamily: "ipv4", elasticLoadBalancing: { enabled: true } },
      bootstrapSelfManagedAddons: false,
    });
    // EKS refuses a role without a pool of its own.
    expect(inputs(made, CLUSTER)["computeConfig"]).not.toHaveProperty("nodeRoleArn");
  });

  test("no add-on that it has built in", () => {
    expect(namesOf(made, "aws:eks/addon:Addon")).toEqual([]);
  });

  test("the control plane's role has what it needs to start nodes, and the key of their disks", () => {
    expect(namesOf(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual([
      "prod-auto-node-role-AmazonEC2ContainerRegistryPullOnly",
      "prod-auto-node-role-AmazonEKSWorkerNodeMinimalPolicy",
      "prod-control-plane-role-AmazonEKSBlockStoragePolicyV2",
      "prod-control-plane-role-AmazonEKSClusterPolicy",
      "prod-control-plane-role-AmazonEKSComputePolicy",
      "prod-control-plane-role-AmazonEKSLoadBalancingPolicy",
      "prod-control-plane-role-AmazonEKSNetworkingPolicy",
    ]);
    const rights = statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"]);
    expect(rights.map(({ Sid, Resource, Condition }) => [Sid, Resource, Condition])).toEqual([
      ["UseVolumesKey", [VOLUMES_KEY], { StringEquals: { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" } }],
      ["GrantVolumesKey", [VOLUMES_KEY], { Bool: { "kms:GrantIsForAWSResource": "true" } }],
    ]);
    expect(statements(inputs(made, ROLE, "prod-control-plane-role")["assumeRolePolicy"])).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: { ArnLikeIfExists: { "aws:SourceArn": "arn:aws:eks:eu-west-1:111122223333:cluster/prod" } },
      },
    ]);
  });

  test("both roles have the boundary", () => {
    for (const role of ["prod-control-plane-role", "prod-auto-node-role"])
      expect(inputs(made, ROLE, role)["permissionsBoundary"]).toBe(BOUNDARY);
  });

  test("the nodes' role gets an entry of the type EC2, and the policy that lets nodes join", () => {
    expect(inputs(made, "aws:eks/accessEntry:AccessEntry")).toMatchObject({
      type: "EC2",
      principalArn: "<arn of role prod-auto-node-role>",
    });
    expect(inputs(made, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation")).toMatchObject({
      principalArn: "<arn of role prod-auto-node-role>",
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy",
      accessScope: { type: "cluster" },
    });
  });

  test("the cluster waits for both roles' policies", () => {
    const waits = resource(made, CLUSTER).dependencies.map((urn) => urn.split("::").at(-1));
    expect(waits).toEqual(
      expect.arrayContaining([
        "prod-control-plane-role-AmazonEKSComputePolicy",
        "prod-control-plane-role-policy",
        "prod-auto-node-role-AmazonEKSWorkerNodeMinimalPolicy",
      ]),
    );
  });

  test("our own rules find nothing to refuse but what an object inside the cluster settles", () => {
    expect(failuresIn(made)).toEqual([
      "eks-network-policy-engine-enabled fail prod computeConfig: cluster 'prod' enforces no network policy: Auto Mode enforces network policies only when the ConfigMap kube-system/amazon-vpc-cni asks for it",
    ]);
  });
});

test("pools of EKS's own name the role, and EKS makes the entry", async () => {
  const made = await clusterPlan({ autoMode: AutoMode.on({ builtInPools: ["system", "general-purpose"] }) });
  expect(inputs(made, CLUSTER)["computeConfig"]).toEqual({
    enabled: true,
    nodePools: ["system", "general-purpose"],
    nodeRoleArn: "<arn of role prod-auto-node-role>",
  });
  expect(namesOf(made, "aws:eks/accessEntry:AccessEntry")).toEqual([]);
});

test("tags of one's own need rights that AWS's policies lack, for this cluster's things", async () => {
  const made = await clusterPlan({ autoMode: AutoMode.on({ customTags: true }) });
  const rights = statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"]).slice(2);
  expect(rights.map(({ Sid }) => Sid)).toEqual([
    "TagCompute",
    "TagStorage",
    "TagNetworking",
    "TagLoadBalancers",
    "TagSecurityGroups",
  ]);
  for (const right of rights)
    expect(right.Condition?.["StringEquals"]).toEqual({
      "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}",
    });
  expect(rights[1]?.Resource).toEqual([
    "arn:aws:ec2:eu-west-1:111122223333:volume/*",
    "arn:aws:ec2:eu-west-1::snapshot/*",
  ]);
});

test("off is said to EKS, in all three settings", async () => {
  const made = await clusterPlan({ autoMode: AutoMode.off() });
  expect(inputs(made, CLUSTER)).toMatchObject({
    computeConfig: { enabled: false },
    storageConfig: { blockStorage: { enabled: false } },
    kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: false } },
  });
  expect(namesOf(made, "aws:eks/addon:Addon")).toHaveLength(3);
  expect(namesOf(made, ROLE)).toEqual(["prod-control-plane-role", "prod-vpc-cni-role"]);
});

test("refuses an unknown pool, and disks without a key", async () => {
  const { secretsKeyArn, logsKeyArn } = KEYS;
  const autoMode = AutoMode.on({ builtInPools: ["gpu" as AutoModePool] });
  const nodeAddons = { vpcCni: {} };
  await expect(clusterPlan({ autoMode, nodeAddons, keys: { secretsKeyArn, logsKeyArn } })).rejects.toThrow(
    [
      "  'autoMode.builtInPools[0]' must be a pool of EKS, got 'gpu'. Choose among general-purpose, system",
      "  'keys.volumesKeyArn' must be there with Auto Mode, got nothing. Pass all of the keys, as `new EncryptionKeys(...)` has them",
      `  'nodeAddons' must be left out with Auto Mode, which has these add-ons built in, got ["vpcCni"]. Leave it out`,
    ].join("\n"),
  );
});

describe("add-ons of a cluster with Auto Mode", () => {
  const cluster = {
    ...EXISTING,
    autoMode: {
      nodeRoleName: "n",
      nodeRoleArn: "arn:aws:iam::111122223333:role/n",
      securityGroupId: "sg-1",
      besideNodeGroups: false,
    },
  };

  test("are none by themselves, and those of choice", async () => {
    const none = await planIn(() => {
      new ClusterAddons("prod", { cluster, keys: KEYS });
    });
    expect(namesOf(none, "aws:eks/addon:Addon")).toEqual([]);
    const some = await planIn(() => {
      new ClusterAddons("prod", { cluster, keys: KEYS, addons: { metricsServer: {}, snapshotController: {} } });
    });
    expect(namesOf(some, "aws:eks/addon:Addon")).toEqual(["prod-metrics-server", "prod-snapshot-controller"]);
  });

  test("are none that it has built in", async () => {
    const addons = { ebsCsi: {}, nodeMonitoringAgent: {} };
    await expect(
      planIn(() => {
        new ClusterAddons("prod", { cluster, keys: KEYS, addons, coreDns: {} });
      }),
    ).rejects.toThrow(
      ["addons.ebsCsi", "addons.nodeMonitoringAgent", "coreDns"]
        .map((p) => `  '${p}' must be left out with Auto Mode, which has it built in, got 'settings'. Leave it out`)
        .join("\n"),
    );
  });
});

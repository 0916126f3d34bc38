/** What may be chosen, and what comes of it. */
import { Construct } from "constructs";
import { HardenedNamespace } from "../../constructs/index.js";
import {
  ApiAccess,
  Cidr,
  DeletionProtection,
  Egress,
  EndpointAccess,
  Principal,
  PullThrough,
  SecureCluster,
} from "../../index.js";
import type { AppContext } from "../../index.js";
import { Unknown } from "../../plan/index.js";
import { all, clusterPlan, inputs, objectNames, plainInputs, relaxationsIn, resource, waitsFor } from "./support.js";

class Shop extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new HardenedNamespace(this, "shop");
  }
}

const role = (name: string) => Principal.role(`arn:aws:iam::111122223333:role/${name}`);

test("people become personas: a group in the cloud, rights in the namespaces of applications", async () => {
  const plan = await clusterPlan((cluster) => cluster.deploy(Shop), {
    viewers: [role("support")],
    operators: [role("oncall")],
  });
  const entries = all(plan, "aws:eks/accessEntry:AccessEntry").map(plainInputs);
  expect(entries.map((e) => [e["principalArn"], e["kubernetesGroups"]])).toEqual([
    ["arn:aws:iam::111122223333:role/platform", []],
    ["arn:aws:iam::111122223333:role/oncall", ["ringfence:operator"]],
    ["arn:aws:iam::111122223333:role/support", ["ringfence:viewer"]],
  ]);
  expect(
    objectNames(plan)
      .filter((name) => /\/(cluster)?role(binding)?\//.test(name))
      .sort(),
  ).toEqual([
    "prod/clusterrole/ringfence-operator",
    "prod/clusterrole/ringfence-operator-cluster",
    "prod/clusterrole/ringfence-viewer",
    "prod/clusterrolebinding/ringfence-operator-cluster",
    "prod/shop/rolebinding/ringfence-operator",
    "prod/shop/rolebinding/ringfence-viewer",
  ]);
  const binding = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
  expect(inputs(plan, binding, "prod/shop/rolebinding/ringfence-viewer")).toMatchObject({
    metadata: { name: "ringfence-viewer", namespace: "shop" },
    subjects: [
      { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ringfence:viewer" },
      { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ringfence:viewer:shop" },
    ],
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "ringfence-viewer" },
  });
  // The namespace waits for the cluster's own objects, the role among them.
  expect(waitsFor(plan, "prod/shop/rolebinding/ringfence-viewer")).toEqual(["prod/namespace/shop"]);
  expect(waitsFor(plan, "prod/namespace/shop")).toContain("prod/clusterrole/ringfence-viewer");
});

test("what is relaxed is published with its reason, and done", async () => {
  const plan = await clusterPlan((cluster) => cluster.deploy(Shop), {
    apiAccess: ApiAccess.direct(),
    endpointAccess: EndpointAccess.publicFrom([Cidr.parse("203.0.113.0/24")], { reason: "runners of the partner" }),
    network: { egress: Egress.nat({ reason: "webhooks of the partner" }) },
    deletionProtection: DeletionProtection.off({ reason: "torn down every night" }),
  });
  expect(relaxationsIn(plan)).toEqual({
    "ringfence:infra:EncryptionKeys prod-keys": [{ choice: "DeletionProtection.off", reason: "torn down every night" }],
    "ringfence:infra:Network prod": [{ choice: "Egress.nat", reason: "webhooks of the partner" }],
    "ringfence:infra:Registry prod-registry": [{ choice: "DeletionProtection.off", reason: "torn down every night" }],
    "ringfence:infra:Cluster prod": [
      { choice: "DeletionProtection.off", reason: "torn down every night" },
      { choice: "EndpointAccess.publicFrom", reason: "runners of the partner" },
    ],
  });
  expect(inputs(plan, "aws:eks/cluster:Cluster")["vpcConfig"]).toMatchObject({
    endpointPublicAccess: true,
    publicAccessCidrs: ["203.0.113.0/24"],
  });
  expect(resource(plan, "kubernetes:core/v1:Namespace").options).not.toMatchObject({ protect: true });
  expect(resource(plan, "aws:eks/cluster:Cluster").options).not.toMatchObject({ protect: true });
});

test("every choice reaches its component", async () => {
  const plan = await clusterPlan(undefined, {
    clusterName: "shop-prod",
    kubernetesVersion: "1.35",
    serviceCidr: Cidr.parse("172.21.0.0/16"),
    addonVersions: { coredns: "v1.99.0-eksbuild.1", "vpc-cni": "v1.99.1-eksbuild.1" },
    keyAdministrators: [role("keys")],
    logRetentionDays: 731,
    features: ["nodes", "podIdentity", "bastion"],
    network: { vpcCidr: Cidr.parse("10.8.0.0/16"), zones: ["euw1-az1", "euw1-az2"] },
    nodes: { instanceTypes: ["m7g.large"], amiType: "BOTTLEROCKET_ARM_64", labels: { team: "shop" } },
    registry: { repositories: ["tools"], pullThrough: [PullThrough.quay()], approvedRegistries: ["quay.io/team"] },
    allowedActions: ["sqs:SendMessage"],
    tags: { team: "shop" },
  });
  expect(inputs(plan, "aws:eks/cluster:Cluster")).toMatchObject({
    name: "shop-prod",
    version: "1.35",
    kubernetesNetworkConfig: { serviceIpv4Cidr: "172.21.0.0/16" },
    tags: { team: "shop" },
  });
  expect(inputs(plan, "aws:eks/addon:Addon", "prod-addons-coredns")["addonVersion"]).toBe("v1.99.0-eksbuild.1");
  expect(inputs(plan, "aws:eks/addon:Addon", "prod-vpc-cni")["addonVersion"]).toBe("v1.99.1-eksbuild.1");
  expect(JSON.stringify(inputs(plan, "aws:kms/key:Key", "prod-keys-secrets")["policy"])).toContain("role/keys");
  expect(all(plan, "aws:cloudwatch/logGroup:LogGroup").map((r) => r.inputs["retentionInDays"])).toEqual([
    731, 731, 731,
  ]);
  expect(all(plan, "aws:ec2/vpcEndpoint:VpcEndpoint").map(({ name }) => name)).not.toContain(
    "prod-endpoint-secretsmanager",
  );
  expect(inputs(plan, "aws:ec2/vpc:Vpc")["cidrBlock"]).toBe("10.8.0.0/16");
  expect(all(plan, "aws:ec2/subnet:Subnet")).toHaveLength(8);
  expect(inputs(plan, "aws:eks/nodeGroup:NodeGroup")).toMatchObject({
    instanceTypes: ["m7g.large"],
    amiType: "BOTTLEROCKET_ARM_64",
    version: "1.35",
    labels: { team: "shop" },
  });
  expect(all(plan, "aws:ecr/repository:Repository").map((r) => r.inputs["name"])).toEqual(["tools"]);
  expect(
    all(plan, "aws:ecr/pullThroughCacheRule:PullThroughCacheRule").map(({ inputs: i }) => i["upstreamRegistryUrl"]),
  ).toEqual(["quay.io"]);
  const policies = all(plan, "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy");
  expect(JSON.stringify(policies.map(plainInputs))).toContain(
    "['111122223333.dkr.ecr.eu-west-1.amazonaws.com/', 'quay.io/team/']",
  );
  expect(JSON.stringify(inputs(plan, "aws:iam/policy:Policy")["policy"])).toContain("sqs:SendMessage");
  expect(objectNames(plan)).toContain("shop-prod/storageclass/encrypted");
});

test("a version whose standard support ends soon warns, with the day", async () => {
  const plan = await clusterPlan(undefined, { kubernetesVersion: "1.34", today: new Date("2026-11-21") });
  expect(plan.warnings).toContainEqual(expect.stringContaining("1.34 on 2026-12-02, in 11 days"));
});

test("a Region without listed zones is one clear error", async () => {
  await expect(clusterPlan(undefined, { region: "mars-north-1" })).rejects.toThrow(
    "SecureCluster 'prod':\n  'region' must be a Region whose zones are listed, got 'mars-north-1'",
  );
});

test("props may be Outputs, and the types say which props an application wants", async () => {
  interface Wanted extends AppContext {
    readonly host: string;
    readonly replicas?: number;
  }
  class Web extends Construct {
    constructor(
      scope: Construct,
      id: string,
      readonly props: Wanted,
    ) {
      super(scope, id);
    }
  }
  let host: string | undefined;
  const plan = await clusterPlan((cluster) => {
    host = cluster.deploy(Web, { host: cluster.endpoint }).construct.props.host;
    cluster.deploy(Web, { host: "shop.example.com", replicas: 3 }, { name: "second" });
    // @ts-expect-error: the host is not optional
    cluster.deploy(Web, {}, { name: "third" });
    // @ts-expect-error: a number cannot be an Output, since it may decide how many objects there are
    cluster.deploy(Web, { host: "x", replicas: cluster.endpoint }, { name: "fourth" });
    // @ts-expect-error: an administrator is named
    expect(() => new SecureCluster("nobody", { admins: [] })).toThrow("'admins' must name an administrator");
  });
  expect(host).toBe("${ringfence:prod.late-1}");
  expect(all(plan, "ringfence:blueprint:App").map(({ name }) => name)).toEqual([
    "prod-web",
    "prod-second",
    "prod-third",
    "prod-fourth",
  ]);
  expect(resource(plan, "pulumi:providers:kubernetes").inputs["kubeconfig"]).toBeInstanceOf(Unknown);
});

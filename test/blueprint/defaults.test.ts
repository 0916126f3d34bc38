/** What a cluster is when nobody says anything but who administers it. */
import { Construct } from "constructs";
import { HardenedNamespace } from "../../constructs/index.js";
import type { ClusterContract } from "../../index.js";
import type { Plan } from "../../plan/index.js";
import { all, clusterPlan, inputs, objectNames, plainInputs, relaxationsIn, resource, waitsFor } from "./support.js";

class Shop extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new HardenedNamespace(this, "shop");
  }
}

let plan: Plan;
let contract: ClusterContract | undefined;

beforeAll(async () => {
  plan = await clusterPlan((cluster) => {
    ({ contract } = cluster);
    cluster.deploy(Shop);
  });
});

test("it is made of these components", () => {
  const components = plan.resources.filter(({ custom }) => !custom).map(({ type, name }) => `${type} ${name}`);
  expect(components.sort()).toEqual([
    "ringfence:blueprint:App prod-shop",
    "ringfence:blueprint:SecureCluster prod",
    "ringfence:infra:Access prod-access",
    "ringfence:infra:Bastion prod-bastion",
    "ringfence:infra:Cluster prod",
    "ringfence:infra:ClusterAddons prod-addons",
    "ringfence:infra:ClusterAlarms prod-alarms",
    "ringfence:infra:EncryptionKeys prod-keys",
    "ringfence:infra:Network prod",
    "ringfence:infra:NodeGroup prod-nodes",
    "ringfence:infra:PermissionsBoundary prod-boundary",
    "ringfence:infra:Registry prod-registry",
  ]);
});

test("every role is within the permissions boundary", () => {
  const roles = all(plan, "aws:iam/role:Role");
  expect(roles.map(({ name }) => name).sort()).toEqual([
    "prod-addons-ebs-csi-role",
    "prod-bastion-role",
    "prod-control-plane-role",
    "prod-flow-logs-role",
    "prod-nodes-role",
    "prod-registry-cache-role",
    "prod-vpc-cni-role",
  ]);
  expect(new Set(roles.map((r) => plainInputs(r)["permissionsBoundary"]))).toEqual(
    new Set(["<arn of policy prod-boundary>"]),
  );
});

test("the VPC has an endpoint for what is switched on", () => {
  const services = all(plan, "aws:ec2/vpcEndpoint:VpcEndpoint").map((r) => plainInputs(r)["serviceName"] as string);
  expect(services.map((service) => service.replace("com.amazonaws.eu-west-1.", "")).sort()).toEqual([
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticloadbalancing",
    "logs",
    "s3",
    "secretsmanager",
    "ssm",
    "ssmmessages",
    "sts",
  ]);
});

test("nodes wait for the add-ons that let them join and for the endpoints; CoreDNS waits for nodes", () => {
  expect(waitsFor(plan, "prod-nodes")).toEqual(
    expect.arrayContaining(["prod-vpc-cni", "prod-kube-proxy", "prod-eks-pod-identity-agent", "prod-endpoint-ecr.api"]),
  );
  expect(waitsFor(plan, "prod-addons-coredns")).toContain("prod-nodes");
});

test("what lies inside waits for an administrator's way in, for DNS and for disks", () => {
  expect(waitsFor(plan, "prod-kubernetes")).toEqual(
    expect.arrayContaining(["prod-access-platform-policy", "prod-addons-coredns", "prod-addons-aws-ebs-csi-driver"]),
  );
});

test("the provider keeps its identity, and holds no token", () => {
  const provider = resource(plan, "pulumi:providers:kubernetes");
  expect(provider.inputs["clusterIdentifier"]).toBe("prod");
  expect(JSON.stringify(provider.inputs)).not.toMatch(/"token"/);
});

test("the contract names addresses, and holds tokens for what AWS decides", () => {
  expect(contract).toEqual({
    clusterName: "prod",
    kubernetesVersion: "1.36",
    region: "eu-west-1",
    accountId: "${ringfence:prod.account-id}",
    vpcCidrs: ["10.0.0.0/16"],
    podCidrs: ["10.0.0.0/19", "10.0.32.0/19", "10.0.64.0/19"],
    controlPlaneCidrs: ["10.0.224.128/28", "10.0.228.128/28", "10.0.232.128/28"],
    endpointCidrs: ["10.0.224.0/26", "10.0.228.0/26", "10.0.232.0/26"],
    loadBalancerCidrs: ["10.0.224.192/26", "10.0.228.192/26", "10.0.232.192/26"],
    serviceCidr: "172.20.0.0/16",
    registryHost: "${ringfence:prod.registry-host}",
    storageClassName: "encrypted",
    keyArns: {
      secrets: "${ringfence:prod.key-secrets}",
      logs: "${ringfence:prod.key-logs}",
      volumes: "${ringfence:prod.key-volumes}",
      registry: "${ringfence:prod.key-registry}",
    },
  });
});

test("disks are encrypted with the key for volumes", () => {
  expect(inputs(plan, "kubernetes:storage.k8s.io/v1:StorageClass")["parameters"]).toEqual({
    type: "gp3",
    encrypted: "true",
    kmsKeyId: "<arn of key prod-keys-volumes>",
  });
});

test("pods take images from the private registry only", () => {
  const policy = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
  const { spec } = inputs(plan, policy, "prod/validatingadmissionpolicy/ringfence-images") as {
    spec: { variables: { name: string; expression: string }[] };
  };
  expect(spec.variables.find(({ name }) => name === "registries")?.expression).toBe(
    "['111122223333.dkr.ecr.eu-west-1.amazonaws.com/']",
  );
});

test("nothing is relaxed, and no persona has rights without members", () => {
  expect(relaxationsIn(plan)).toEqual({});
  expect(
    objectNames(plan)
      .filter((name) => /role|binding/.test(name))
      .sort(),
  ).toEqual([
    "prod/validatingadmissionpolicybinding/ringfence-images",
    "prod/validatingadmissionpolicybinding/ringfence-pod-security",
  ]);
});

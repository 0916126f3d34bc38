/** The thirteen controls that a newcomer gets without asking, on the plan of the shortest program, and with each preset. */
import { Preset } from "../../index.js";
import type { SecureClusterArgs } from "../../index.js";
import type { Plan } from "../../plan/index.js";
import { all, clusterPlan, inputs, plainInputs, resource, waitsFor } from "./support.js";

const CLUSTER = "aws:eks/cluster:Cluster";
const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

interface Size {
  readonly of: string;
  readonly args: Partial<SecureClusterArgs>;
  readonly zones: readonly string[];
}

describe.each<Size>([
  { of: "the defaults", args: {}, zones: ["az1", "az2", "az3"] },
  { of: "Preset.production()", args: Preset.production(), zones: ["az1", "az2", "az3"] },
  { of: "Preset.sandbox()", args: Preset.sandbox(), zones: ["az1", "az2"] },
])("with $of", ({ args, zones }) => {
  let plan: Plan;

  beforeAll(async () => {
    plan = await clusterPlan(() => undefined, args);
  });

  test("1. the API is open to nobody outside the VPC", () => {
    expect(inputs(plan, CLUSTER)["vpcConfig"]).toMatchObject({
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    });
    expect(inputs(plan, CLUSTER)["vpcConfig"]).not.toHaveProperty("publicAccessCidrs");
  });

  test("2. the audit log is on, with the other four", () => {
    expect(inputs(plan, CLUSTER)["enabledClusterLogTypes"]).toEqual([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
  });

  test("3. every log is kept for a finite time, under a customer key, and the cluster's exists before the cluster", () => {
    const groups = all(plan, "aws:cloudwatch/logGroup:LogGroup").map(plainInputs);
    expect(groups.map(({ retentionInDays, kmsKeyId }) => [retentionInDays, kmsKeyId])).toEqual([
      [365, "<arn of key prod-keys-logs>"],
      [365, "<arn of key prod-keys-logs>"],
      [365, "<arn of key prod-keys-logs>"],
    ]);
    expect(resource(plan, "aws:cloudwatch/logGroup:LogGroup", "prod-logs").inputs["name"]).toBe(
      "/aws/eks/prod/cluster",
    );
    expect(waitsFor(plan, "prod")).toContain("prod-logs");
  });

  test("4. Secrets are encrypted with a customer key that rotates", () => {
    expect(inputs(plan, CLUSTER)["encryptionConfig"]).toEqual({
      provider: { keyArn: "<arn of key prod-keys-secrets>" },
      resources: ["secrets"],
    });
    const keys = all(plan, "aws:kms/key:Key").map(({ name, inputs: key }) => [name, key["enableKeyRotation"]]);
    expect(keys.sort()).toEqual([
      ["prod-keys-logs", true],
      ["prod-keys-registry", true],
      ["prod-keys-secrets", true],
      ["prod-keys-volumes", true],
    ]);
  });

  test("5. people enter by access entries alone", () => {
    expect(inputs(plan, CLUSTER)["accessConfig"]).toMatchObject({ authenticationMode: "API" });
  });

  test("6. nobody is an administrator by implication", () => {
    expect(inputs(plan, CLUSTER)["accessConfig"]).toMatchObject({ bootstrapClusterCreatorAdminPermissions: false });
    const entries = all(plan, "aws:eks/accessEntry:AccessEntry").map(plainInputs);
    expect(entries.map(({ principalArn }) => principalArn)).toEqual(["arn:aws:iam::111122223333:role/platform"]);
  });

  test("7. instance metadata takes version 2 alone, one hop away", () => {
    const machines = [...all(plan, LAUNCH_TEMPLATE), ...all(plan, INSTANCE)].map(plainInputs);
    expect(machines.map(({ metadataOptions }) => metadataOptions)).toMatchObject([
      { httpTokens: "required", httpPutResponseHopLimit: 1 },
      { httpTokens: "required", httpPutResponseHopLimit: 1 },
    ]);
  });

  test("8. every disk of a node is encrypted with a customer key", () => {
    const mappings = inputs(plan, LAUNCH_TEMPLATE)["blockDeviceMappings"] as { deviceName: string; ebs: object }[];
    expect(mappings.map(({ deviceName }) => deviceName)).toEqual(["/dev/xvda", "/dev/xvdb"]);
    for (const { ebs } of mappings)
      expect(ebs).toMatchObject({ encrypted: "true", kmsKeyId: "<arn of key prod-keys-volumes>" });
  });

  test("9. nodes have no public address, and no way to or from the internet", () => {
    const subnets = all(plan, "aws:ec2/subnet:Subnet");
    expect(subnets).toHaveLength(4 * zones.length);
    expect(subnets.filter(({ inputs: subnet }) => subnet["mapPublicIpOnLaunch"] !== false)).toEqual([]);
    expect(inputs(plan, "aws:eks/nodeGroup:NodeGroup")["subnetIds"]).toEqual(
      zones.map((zone) => `<id of subnet prod-node-euw1-${zone}>`),
    );
    expect(all(plan, "aws:ec2/internetGateway:InternetGateway")).toEqual([]);
    expect(all(plan, "aws:ec2/natGateway:NatGateway")).toEqual([]);
  });

  test("10. the VPC logs all its traffic", () => {
    expect(inputs(plan, "aws:ec2/flowLog:FlowLog")).toMatchObject({
      vpcId: "<id of vpc prod-vpc>",
      trafficType: "ALL",
    });
  });

  test("11. neither AWS nor Pulumi deletes the cluster", () => {
    expect(inputs(plan, CLUSTER)["deletionProtection"]).toBe(true);
    expect(resource(plan, CLUSTER).options.protect).toBe(true);
  });

  test("12. traffic is denied both ways where nobody allowed it, by an engine that is switched on", () => {
    expect(inputs(plan, NETWORK_POLICY, "prod/default/networkpolicy/default-deny")).toMatchObject({
      metadata: { name: "default-deny", namespace: "default" },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
    const cni = inputs(plan, "aws:eks/addon:Addon", "prod-vpc-cni")["configurationValues"];
    expect(JSON.parse(String(cni))).toMatchObject({ enableNetworkPolicy: "true" });
  });

  test("13. Pod Security is restricted where Kubernetes has no level, and no namespace may be made without one", () => {
    const { metadata } = inputs(plan, "kubernetes:core/v1:NamespacePatch") as { metadata: Record<string, unknown> };
    expect(metadata).toEqual({
      name: "default",
      labels: {
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.36",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "v1.36",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "v1.36",
      },
    });
    const binding = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding";
    expect(inputs(plan, binding, "prod/validatingadmissionpolicybinding/ringfence-pod-security")).toMatchObject({
      spec: { policyName: "ringfence-pod-security", validationActions: ["Deny"] },
    });
  });
});

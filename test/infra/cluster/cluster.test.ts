import * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../../core/cidr.js";
import { ClusterLogs, DeletionProtection, EndpointAccess, SupportPolicy, UpgradeChecks } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, LOGS_KEY, namesOf, resource, SECRETS_KEY, statements, waitsFor } from "../support.js";
import { clusterPlan as plan } from "./support.js";

const CLUSTER = "aws:eks/cluster:Cluster";

describe("by default", () => {
  let made: Plan;
  let cluster: Record<string, unknown>;
  beforeAll(async () => {
    made = await plan();
    cluster = inputs(made, CLUSTER);
  });

  test("the API has a private endpoint and no public one", () => {
    expect(cluster["vpcConfig"]).toEqual({
      subnetIds: ["subnet-control-plane-1", "subnet-control-plane-2"],
      securityGroupIds: ["<id of securityGroup prod-control-plane>"],
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      controlPlaneEgressMode: "AWS_MANAGED",
    });
  });

  test("all five logs are written", () => {
    expect(cluster["enabledClusterLogTypes"]).toEqual([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
  });

  test("the log group is there before the cluster, encrypted, and forgets after a year", () => {
    expect(inputs(made, "aws:cloudwatch/logGroup:LogGroup")).toMatchObject({
      name: "/aws/eks/prod/cluster",
      retentionInDays: 365,
      kmsKeyId: LOGS_KEY,
    });
    expect(waitsFor(made, CLUSTER)).toContain("prod-logs");
  });

  test("Secrets are under the customer key", () => {
    expect(cluster["encryptionConfig"]).toEqual({ provider: { keyArn: SECRETS_KEY }, resources: ["secrets"] });
  });

  test("access is by access entries only, and nobody has it implicitly", () => {
    expect(cluster["accessConfig"]).toEqual({
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: false,
    });
  });

  test("EKS installs no add-ons of its own", () => {
    expect(cluster["bootstrapSelfManagedAddons"]).toBe(false);
  });

  test("EKS and Pulumi both refuse to delete it", () => {
    expect(cluster["deletionProtection"]).toBe(true);
    expect(resource(made, CLUSTER).options.protect).toBe(true);
  });

  test("support is standard, so that no version lingers for money", () => {
    expect(cluster["upgradePolicy"]).toEqual({ supportType: "STANDARD" });
  });

  test("zonal shift is on", () => {
    expect(cluster["zonalShiftConfig"]).toEqual({ enabled: true });
  });

  test("name, version and service addresses are set", () => {
    expect(cluster).toMatchObject({
      name: "prod",
      version: "1.36",
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
    });
  });

  test("EKS may assume the role for this cluster only", () => {
    expect(statements(inputs(made, "aws:iam/role:Role", "prod-control-plane-role")["assumeRolePolicy"])).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:eks:eu-west-1:111122223333:cluster/prod" } },
      },
    ]);
  });

  test("the control plane's group lets nobody in by itself", () => {
    expect(inputs(made, "aws:ec2/securityGroup:SecurityGroup")).not.toHaveProperty("ingress");
    expect(namesOf(made, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")).toEqual([]);
  });

  test("the add-ons that nodes need are pinned, and CoreDNS is not among them", () => {
    const addons = made.resources.filter((r) => r.type === "aws:eks/addon:Addon").map((r) => r.inputs);
    expect(addons.map((a) => [a["addonName"], a["addonVersion"]])).toEqual(
      expect.arrayContaining([
        ["vpc-cni", "v1.22.4-eksbuild.3"],
        ["kube-proxy", "v1.36.0-eksbuild.21"],
        ["eks-pod-identity-agent", "v1.3.10-eksbuild.3"],
      ]),
    );
    expect(addons).toHaveLength(3);
  });

  test("the VPC CNI enforces network policies and has an identity of its own", () => {
    const cni = inputs(made, "aws:eks/addon:Addon", "prod-vpc-cni");
    expect(JSON.parse(cni["configurationValues"] as string)).toEqual({
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    });
    expect(cni["podIdentityAssociations"]).toEqual([
      { roleArn: "<arn of role prod-vpc-cni-role>", serviceAccount: "aws-node" },
    ]);
    expect(
      inputs(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "prod-vpc-cni-role-AmazonEKS_CNI_Policy"),
    ).toEqual({ role: "<name of role prod-vpc-cni-role>", policyArn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy" });
  });

  test("only the VPC CNI of this cluster may use that identity", () => {
    expect(statements(inputs(made, "aws:iam/role:Role", "prod-vpc-cni-role")["assumeRolePolicy"])).toEqual([
      {
        Sid: "PodIdentity",
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-arn": "<arn of cluster prod>",
            "aws:RequestTag/kubernetes-namespace": "kube-system",
            "aws:RequestTag/kubernetes-service-account": "aws-node",
          },
          StringEqualsIfExists: { "aws:SourceAccount": "111122223333" },
          ArnEqualsIfExists: { "aws:SourceArn": "<arn of cluster prod>" },
        },
      },
    ]);
  });

  test("settings of the control plane that nobody chose are not mentioned", () => {
    for (const name of [
      "computeConfig",
      "controlPlaneScalingConfig",
      "forceUpdateVersion",
      "kubeApiServerConfig",
      "kubeControllerManagerConfig",
      "kubeSchedulerConfig",
      "remoteNetworkConfig",
      "storageConfig",
    ])
      expect(cluster).not.toHaveProperty(name);
  });

  test("our own rules find nothing in it but a VPC that is somebody else's", () => {
    expect(findingsIn(made)).toEqual([
      "eks-not-in-default-vpc unknown prod vpcConfig.subnetIds[0]: the VPC of cluster 'prod' is not known from this plan",
      "eks-not-in-default-vpc unknown prod vpcConfig.subnetIds[1]: the VPC of cluster 'prod' is not known from this plan",
    ]);
  });

  test("it publishes no relaxation", () => {
    expect(resource(made, "ringfence:infra:Cluster").outputs).not.toHaveProperty("relaxations");
  });
});

test("settings of one's own lie over those of the nodes' add-ons", async () => {
  const made = await plan({
    nodeAddons: {
      vpcCni: { configuration: { env: { WARM_PREFIX_TARGET: "2", WARM_IP_TARGET: "5" } }, conflicts: "preserve" },
      kubeProxy: { configuration: { mode: "nftables" } },
      podIdentityAgent: { preserve: true },
    },
  });
  const addon = (name: string) => inputs(made, "aws:eks/addon:Addon", name);
  expect(JSON.parse(addon("prod-vpc-cni")["configurationValues"] as string)).toEqual({
    enableNetworkPolicy: "true",
    env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "2", WARM_IP_TARGET: "5" },
  });
  expect(addon("prod-vpc-cni")["resolveConflictsOnUpdate"]).toBe("PRESERVE");
  expect(addon("prod-kube-proxy")["configurationValues"]).toBe('{"mode":"nftables"}');
  expect(addon("prod-eks-pod-identity-agent")["preserve"]).toBe(true);
});

describe("relaxed", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan({
      endpointAccess: EndpointAccess.publicFrom([Cidr.parse("203.0.113.0/24")], { reason: "CI runs at the partner's" }),
      deletionProtection: DeletionProtection.off({ reason: "torn down every night" }),
      logs: ClusterLogs.without(["api", "scheduler"], { reason: "the bill of a test account" }),
      support: SupportPolicy.extended({ reason: "a driver is not ready until spring" }),
      upgradeChecks: UpgradeChecks.overridden({ reason: "the check looks at a namespace that is gone" }),
      zonalShift: false,
    });
  });

  test("logs, support, readiness checks and zonal shift are as chosen", () => {
    expect(inputs(made, CLUSTER)).toMatchObject({
      enabledClusterLogTypes: ["audit", "authenticator", "controllerManager"],
      upgradePolicy: { supportType: "EXTENDED" },
      forceUpdateVersion: true,
      zonalShiftConfig: { enabled: false },
    });
  });

  test("the API is open to the named addresses, and to the VPC still", () => {
    expect(inputs(made, CLUSTER)["vpcConfig"]).toMatchObject({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
    });
  });

  test("the cluster can be deleted", () => {
    expect(inputs(made, CLUSTER)["deletionProtection"]).toBe(false);
    expect(resource(made, CLUSTER).options.protect ?? false).toBe(false);
  });

  test("both choices are recorded with their reasons", () => {
    expect(resource(made, "ringfence:infra:Cluster").outputs["relaxations"]).toEqual([
      { choice: "DeletionProtection.off", reason: "torn down every night" },
      { choice: "EndpointAccess.publicFrom", reason: "CI runs at the partner's" },
      { choice: "ClusterLogs.without", reason: "the bill of a test account" },
      { choice: "SupportPolicy.extended", reason: "a driver is not ready until spring" },
      { choice: "UpgradeChecks.overridden", reason: "the check looks at a namespace that is gone" },
    ]);
  });
});

describe("refuses", () => {
  test("every problem at once", async () => {
    const everybody = EndpointAccess.publicFrom([Cidr.parse("0.0.0.0/0")], { reason: "it is easier this way" });
    await expect(
      plan({
        clusterName: "-prod",
        kubernetesVersion: "1.33",
        serviceCidr: Cidr.parse("10.0.0.0/16"),
        endpointAccess: everybody,
        logRetentionDays: 366,
      }),
    ).rejects.toThrow(
      [
        "Cluster 'prod':",
        "  'clusterName' must be a name that EKS accepts, got '-prod'. Use up to 100 letters, digits, hyphens and underscores, a letter or digit first",
        "  'kubernetesVersion' must be in standard support, which ended on 2026-07-29, got '1.33'. EKS supports 1.34, 1.35, 1.36, 1.37",
        "  'serviceCidr' must not overlap the VPC's 10.0.0.0/16, got '10.0.0.0/16'. Use '172.20.0.0/16': pods cannot reach addresses that both claim",
        "  'endpointAccess.publicCidrs[0]' must be no wider than /16, got '0.0.0.0/0'. Name the addresses of your VPN or your runners, or keep the endpoint private",
        "  'logRetentionDays' must be a retention that CloudWatch Logs accepts, got 366.",
      ].join("\n"),
    );
  });

  test("keys that are none", async () => {
    const alias = "arn:aws:kms:eu-west-1:111122223333:alias/prod";
    await expect(plan({ keys: { secretsKeyArn: alias, logsKeyArn: LOGS_KEY } })).rejects.toThrow(
      `'keys.secretsKeyArn' must be the ARN of a key, got '${alias}'.`,
    );
  });

  test("a version for which no add-ons are pinned, unless they are named", async () => {
    await expect(plan({ kubernetesVersion: "1.37" })).rejects.toThrow(
      "'addonVersions.kube-proxy' must be named: no version is pinned for 1.37, got nothing. Read it with `aws eks describe-addon-versions --kubernetes-version 1.37 --addon-name kube-proxy`",
    );
    const made = await plan({
      kubernetesVersion: "1.37",
      addonVersions: {
        "vpc-cni": "v1.22.4-eksbuild.3",
        "kube-proxy": "v1.37.0-eksbuild.2",
        "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
      },
    });
    expect(inputs(made, "aws:eks/addon:Addon", "prod-kube-proxy")["addonVersion"]).toBe("v1.37.0-eksbuild.2");
  });
});

test("warns while the version's support runs out", async () => {
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
  await plan({ kubernetesVersion: "1.35", today: new Date("2027-03-01") });
  expect(warn.mock.calls.map(([message]) => message)).toEqual([
    "EKS ends standard support of Kubernetes 1.35 on 2027-03-27, in 26 days. EKS supports 1.35, 1.36, 1.37",
  ]);
  warn.mockRestore();
});

test("nobody cannot be spelled as everybody", () => {
  // @ts-expect-error: at least one block
  expect(EndpointAccess.publicFrom([], { reason: "it compiles only here" }).isPublic).toBe(false);
});

import { ClusterAddons } from "../../../infra/index.js";
import type { AddonChoices, ClusterAddonsArgs } from "../../../infra/index.js";
import { planOf } from "../../../plan/index.js";
import type { Plan } from "../../../plan/index.js";
import { inputs, namesOf, planIn, statements, VOLUMES_KEY, waitsFor } from "../support.js";
import { CLUSTER, failuresIn, KEYS } from "./support.js";

const ADDON = "aws:eks/addon:Addon";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const FILES = "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0";
const ZONE = "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ";
const BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

const plan = (args: Partial<ClusterAddonsArgs> = {}) =>
  planIn(() => {
    new ClusterAddons("prod", { cluster: CLUSTER, keys: KEYS, ...args });
  });

const configuration = (made: Plan, name: string): unknown => {
  const text = inputs(made, ADDON, name)["configurationValues"];
  return text === undefined ? undefined : JSON.parse(text as string);
};

const EVERYTHING: AddonChoices = {
  ebsCsi: {},
  efsCsi: { fileSystemArns: [FILES] },
  snapshotController: {},
  metricsServer: {},
  nodeMonitoringAgent: {},
  guardDutyAgent: {},
  certManager: { hostedZoneArns: [ZONE] },
  externalDns: { hostedZoneArns: [ZONE], domains: ["example.com"] },
  kubeStateMetrics: {},
  nodeExporter: {},
};

describe("by default", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan();
  });

  test("CoreDNS and volumes, at pinned versions, and what somebody changed is set back", () => {
    expect(namesOf(made, ADDON)).toEqual(["prod-aws-ebs-csi-driver", "prod-coredns"]);
    expect(inputs(made, ADDON, "prod-coredns")).toEqual({
      clusterName: "prod",
      addonName: "coredns",
      addonVersion: "v1.14.3-eksbuild.16",
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      tags: { Name: "prod-coredns" },
    });
    expect(inputs(made, ADDON, "prod-aws-ebs-csi-driver")["addonVersion"]).toBe("v1.63.1-eksbuild.1");
  });

  test("the EBS CSI driver has the rights of its cluster's volumes, and one key, through EC2", () => {
    expect(inputs(made, ADDON, "prod-aws-ebs-csi-driver")["podIdentityAssociations"]).toEqual([
      { roleArn: "<arn of role prod-ebs-csi-role>", serviceAccount: "ebs-csi-controller-sa" },
    ]);
    expect(namesOf(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual([
      "prod-ebs-csi-role-AmazonEBSCSIDriverEKSClusterScopedPolicy",
    ]);
    expect(statements(inputs(made, POLICY)["policy"])).toEqual([
      {
        Sid: "UseVolumesKey",
        Effect: "Allow",
        Action: [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ],
        Resource: [VOLUMES_KEY],
        Condition: { StringEquals: { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" } },
      },
      {
        Sid: "GrantVolumesKey",
        Effect: "Allow",
        Action: ["kms:CreateGrant"],
        Resource: [VOLUMES_KEY],
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]);
  });

  test("our own rules find nothing to refuse", () => {
    expect(failuresIn(made)).toEqual([]);
  });
});

describe("with everything", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan({ addons: EVERYTHING, permissionsBoundaryArn: BOUNDARY });
  });

  test("each add-on is there at its pinned version", () => {
    const versions = namesOf(made, ADDON).map((name) => {
      const { addonName, addonVersion } = inputs(made, ADDON, name);
      return `${String(addonName)} ${String(addonVersion)}`;
    });
    expect(versions).toEqual([
      "aws-ebs-csi-driver v1.63.1-eksbuild.1",
      "aws-efs-csi-driver v3.4.2-eksbuild.1",
      "aws-guardduty-agent v1.15.0-eksbuild.2",
      "cert-manager v1.21.0-eksbuild.2",
      "coredns v1.14.3-eksbuild.16",
      "eks-node-monitoring-agent v1.7.0-eksbuild.1",
      "external-dns v0.21.0-eksbuild.6",
      "kube-state-metrics v2.19.1-eksbuild.2",
      "metrics-server v0.9.0-eksbuild.11",
      "prometheus-node-exporter v1.11.1-eksbuild.7",
      "snapshot-controller v8.6.0-eksbuild.6",
    ]);
  });

  test("exactly those that call AWS have a role, each its own, with the boundary", () => {
    expect(namesOf(made, ROLE)).toEqual([
      "prod-cert-manager-role",
      "prod-ebs-csi-role",
      "prod-efs-csi-node-role",
      "prod-efs-csi-role",
      "prod-external-dns-role",
    ]);
    for (const role of namesOf(made, ROLE)) {
      expect(inputs(made, ROLE, role)["permissionsBoundary"]).toBe(BOUNDARY);
      expect(statements(inputs(made, ROLE, role)["assumeRolePolicy"])[0]?.Condition?.["StringEquals"]).toMatchObject({
        "aws:RequestTag/eks-cluster-arn": CLUSTER.arn,
      });
    }
  });

  test("service accounts that EKS does not know as the add-on's get their role beside it, first", () => {
    const type = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
    const accounts = namesOf(made, type).map((name) => {
      const { namespace, serviceAccount, roleArn } = inputs(made, type, name);
      return [namespace, serviceAccount, roleArn].join(" ");
    });
    expect(accounts).toEqual([
      "cert-manager cert-manager <arn of role prod-cert-manager-role>",
      "kube-system efs-csi-node-sa <arn of role prod-efs-csi-node-role>",
    ]);
    expect(waitsFor(made, ADDON, "prod-aws-efs-csi-driver")).toEqual(
      expect.arrayContaining(["prod-efs-csi-node", "prod-efs-csi-role-policy"]),
    );
  });

  test("EFS is limited to the named file systems, and to access points that the driver made", () => {
    const rights = statements(inputs(made, POLICY, "prod-efs-csi-role-policy")["policy"]);
    expect(rights.map(({ Action, Resource, Condition }) => [Action, Resource, Condition])).toEqual([
      [["elasticfilesystem:DescribeFileSystems", "elasticfilesystem:DescribeMountTargets"], [FILES], undefined],
      [
        ["elasticfilesystem:DescribeAccessPoints"],
        [FILES, "arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/*"],
        undefined,
      ],
      [["ec2:DescribeAvailabilityZones"], ["*"], undefined],
      [
        ["elasticfilesystem:CreateAccessPoint"],
        [FILES],
        { StringEquals: { "aws:RequestTag/efs.csi.aws.com/cluster": "true" } },
      ],
      [
        ["elasticfilesystem:TagResource"],
        [FILES, "arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/*"],
        {
          StringEquals: {
            "elasticfilesystem:CreateAction": "CreateAccessPoint",
            "aws:RequestTag/efs.csi.aws.com/cluster": "true",
          },
        },
      ],
      [
        ["elasticfilesystem:DeleteAccessPoint"],
        ["arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/*"],
        { StringEquals: { "aws:ResourceTag/efs.csi.aws.com/cluster": "true" } },
      ],
    ]);
  });

  test("what writes to Route 53 writes to the named zones, cert-manager nothing but TXT", () => {
    const written = (role: string) =>
      statements(inputs(made, POLICY, `${role}-policy`)["policy"])
        .filter(({ Action }) => Action.includes("route53:ChangeResourceRecordSets"))
        .map(({ Resource, Condition }) => [Resource, Condition]);
    expect(written("prod-external-dns-role")).toEqual([[[ZONE], undefined]]);
    expect(written("prod-cert-manager-role")).toEqual([
      [[ZONE], { "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"] } }],
    ]);
  });

  test("ExternalDNS owns its records by the cluster's name and deletes none", () => {
    expect(configuration(made, "prod-external-dns")).toEqual({
      txtOwnerId: "prod",
      policy: "upsert-only",
      domainFilters: ["example.com"],
    });
  });

  test("the snapshot controller is there before the EBS driver, which looks once", () => {
    expect(waitsFor(made, ADDON, "prod-aws-ebs-csi-driver")).toContain("prod-snapshot-controller");
  });

  test("our own rules find nothing to refuse", () => {
    expect(failuresIn(made)).toEqual([]);
  });
});

test("settings of one's own lie over those of Ringfence; conflicts and removal as chosen", async () => {
  const made = await plan({
    coreDns: { configuration: { replicaCount: 3 }, conflicts: "preserve", preserve: true },
    addons: {
      externalDns: { hostedZoneArns: [ZONE], policy: "sync", configuration: { txtOwnerId: "mine", env: [] } },
      metricsServer: { conflicts: "none", configuration: { resources: { limits: { memory: "400Mi" } } } },
    },
  });
  expect(configuration(made, "prod-coredns")).toEqual({ replicaCount: 3 });
  expect(inputs(made, ADDON, "prod-coredns")).toMatchObject({
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "PRESERVE",
    preserve: true,
  });
  expect(configuration(made, "prod-external-dns")).toEqual({ txtOwnerId: "mine", policy: "sync", env: [] });
  expect(inputs(made, ADDON, "prod-metrics-server")).toMatchObject({
    resolveConflictsOnCreate: "NONE",
    resolveConflictsOnUpdate: "NONE",
  });
});

test("the EBS driver may be given the volumes of the whole account", async () => {
  const made = await plan({ addons: { ebsCsi: { scope: "account" } } });
  expect(namesOf(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual([
    "prod-ebs-csi-role-AmazonEBSCSIDriverPolicyV2",
  ]);
});

test("cert-manager without zones has no rights in AWS", async () => {
  const made = await plan({ addons: { certManager: {} } });
  expect(namesOf(made, ROLE)).toEqual([]);
  expect(namesOf(made, ADDON)).toEqual(["prod-cert-manager", "prod-coredns"]);
});

test.each([
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
])("in %s every ARN and endpoint is of its partition", async (region, partition, suffix) => {
  const cluster = { ...CLUSTER, arn: `arn:${partition}:eks:${region}:111122223333:cluster/prod` };
  const zone = `arn:${partition}:route53:::hostedzone/Z0123456789ABCDEFGHIJ`;
  const fileSystem = `arn:${partition}:elasticfilesystem:${region}:111122223333:file-system/fs-0123456789abcdef0`;
  const keys = { volumesKeyArn: `arn:${partition}:kms:${region}:111122223333:key/1` };
  const addons: AddonChoices = {
    ebsCsi: {},
    efsCsi: { fileSystemArns: [fileSystem] },
    certManager: { hostedZoneArns: [zone] },
    externalDns: { hostedZoneArns: [zone] },
  };
  const made = await planOf(
    () => {
      new ClusterAddons("prod", { cluster, keys, addons });
    },
    {
      config: { "aws:region": region },
    },
  );
  const text = JSON.stringify(made.resources.map(({ inputs: given }) => given));
  expect(text).not.toContain("arn:aws:");
  expect(text).toContain(`ec2.${region}.${suffix}`);
  expect(text).toContain(`arn:${partition}:iam::aws:policy/AmazonEBSCSIDriverEKSClusterScopedPolicy`);
  expect(text).toContain(`arn:${partition}:route53:::change/*`);
});

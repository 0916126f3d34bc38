import { ClusterAddons } from "../../../infra/index.js";
import type { ClusterAddonsArgs } from "../../../infra/index.js";
import { CLUSTER_ARN, inputs, namesOf, planIn, statements, VOLUMES_KEY } from "../support.js";

const plan = (args: Partial<ClusterAddonsArgs> = {}) =>
  planIn(() => {
    new ClusterAddons("prod", { clusterName: "prod", clusterArn: CLUSTER_ARN, ...args });
  });

test("installs CoreDNS at its pinned version, and no storage that nobody asked for", async () => {
  const made = await plan();
  expect(namesOf(made, "aws:eks/addon:Addon")).toEqual(["prod-coredns"]);
  expect(inputs(made, "aws:eks/addon:Addon")).toMatchObject({
    clusterName: "prod",
    addonName: "coredns",
    addonVersion: "v1.14.3-eksbuild.16",
  });
  expect(namesOf(made, "aws:iam/role:Role")).toEqual([]);
});

test("gives the EBS CSI driver an identity that uses one key, through EC2", async () => {
  const made = await plan({ blockStorage: { volumesKeyArn: VOLUMES_KEY } });
  expect(inputs(made, "aws:eks/addon:Addon", "prod-aws-ebs-csi-driver")["podIdentityAssociations"]).toEqual([
    { roleArn: "<arn of role prod-ebs-csi-role>", serviceAccount: "ebs-csi-controller-sa" },
  ]);
  expect(statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"])).toEqual([
    {
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: [VOLUMES_KEY],
      Condition: { StringEquals: { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" } },
    },
    {
      Effect: "Allow",
      Action: ["kms:CreateGrant"],
      Resource: [VOLUMES_KEY],
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ]);
});

test("refuses a version for which nothing is pinned", async () => {
  await expect(plan({ kubernetesVersion: "1.37" })).rejects.toThrow("ClusterAddons 'prod':\n  'addonVersions.coredns'");
});

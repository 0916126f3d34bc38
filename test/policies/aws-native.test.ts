/** Resources of @pulumi/aws-native are judged by the rules for the classic ones, and reported where the program has them. */
import { json, planned, planOfExample, ref } from "../../policies/examples.js";
import { judge, RULES } from "../../policies/index.js";
import { typesNotRead } from "../../report/gaps.js";
import { found, said } from "./said.js";

describe("@pulumi/aws-native", () => {
  const everything = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const cluster = "aws-native:eks:Cluster";

  test.each([
    [cluster, "eks-endpoint-public-access-disabled", {}, "resourcesVpcConfig.endpointPublicAccess"],
    [
      cluster,
      "eks-endpoint-public-access-disabled",
      { resourcesVpcConfig: { endpointPublicAccess: true } },
      "resourcesVpcConfig.endpointPublicAccess",
    ],
    [
      cluster,
      "eks-public-access-cidrs-restricted",
      { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["10.0.0.0/8", "0.0.0.0/0"] } },
      "resourcesVpcConfig.publicAccessCidrs[1]",
    ],
    [cluster, "eks-secrets-kms-envelope-encryption", {}, "encryptionConfig[0].provider.keyArn"],
    [
      "aws-native:eks:Nodegroup",
      "eks-nodegroup-no-open-ssh",
      { clusterName: "prod", nodeRole: "arn:1", subnets: ["subnet-1"], remoteAccess: { ec2SshKey: "key" } },
      "remoteAccess.sourceSecurityGroups",
    ],
    [
      "aws-native:ec2:LaunchTemplate",
      "ec2-imdsv2-required",
      { launchTemplateData: { metadataOptions: { httpTokens: "optional" } } },
      "launchTemplateData.metadataOptions.httpTokens",
    ],
    [
      "aws-native:ec2:LaunchTemplate",
      "ec2-no-public-ip",
      { launchTemplateData: { networkInterfaces: [{ associatePublicIpAddress: true }] } },
      "launchTemplateData.networkInterfaces[0].associatePublicIpAddress",
    ],
    [
      "aws-native:ec2:Instance",
      "ec2-launch-template-ebs-encrypted",
      { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: false } }] },
      "blockDeviceMappings[0].ebs.encrypted",
    ],
    ["aws-native:ec2:Subnet", "subnet-no-auto-public-ip", { mapPublicIpOnLaunch: true }, "mapPublicIpOnLaunch"],
    ["aws-native:ec2:Volume", "ebs-volume-encrypted", { encrypted: false }, "encrypted"],
    [
      "aws-native:iam:ManagedPolicy",
      "iam-no-admin-star",
      { policyDocument: everything },
      "policyDocument.Statement[0].Action",
    ],
    [
      "aws-native:iam:Role",
      "iam-no-admin-star",
      { assumeRolePolicyDocument: {}, policies: [{ policyName: "all", policyDocument: everything }] },
      "policies[0].policyDocument.Statement[0].Action",
    ],
    [
      "aws-native:iam:Role",
      "iam-no-admin-managed-policy",
      { assumeRolePolicyDocument: {}, managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
      "managedPolicyArns[0]",
    ],
    [
      "aws-native:iam:Group",
      "iam-no-admin-managed-policy",
      {
        managedPolicyArns: ["arn:aws:iam::aws:policy/IAMReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"],
      },
      "managedPolicyArns[1]",
    ],
    [
      "aws-native:iam:Group",
      "iam-no-admin-star",
      { policies: [{ policyName: "all", policyDocument: everything }] },
      "policies[0].policyDocument.Statement[0].Action",
    ],
    ["aws-native:kms:Key", "kms-key-rotation-enabled", { keyPolicy: {} }, "enableKeyRotation"],
    [
      "aws-native:kms:Key",
      "kms-policy-no-wildcard-principal",
      { keyPolicy: { Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }] } },
      "keyPolicy.Statement[0].Principal",
    ],
    ["aws-native:s3:Bucket", "s3-acl-not-public", { accessControl: "PublicRead" }, "accessControl"],
    [
      "aws-native:s3:BucketPolicy",
      "s3-policy-no-any-principal",
      {
        bucket: "votes",
        policyDocument: { Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }] },
      },
      "policyDocument.Statement[0].Principal",
    ],
    ["aws-native:ecr:Repository", "ecr-tag-immutable", {}, "imageTagMutability"],
    [
      "aws-native:ecr:Repository",
      "ecr-policy-not-public",
      {
        repositoryPolicyText: { Statement: [{ Effect: "Allow", Principal: "*", Action: "ecr:*" }] },
      },
      "repositoryPolicyText.Statement[0].Principal",
    ],
    ["aws-native:logs:LogGroup", "log-group-retention-set", {}, "retentionInDays"],
  ])("%s is judged by %s %#", (type, rule, inputs, path) => {
    expect(found(rule, planned(type, "it", inputs))).toEqual([`fail ${type} it ${path}`]);
  });

  test("what holds in the classic form holds in this one", () => {
    const good = planned("aws-native:eks:Cluster", "prod", {
      resourcesVpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true, subnetIds: ["subnet-1"] },
      encryptionConfig: [{ provider: { keyArn: ref("key", "arn") }, resources: ["secrets"] }],
      logging: {
        clusterLogging: {
          enabledTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"].map((type) => ({ type })),
        },
      },
    });
    const key = planned("aws-native:kms:Key", "key", { keyPolicy: {}, enableKeyRotation: true });
    for (const rule of [
      "eks-endpoint-public-access-disabled",
      "eks-endpoint-private-access-enabled",
      "eks-secrets-kms-envelope-encryption",
      "eks-control-plane-logging-all-types",
    ])
      expect([rule, said(rule, good, key)]).toEqual([rule, ["pass"]]);
    expect(said("kms-key-rotation-enabled", key)).toEqual(["pass"]);
  });

  test("a bucket's own public access block counts as one, and its own gap is one finding", () => {
    const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true };
    const bucket = (block: boolean) =>
      planned("aws-native:s3:Bucket", "votes", {
        publicAccessBlockConfiguration: { ...all, restrictPublicBuckets: block },
      });
    expect(said("s3-public-access-block", bucket(true))).toEqual(["pass"]);
    expect(found("s3-public-access-block", bucket(false))).toEqual([
      expect.stringMatching(/^fail aws-native:s3:Bucket votes/),
    ]);
  });

  test("the version of a native cluster is what Kubernetes objects are judged at", () => {
    const plan = planOfExample({
      title: "a cluster",
      resources: [planned("aws-native:eks:Cluster", "prod", { version: "1.34" })],
    });
    expect(judge(plan, { rules: [] }).kubernetesVersion).toBe("1.34");
  });

  test("references between native resources are followed", () => {
    const subnet = planned("aws-native:ec2:Subnet", "a", { vpcId: ref("vpc", "vpcId") });
    const table = planned("aws-native:ec2:RouteTable", "table", { vpcId: ref("vpc", "vpcId") });
    const gateway = planned("aws-native:ec2:InternetGateway", "gateway", {});
    const resources = [
      planned("aws-native:eks:Nodegroup", "workers", {
        clusterName: "prod",
        nodeRole: "arn:1",
        subnets: [ref("a", "subnetId")],
      }),
      planned("aws-native:ec2:Vpc", "vpc", {}),
      subnet,
      table,
      gateway,
      planned("aws-native:ec2:Route", "out", {
        routeTableId: ref("table", "routeTableId"),
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: ref("gateway", "internetGatewayId"),
      }),
      planned("aws-native:ec2:SubnetRouteTableAssociation", "link", {
        subnetId: ref("a", "subnetId"),
        routeTableId: ref("table", "routeTableId"),
      }),
    ];
    expect(found("eks-nodegroup-private-subnets", ...resources)).toEqual([
      "fail aws-native:eks:Nodegroup workers subnets[0]",
    ]);
  });
});

test("a document of text is read in a native policy too", () => {
  const policy = json({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
  expect(
    found(
      "iam-no-admin-star",
      planned("aws-native:iam:RolePolicy", "app", { policyName: "app", policyDocument: policy }),
    ),
  ).toEqual(["fail aws-native:iam:RolePolicy app policyDocument.Statement[0].Action"]);
});

test("a native resource counts as read by the rules for its classic one", () => {
  const plan = planOfExample({
    title: "two",
    resources: [planned("aws-native:eks:Cluster", "prod", {}), planned("aws-native:ec2:PlacementGroup", "group", {})],
  });
  expect(typesNotRead(plan, RULES)).toEqual([{ type: "aws-native:ec2:PlacementGroup", resources: 1 }]);
});

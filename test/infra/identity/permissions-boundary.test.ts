import { iamActions } from "../../../core/data/iam-actions.js";
import { INSTANCE_PROFILE_ACTIONS } from "../../../infra/identity/data/boundary-actions.js";
import { BOUNDARY_ACTIONS, BOUNDARY_DENIED_ACTIONS, PermissionsBoundary } from "../../../infra/index.js";
import type { PermissionsBoundaryArgs } from "../../../infra/index.js";
import { planOf } from "../../../plan/index.js";
import { inputs, planIn, statements } from "../support.js";

const plan = (args: PermissionsBoundaryArgs = {}) =>
  planIn(() => {
    new PermissionsBoundary("boundary", args);
  });

const documentOf = async (args?: PermissionsBoundaryArgs) =>
  inputs(await plan(args), "aws:iam/policy:Policy")["policy"];

test("allows no whole service, and denies becoming somebody else", async () => {
  const policy = (await documentOf({ allowedActions: ["kinesis:PutRecord"] })) as string;
  const [atMost, never, ...others] = statements(policy);
  expect(atMost?.Effect).toBe("Allow");
  expect(atMost?.Action).toEqual([...BOUNDARY_ACTIONS, "kinesis:PutRecord"]);
  expect(atMost?.Action.filter((action) => /:\*$|^\*/.test(action))).toEqual([]);
  expect(atMost?.Action.filter((action) => /^(iam|organizations|sts):/.test(action))).toEqual([]);
  expect(never?.Effect).toBe("Deny");
  expect(others).toEqual([]);
});

test("leaves room for some thirty actions of applications, beside what nodes need", async () => {
  const policy = await documentOf({ nodeRoleNames: ["production-eu-*"] });
  // IAM refuses managed policies above 6,144 characters.
  expect(text(policy).length).toBeLessThan(6_144 - 30 * 25);
});

test.each([
  "eks:CreateAccessEntry",
  "eks:UpdateClusterConfig",
  "iam:AttachRolePolicy",
  "iam:CreatePolicyVersion",
  "iam:CreateRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "kms:PutKeyPolicy",
  "organizations:LeaveOrganization",
])("denies %s", (action) => {
  expect(BOUNDARY_DENIED_ACTIONS.filter((pattern) => matches(pattern, action))).toHaveLength(1);
});

test("denies everything of IAM that changes rights, and nothing that starting nodes needs", () => {
  const changes = iamActions("iam").filter(({ level }) => level === "permissions");
  expect(changes.length).toBeGreaterThan(15);
  const open = changes.filter(({ name }) => !BOUNDARY_DENIED_ACTIONS.some((pattern) => matches(pattern, name)));
  expect(open.map(({ name }) => name)).toEqual([]);
  for (const needed of ["iam:PassRole", ...INSTANCE_PROFILE_ACTIONS])
    expect(BOUNDARY_DENIED_ACTIONS.filter((pattern) => matches(pattern, needed))).toEqual([]);
});

test.each<[what: string, needs: string]>([
  ["the VPC CNI", "ec2:AssignPrivateIpAddresses ec2:AttachNetworkInterface ec2:CreateNetworkInterface ec2:CreateTags"],
  [
    "the EBS CSI driver",
    "ec2:CreateVolume ec2:AttachVolume ec2:ModifyVolume ec2:CreateSnapshot ec2:DeleteSnapshot kms:CreateGrant",
  ],
  [
    "the EFS CSI driver",
    "elasticfilesystem:ClientMount elasticfilesystem:CreateAccessPoint elasticfilesystem:DescribeMountTargets",
  ],
  ["external-dns", "route53:ChangeResourceRecordSets route53:ListHostedZones route53:ListResourceRecordSets"],
  ["cert-manager", "route53:GetChange route53:ListHostedZonesByName route53:ChangeResourceRecordSets"],
  [
    "the load balancer controller",
    "elasticloadbalancing:CreateLoadBalancer ec2:GetSecurityGroupsForVpc acm:ListCertificates wafv2:AssociateWebACL " +
      "shield:GetSubscriptionState cognito-idp:DescribeUserPoolClient",
  ],
  [
    "Karpenter and Auto Mode",
    "ec2:RunInstances ec2:CreateFleet ec2:TerminateInstances ec2:CreateLaunchTemplate ec2:DeleteLaunchTemplate " +
      "sqs:ReceiveMessage sqs:DeleteMessage ssm:GetParameter pricing:GetProducts kms:ListGrants kms:RevokeGrant",
  ],
  [
    "Velero",
    "s3:GetObject s3:PutObject s3:PutObjectTagging s3:DeleteObject s3:ListBucket s3:AbortMultipartUpload s3:ListMultipartUploadParts",
  ],
  ["alerts", "sns:Publish events:PutEvents kms:GenerateDataKey"],
  ["the bastion", "ssmmessages:OpenDataChannel ssm:UpdateInstanceInformation logs:PutLogEvents"],
  ["telemetry", "guardduty:SendSecurityTelemetry cloudwatch:PutMetricData xray:PutTraceSegments"],
  ["a pipeline", "ecr:PutImage ecr:UploadLayerPart eks:DescribeCluster ssm:StartSession ssm:TerminateSession"],
])("leaves %s what it needs", (_, needs) => {
  for (const action of needs.split(" ")) {
    expect([action, BOUNDARY_ACTIONS.some((pattern) => matches(pattern, action))]).toEqual([action, true]);
    expect([action, BOUNDARY_DENIED_ACTIONS.some((pattern) => matches(pattern, action))]).toEqual([action, false]);
  }
});

test("every name and pattern in it stands for an action that AWS has", () => {
  for (const pattern of [...BOUNDARY_ACTIONS, ...BOUNDARY_DENIED_ACTIONS, ...INSTANCE_PROFILE_ACTIONS]) {
    const known = iamActions(pattern.split(":")[0] ?? "");
    expect([pattern, known.some(({ name }) => matches(pattern, name))]).toEqual([pattern, true]);
  }
});

test("lets roles of nodes be passed to EC2, by name, and target roles be assumed", async () => {
  const policy = await documentOf({
    nodeRoleNames: ["prod-karpenter-*"],
    targetRoleArns: ["arn:aws:iam::444455556666:role/reader"],
  });
  expect(statements(policy).slice(2)).toEqual([
    {
      Sid: "StartNodes",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: ["arn:aws:iam::111122223333:role/prod-karpenter-*"],
      Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    },
    {
      Sid: "NodeProfiles",
      Effect: "Allow",
      Action: [...INSTANCE_PROFILE_ACTIONS],
      Resource: ["arn:aws:iam::111122223333:instance-profile/*"],
    },
    {
      Sid: "TargetRoles",
      Effect: "Allow",
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Resource: ["arn:aws:iam::444455556666:role/reader"],
    },
  ]);
});

test("is in the provider's partition", async () => {
  const made = await planOf(() => new PermissionsBoundary("boundary", { nodeRoleNames: ["prod-*"] }), {
    config: { "aws:region": "cn-north-1" },
  });
  const [, , pass] = statements(inputs(made, "aws:iam/policy:Policy")["policy"]);
  expect(pass?.Resource).toEqual(["arn:aws-cn:iam::111122223333:role/prod-*"]);
});

test("refuses what would be no bound", async () => {
  await expect(
    plan({
      allowedActions: ["sqs:*", "*", "iam:CreateRole", "iam:Pass*", "eks:Update*", "sqs:SendMesage"],
      nodeRoleNames: ["*", "a*"],
      targetRoleArns: ["arn:aws:iam::444455556666:role/*"],
    }),
  ).rejects.toThrow(
    [
      "PermissionsBoundary 'boundary':",
      "  'allowedActions[0]' must be an action of one service, got 'sqs:*'. Write it like 'sqs:SendMessage' or 'sqs:Get*'; a whole service is no bound",
      "  'allowedActions[1]' must be an action of one service, got '*'. Write it like 'sqs:SendMessage' or 'sqs:Get*'; a whole service is no bound",
      "  'allowedActions[2]' must not be denied already, as 'iam:CreateR*', got 'iam:CreateRole'. A denial wins over it. Give the role that needs it no boundary, or another one",
      "  'allowedActions[3]' must not be of 'iam', which leads to other rights, got 'iam:Pass*'. Name the roles of nodes in `nodeRoleNames`, and others in `targetRoleArns`",
      "  'allowedActions[4]' must not be denied already, as 'eks:Update*', got 'eks:Update*'. A denial wins over it. Give the role that needs it no boundary, or another one",
      "  'allowedActions[5]' must be an action that AWS knows, got 'sqs:SendMesage'. Did you mean 'sqs:SendMessage'? What is newer than this list fits under a pattern, like 'sqs:Send*'",
      "  'nodeRoleNames[0]' must be the name of a role, or at least two letters of it and '*', got '*'. Write it like 'prod-nodes-*'",
      "  'nodeRoleNames[1]' must be the name of a role, or at least two letters of it and '*', got 'a*'. Write it like 'prod-nodes-*'",
      "  'targetRoleArns[0]' must be the ARN of one role, got 'arn:aws:iam::444455556666:role/*'. Write it like 'arn:<partition>:iam::444455556666:role/reader'",
    ].join("\n"),
  );
});

test("refuses more actions than a managed policy takes", async () => {
  const allowedActions = iamActions("sagemaker").map(({ name }) => name);
  await expect(plan({ allowedActions })).rejects.toThrow(
    "'allowedActions' must fit into 6144 characters, the most that IAM takes of a managed policy",
  );
});

function matches(pattern: string, action: string): boolean {
  return new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action);
}

function text(document: unknown): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

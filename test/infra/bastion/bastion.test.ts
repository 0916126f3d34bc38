import * as pulumi from "@pulumi/pulumi";
import { Bastion, Cluster, policyDocument } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { toPlainJson } from "../../../plan/index.js";
import { inputs, LOGS_KEY, namesOf, planIn, SECRETS_KEY, statements, VOLUMES_KEY } from "../support.js";

const INSTANCE = "aws:ec2/instance:Instance";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

let made: Plan;
beforeAll(async () => {
  made = await planIn(() => {
    const cluster = new Cluster("prod", {
      vpcId: "vpc-1",
      subnetIds: ["subnet-1", "subnet-2"],
      secretsKeyArn: SECRETS_KEY,
      logsKeyArn: LOGS_KEY,
      today: new Date("2026-11-21"),
    });
    const bastion = new Bastion("bastion", {
      vpcId: "vpc-1",
      subnetId: "subnet-3",
      controlPlaneSecurityGroupId: "sg-control-plane",
      endpointSecurityGroupId: "sg-endpoints",
      apiEndpoint: cluster.endpoint,
      volumesKeyArn: VOLUMES_KEY,
      logsKeyArn: LOGS_KEY,
    });
    return { sessions: policyDocument(bastion.sessionStatements) };
  });
});

test("nothing comes in, and only the API and AWS services are called", () => {
  expect(inputs(made, "aws:ec2/securityGroup:SecurityGroup", "bastion")).not.toHaveProperty("ingress");
  expect(namesOf(made, INGRESS)).toEqual(["bastion-at-control-plane"]);
  expect(inputs(made, INGRESS)).toMatchObject({
    securityGroupId: "sg-control-plane",
    referencedSecurityGroupId: "<id of securityGroup bastion>",
    fromPort: 443,
    toPort: 443,
  });
  expect(namesOf(made, EGRESS).map((name) => inputs(made, EGRESS, name)["referencedSecurityGroupId"])).toEqual([
    "sg-control-plane",
    "sg-endpoints",
  ]);
});

test("has no key pair and no public address", () => {
  expect(inputs(made, INSTANCE)).not.toHaveProperty("keyName");
  expect(inputs(made, INSTANCE)).toMatchObject({
    subnetId: "subnet-3",
    vpcSecurityGroupIds: ["<id of securityGroup bastion>"],
    associatePublicIpAddress: false,
  });
});

test("metadata needs a token and ends at the instance", () => {
  expect(inputs(made, INSTANCE)["metadataOptions"]).toMatchObject({
    httpTokens: "required",
    httpPutResponseHopLimit: 1,
  });
});

test("the disk is gp3 under the customer key", () => {
  expect(inputs(made, INSTANCE)["rootBlockDevice"]).toMatchObject({
    encrypted: true,
    kmsKeyId: VOLUMES_KEY,
    volumeType: "gp3",
  });
});

test("sessions forward to the API and to nothing else", () => {
  const document = inputs(made, "aws:ssm/document:Document");
  expect(document["documentType"]).toBe("Session");
  expect(document["content"]).toMatchObject({
    schemaVersion: "1.0",
    sessionType: "Port",
    parameters: { localPortNumber: { default: "0" } },
    properties: {
      type: "LocalPortForwarding",
      host: "<endpoint of cluster prod>",
      portNumber: "443",
      localPortNumber: "{{ localPortNumber }}",
    },
  });
});

test("the agent's log goes to an encrypted log group", () => {
  expect(inputs(made, "aws:cloudwatch/logGroup:LogGroup", "bastion-sessions")).toMatchObject({
    kmsKeyId: LOGS_KEY,
    retentionInDays: 365,
  });
  expect(inputs(made, INSTANCE)["userData"]).toContain('data-log-group="<name of logGroup bastion-sessions>"');
});

test("the role registers, holds channels and logs, and has no policy of AWS", () => {
  const actions = statements(inputs(made, "aws:iam/rolePolicy:RolePolicy", "bastion-role-policy")["policy"]).flatMap(
    (s) => s.Action,
  );
  expect(actions).toEqual([
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "logs:CreateLogStream",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:DescribeLogGroups",
  ]);
  const attached = namesOf(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
  expect(attached.filter((name) => name.startsWith("bastion"))).toEqual([]);
});

test("has no access entry", () => {
  expect(namesOf(made, "aws:eks/accessEntry:AccessEntry")).toEqual([]);
});

test("offers the rights to come through: this instance, this document, one's own sessions", () => {
  expect(statements(toPlainJson(made.stackOutputs["sessions"] ?? null))).toEqual([
    {
      Sid: "StartSession",
      Effect: "Allow",
      Action: ["ssm:StartSession"],
      Resource: ["<arn of instance bastion>", "<arn of document bastion-session>"],
      Condition: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
    },
    {
      Sid: "OwnSessions",
      Effect: "Allow",
      Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
      Resource: ["arn:aws:ssm:eu-west-1:111122223333:session/${aws:userid}-*"],
    },
  ]);
});

test("takes an image of one's own, and refuses a retention that does not exist", async () => {
  const args = {
    vpcId: "vpc-1",
    subnetId: "subnet-3",
    controlPlaneSecurityGroupId: "sg-control-plane",
    endpointSecurityGroupId: "sg-endpoints",
    apiEndpoint: pulumi.output("https://api.example"),
    volumesKeyArn: VOLUMES_KEY,
    logsKeyArn: LOGS_KEY,
  };
  const own = await planIn(() => {
    new Bastion("bastion", { ...args, imageId: "ami-0123456789abcdef0" });
  });
  expect(inputs(own, INSTANCE)["ami"]).toBe("ami-0123456789abcdef0");
  expect(own.warnings).toEqual([]);
  await expect(
    planIn(() => {
      new Bastion("bastion", { ...args, logRetentionDays: 2 });
    }),
  ).rejects.toThrow("Bastion 'bastion':\n  'logRetentionDays' must be a retention that CloudWatch Logs accepts, got 2");
});

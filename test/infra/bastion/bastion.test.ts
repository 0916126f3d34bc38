/** One instance, the default: what it is made of, what it can reach, and who comes through. */
import { Bastion, BASTION_TAG_KEY, BastionImage, Egress } from "../../../infra/index.js";
import type { BastionArgs } from "../../../infra/index.js";
import { compareWithPrevious } from "../../../plan/engine/operations.js";
import type { Plan } from "../../../plan/index.js";
import { toPlainJson } from "../../../plan/index.js";
import { CLUSTER, KEYS, NETWORK } from "../cluster/support.js";
import { findingsIn } from "../judged.js";
import { inputs, LOGS_KEY, namesOf, planIn, resource, statements, VOLUMES_KEY, waitsFor } from "../support.js";

const INSTANCE = "aws:ec2/instance:Instance";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const DOCUMENT = "aws:ssm/document:Document";

const planBastion = (more: Partial<BastionArgs> = {}, region = "eu-west-1"): Promise<Plan> =>
  planIn(() => {
    const bastion = new Bastion("bastion", { network: NETWORK, cluster: CLUSTER, keys: KEYS, ...more });
    return { policy: bastion.accessPolicy, target: bastion.target };
  }, region);

let made: Plan;
beforeAll(async () => {
  made = await planBastion();
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

test("has no key pair and no public address, and lives among the endpoints", () => {
  expect(inputs(made, INSTANCE)).not.toHaveProperty("keyName");
  expect(inputs(made, INSTANCE)).toMatchObject({
    subnetId: "subnet-endpoint-1",
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
  const document = inputs(made, DOCUMENT);
  expect(document["documentType"]).toBe("Session");
  expect(JSON.parse(document["content"] as string)).toEqual({
    schemaVersion: "1.0",
    description: "Forwards a local port to the Kubernetes API of one cluster",
    sessionType: "Port",
    parameters: {
      localPortNumber: {
        type: "String",
        description: "Port on the caller's machine; 0 takes a free one",
        allowedPattern: "^[0-9]{1,5}$",
        default: "0",
      },
    },
    properties: {
      type: "LocalPortForwarding",
      host: "0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
      portNumber: "443",
      localPortNumber: "{{ localPortNumber }}",
    },
  });
});

test("limits of sessions stand in the document when somebody sets them", async () => {
  const limited = await planBastion({ sessionLimits: { idleMinutes: 30, maxMinutes: 480 } });
  expect(JSON.parse(inputs(limited, DOCUMENT)["content"] as string)).toMatchObject({
    inputs: { idleSessionTimeout: "30", maxSessionDuration: "480", runAsEnabled: false, kmsKeyId: "" },
  });
});

test("the agent's log goes to an encrypted log group", () => {
  expect(inputs(made, "aws:cloudwatch/logGroup:LogGroup", "bastion-sessions")).toMatchObject({
    kmsKeyId: LOGS_KEY,
    retentionInDays: 365,
  });
  expect(inputs(made, INSTANCE)["userData"]).toContain('data-log-group="<name of logGroup bastion-sessions>"');
});

test("nothing is fetched at boot: no packages, no addresses, no AWS command", () => {
  const userData = String(inputs(made, INSTANCE)["userData"]);
  expect(userData).toContain("package_update: false\npackage_upgrade: false\nrepo_upgrade: none\n");
  expect(userData).not.toMatch(/https?:|curl|wget|\b(dnf|yum|rpm|pip|snap|apt)\b|\baws\b|s3:|^packages:|yum_repos/m);
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
  expect(namesOf(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual([]);
});

test("the newest image of Amazon for the instance's processors, kept when a newer one appears", async () => {
  const [lookup] = made.lookups ?? [];
  expect(toPlainJson(lookup?.inputs ?? {})).toMatchObject({
    owners: ["amazon"],
    mostRecent: true,
    filters: [
      { name: "name", values: ["al2023-ami-2023.*-kernel-6.1-arm64"] },
      { name: "architecture", values: ["arm64"] },
    ],
  });
  expect(resource(made, INSTANCE).options.ignoreChanges).toEqual(["ami"]);
  const intel = await planBastion({ instanceType: "t3.micro" });
  expect(toPlainJson(intel.lookups?.[0]?.inputs ?? {})).toMatchObject({
    filters: [{ values: ["al2023-ami-2023.*-kernel-6.1-x86_64"] }, { values: ["x86_64"] }],
  });
});

test("other processors are another instance, since the image is kept: they would not run it", async () => {
  expect(namesOf(made, INSTANCE)).toEqual(["bastion"]);
  expect(namesOf(await planBastion({ instanceType: "t4g.nano" }), INSTANCE)).toEqual(["bastion"]);
  expect(namesOf(await planBastion({ instanceType: "t3.micro" }), INSTANCE)).toEqual(["bastion-x86"]);
});

/** What a change would do, but for what stays as it is. */
const operations = (after: Plan): string[] =>
  compareWithPrevious(after, made, [])
    .resources.filter((r) => r.custom && r.operation !== "same")
    .map((r) => `${r.operation ?? ""} ${r.type.split(":").at(-1) ?? ""} ${r.name}`)
    .sort();

test("a group instead of the instance replaces nothing else", async () => {
  expect(operations(await planBastion({ availability: "multi-zone" }))).toEqual([
    "create Group bastion",
    "create LaunchTemplate bastion",
    "delete Instance bastion",
  ]);
});

test("what replaces the instance: a pinned image, another key, other processors; and what does not", async () => {
  expect(operations(await planBastion({ image: BastionImage.pinned("ami-0123456789abcdef0") }))).toEqual([
    "replace Instance bastion",
  ]);
  expect(operations(await planBastion({ keys: { ...KEYS, volumesKeyArn: LOGS_KEY } }))).toEqual([
    "replace Instance bastion",
  ]);
  expect(operations(await planBastion({ instanceType: "t3.micro" }))).toEqual([
    "create Instance bastion-x86",
    "delete Instance bastion",
  ]);
  expect(operations(await planBastion({ instanceType: "t4g.small" }))).toEqual(["update Instance bastion"]);
  expect(operations(await planBastion({ sessionLimits: { idleMinutes: 30 } }))).toEqual([
    "update Document bastion-session",
  ]);
});

test("a pinned image is taken without a lookup, and another one replaces the instance", async () => {
  const pinned = await planBastion({ image: BastionImage.pinned("ami-0123456789abcdef0") });
  expect(inputs(pinned, INSTANCE)["ami"]).toBe("ami-0123456789abcdef0");
  expect(pinned.lookups ?? []).toEqual([]);
  expect(resource(pinned, INSTANCE).options.ignoreChanges ?? []).toEqual([]);
  expect(pinned.warnings).toEqual([]);
});

test("instance and document carry the tag by which a tunnel finds them; no scanner is told to leave it out", () => {
  expect(BASTION_TAG_KEY).toBe("ringfence:bastion");
  for (const type of [INSTANCE, DOCUMENT]) {
    expect(inputs(made, type)["tags"]).toMatchObject({ "ringfence:bastion": "prod" });
    expect(inputs(made, type)["tags"]).not.toHaveProperty("InspectorEc2Exclusion");
  }
});

test("says what a tunnel needs to know", () => {
  expect(toPlainJson(made.stackOutputs["target"] ?? null)).toEqual({
    region: "eu-west-1",
    tag: { key: "ringfence:bastion", value: "prod" },
    instanceId: "<id of instance bastion>",
    documentName: "<name of document bastion-session>",
    endpointHost: "0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
  });
});

test("the document comes after all that the way through needs, and goes before: a destroy cuts off nobody who uses it", () => {
  const before = resource(made, DOCUMENT).dependencies;
  expect(before).toContain(resource(made, INSTANCE).urn);
  expect(waitsFor(made, DOCUMENT)).toEqual(
    expect.arrayContaining(["bastion-to-api", "bastion-to-endpoints", "bastion-at-control-plane"]),
  );
});

test("offers the rights to come through: this instance, this document, one's own sessions, and no shell", () => {
  expect(statements(toPlainJson(made.stackOutputs["policy"] ?? null))).toEqual([
    {
      Sid: "StartSession",
      Effect: "Allow",
      Action: ["ssm:StartSession"],
      Resource: ["<arn of instance bastion>", "<arn of document bastion-session>"],
      Condition: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
    },
    {
      Sid: "FindBastion",
      Effect: "Allow",
      Action: ["ec2:DescribeInstances", "ssm:DescribeInstanceInformation", "ssm:ListDocuments"],
      Resource: ["*"],
      Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
    },
    {
      Sid: "FindApi",
      Effect: "Allow",
      Action: ["eks:DescribeCluster"],
      Resource: ["arn:aws:eks:eu-west-1:111122223333:cluster/prod"],
    },
    {
      Sid: "OwnChannel",
      Effect: "Allow",
      Action: ["ssmmessages:OpenDataChannel"],
      Resource: ["arn:aws:ssm:eu-west-1:111122223333:session/${aws:userid}-*"],
    },
    {
      Sid: "OwnSessions",
      Effect: "Allow",
      Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
      Resource: ["arn:aws:ssm:eu-west-1:111122223333:session/${aws:userid}-*"],
    },
    {
      Sid: "NoShell",
      Effect: "Deny",
      Action: ["ssm:StartSession"],
      Resource: ["arn:aws:ssm:eu-west-1:*:document/SSM-SessionManagerRunShell"],
    },
  ]);
});

test("has no access entry, and our own rules find nothing", () => {
  expect(namesOf(made, "aws:eks/accessEntry:AccessEntry")).toEqual([]);
  expect(findingsIn(made)).toEqual([]);
});

test("without endpoints in the VPC, HTTPS goes where AWS services are", async () => {
  const egress = Egress.nat({ reason: "this VPC has had a NAT gateway for years" });
  const other = await planBastion({ network: { ...NETWORK, endpointSecurityGroupId: undefined, egress } });
  expect(inputs(other, EGRESS, "bastion-to-endpoints")).toMatchObject({ cidrIpv4: "0.0.0.0/0", fromPort: 443 });
  expect(findingsIn(other)).toEqual([]);
});

test.each([
  ["cn-north-1", "aws-cn", "ec2.amazonaws.com.cn"],
  ["us-gov-west-1", "aws-us-gov", "ec2.amazonaws.com"],
])("in %s every ARN is of that partition, and EC2 has its name there", async (region, partition, service) => {
  const cluster = { ...CLUSTER, arn: `arn:${partition}:eks:${region}:111122223333:cluster/prod` };
  const there = await planBastion({ cluster, network: { ...NETWORK, region } }, region);
  const policies = [
    ...statements(inputs(there, "aws:iam/rolePolicy:RolePolicy")["policy"]),
    ...statements(toPlainJson(there.stackOutputs["policy"] ?? null)),
  ];
  const arns = policies.flatMap((s) => s.Resource ?? []).filter((text) => text.startsWith("arn:"));
  expect(arns.length).toBeGreaterThan(4);
  expect(arns.filter((text) => !text.startsWith(`arn:${partition}:`))).toEqual([]);
  const [trust] = statements(inputs(there, "aws:iam/role:Role")["assumeRolePolicy"]);
  expect(trust?.Principal).toEqual({ Service: service });
});

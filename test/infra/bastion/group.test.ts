/** A group over the zones: as hard as one instance, never one fewer than asked for, and new without `pulumi up`. */
import { Bastion, BastionImage } from "../../../infra/index.js";
import type { BastionArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { toPlainJson } from "../../../plan/index.js";
import { CLUSTER, KEYS, NETWORK } from "../cluster/support.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, resource, statements, VOLUMES_KEY } from "../support.js";

const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const planGroup = (more: Partial<BastionArgs> = {}, name = "bastion"): Promise<Plan> =>
  planIn(() => {
    const given = { network: NETWORK, cluster: CLUSTER, keys: KEYS, availability: "multi-zone", ...more } as const;
    const bastion = new Bastion(name, given);
    return { policy: bastion.accessPolicy, target: bastion.target, fixed: bastion.instanceId ?? "none" };
  });

let made: Plan;
beforeAll(async () => {
  made = await planGroup();
});

test("two instances over the zones, replaced before they are missed", () => {
  expect(namesOf(made, "aws:ec2/instance:Instance")).toEqual([]);
  expect(inputs(made, GROUP)).toMatchObject({
    vpcZoneIdentifiers: ["subnet-endpoint-1", "subnet-endpoint-2"],
    minSize: 2,
    desiredCapacity: 2,
    maxSize: 4,
    healthCheckType: "EC2",
    healthCheckGracePeriod: 120,
    instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
  });
});

test("an instance lives two weeks, and its successor looks the newest image up", () => {
  expect(inputs(made, GROUP)["maxInstanceLifetime"]).toBe(1_209_600);
  expect(inputs(made, TEMPLATE)["imageId"]).toBe(
    "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
  );
  expect(made.lookups ?? []).toEqual([]);
});

test("a changed template replaces the instances, one after the other", () => {
  expect(inputs(made, GROUP)["launchTemplate"]).toEqual({
    id: "<id of launchTemplate bastion>",
    version: "[unknown]",
  });
  expect(inputs(made, GROUP)["instanceRefresh"]).toEqual({
    strategy: "Rolling",
    preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
  });
});

test("the template has no key pair and no public address, metadata by token, gp3 under the customer key", () => {
  const template = inputs(made, TEMPLATE);
  expect(template).not.toHaveProperty("keyName");
  expect(template).toMatchObject({
    instanceType: "t4g.micro",
    iamInstanceProfile: { arn: "<arn of instanceProfile bastion>" },
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: [
      { deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: VOLUMES_KEY, volumeType: "gp3" } },
    ],
    networkInterfaces: [
      { associatePublicIpAddress: "false", securityGroups: ["<id of securityGroup bastion>"], deviceIndex: 0 },
    ],
  });
});

test("the same user data as a single instance has", async () => {
  const single = await planGroup({ availability: "single" });
  const userData = String(inputs(single, "aws:ec2/instance:Instance")["userData"]);
  const given = String(inputs(made, TEMPLATE)["userData"]);
  const text = given.startsWith("#cloud-config") ? given : Buffer.from(given, "base64").toString("utf8");
  expect(text).toBe(userData);
});

test("instances, disks and interfaces carry the tag by which a tunnel finds them", () => {
  expect(inputs(made, GROUP)["tags"]).toEqual([
    { key: "Name", value: "bastion", propagateAtLaunch: true },
    { key: "ringfence:bastion", value: "prod", propagateAtLaunch: true },
  ]);
  expect(inputs(made, TEMPLATE)["tagSpecifications"]).toEqual([
    { resourceType: "volume", tags: { Name: "bastion", "ringfence:bastion": "prod" } },
    { resourceType: "network-interface", tags: { Name: "bastion", "ringfence:bastion": "prod" } },
  ]);
});

test("a tunnel gets the tag and no instance", () => {
  expect(made.stackOutputs["fixed"]).toBe("none");
  expect(toPlainJson(made.stackOutputs["target"] ?? null)).toEqual({
    region: "eu-west-1",
    tag: { key: "ringfence:bastion", value: "prod" },
    documentName: "<name of document bastion-session>",
    endpointHost: "0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
  });
});

test("whoever has the document's name finds the group up, and finds it until the end", () => {
  const group = resource(made, GROUP);
  expect(resource(made, "aws:ssm/document:Document").dependencies).toContain(group.urn);
});

test("people may start sessions on what carries the tag, with this document, and look both up", () => {
  const found = statements(toPlainJson(made.stackOutputs["policy"] ?? null));
  expect(found.slice(0, 3)).toEqual([
    {
      Sid: "StartSession",
      Effect: "Allow",
      Action: ["ssm:StartSession"],
      Resource: ["arn:aws:ec2:eu-west-1:111122223333:instance/*"],
      Condition: {
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
        StringEquals: { "ssm:resourceTag/ringfence:bastion": "prod" },
      },
    },
    {
      Sid: "WithThisDocument",
      Effect: "Allow",
      Action: ["ssm:StartSession"],
      Resource: ["<arn of document bastion-session>"],
      Condition: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
    },
    {
      Sid: "FindBastion",
      Effect: "Allow",
      Action: ["ec2:DescribeInstances", "ssm:DescribeInstanceInformation", "ssm:ListDocuments"],
      Resource: ["*"],
      Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
    },
  ]);
  expect(found.map((s) => s.Sid)).toContain("NoShell");
  // Otherwise Session Manager would not ask about the document anywhere.
  for (const s of found.filter((one) => one.Effect === "Allow" && one.Action.includes("ssm:StartSession")))
    expect(s.Condition?.["BoolIfExists"]).toEqual({ "ssm:SessionDocumentAccessCheck": "true" });
});

test("the policy fits where policies are smallest, with the longest names that there are", async () => {
  const clusterName = "c".repeat(100);
  const longest = await planGroup({ cluster: { ...CLUSTER, clusterName } }, "b".repeat(51));
  const text = JSON.stringify(toPlainJson(longest.stackOutputs["policy"] ?? null));
  // A policy in an IAM user takes 2,048 characters, one in a role 10,240, a managed one 6,144.
  expect(text).toContain(clusterName);
  expect(text.length).toBeLessThan(2048);
});

test("sizes, lifetimes and images are choices, and the template can be edited at last", async () => {
  const other = await planGroup({
    instances: 3,
    maxLifetimeDays: 1,
    instanceType: "t3.micro",
    image: BastionImage.pinned("ami-0123456789abcdef0", { architecture: "x86_64" }),
    transformLaunchTemplate: (args) => ({ ...args, description: "ours" }),
  });
  expect(inputs(other, GROUP)).toMatchObject({ minSize: 3, maxSize: 6, maxInstanceLifetime: 86_400 });
  expect(inputs(other, TEMPLATE)).toMatchObject({ imageId: "ami-0123456789abcdef0", description: "ours" });
  const intel = await planGroup({ instanceType: "t3.micro" });
  expect(inputs(intel, TEMPLATE)["imageId"]).toBe(
    "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  );
});

test("another zone or another instance replaces nothing else: names hold no counts", async () => {
  const endpoints = {
    ids: [...NETWORK.endpoints.ids, "subnet-endpoint-3"],
    cidrs: NETWORK.endpoints.cidrs,
  };
  const larger = await planGroup({ network: { ...NETWORK, endpoints }, instances: 3 });
  const names = (plan: Plan) => plan.resources.map(({ type, name }) => `${type} ${name}`).sort();
  expect(names(larger)).toEqual(names(made));
});

test("our own rules find nothing", () => {
  expect(findingsIn(made)).toEqual([]);
});

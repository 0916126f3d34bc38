import { Egress, NodeGroup } from "../../../infra/index.js";
import type { NodeGroupArgs } from "../../../infra/index.js";
import { instanceTypeIssues } from "../../../infra/nodes/plan.js";
import type { Plan } from "../../../plan/index.js";
import { inputs, namesOf, planIn, resource, statements, VOLUMES_KEY } from "../support.js";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

const plan = (args: Partial<NodeGroupArgs> = {}) =>
  planIn(() => {
    new NodeGroup("nodes", {
      clusterName: "prod",
      vpcId: "vpc-1",
      subnetIds: ["subnet-1", "subnet-2"],
      controlPlaneSecurityGroupId: "sg-control-plane",
      endpointSecurityGroupId: "sg-endpoints",
      s3PrefixListId: "pl-s3",
      volumesKeyArn: VOLUMES_KEY,
      ...args,
    });
  });

/** Rules as `tcp 443 sg-endpoints`. */
function rules(plan: Plan, type: string): string[] {
  return namesOf(plan, type).map((name) => {
    const rule = inputs(plan, type, name);
    const peer = rule["referencedSecurityGroupId"] ?? rule["prefixListId"] ?? rule["cidrIpv4"];
    const on =
      rule["securityGroupId"] === "<id of securityGroup nodes>" ? "" : ` on ${String(rule["securityGroupId"])}`;
    return `${String(rule["ipProtocol"])} ${String(rule["fromPort"])}-${String(rule["toPort"])} ${String(peer)}${on}`;
  });
}

describe("by default", () => {
  let made: Plan;
  let template: Record<string, unknown>;
  beforeAll(async () => {
    made = await plan();
    template = inputs(made, TEMPLATE);
  });

  test("metadata needs a token and ends at the node", () => {
    expect(template["metadataOptions"]).toEqual({
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      httpProtocolIpv6: "disabled",
      instanceMetadataTags: "disabled",
    });
  });

  test("both disks are gp3 under the customer key", () => {
    const ebs = { encrypted: "true", kmsKeyId: VOLUMES_KEY, volumeType: "gp3", deleteOnTermination: "true" };
    expect(template["blockDeviceMappings"]).toEqual([
      { deviceName: "/dev/xvda", ebs },
      { deviceName: "/dev/xvdb", ebs: { ...ebs, volumeSize: 50 } },
    ]);
  });

  test("nodes get no public address, and their own security group alone", () => {
    expect(template["networkInterfaces"]).toEqual([
      {
        deviceIndex: 0,
        associatePublicIpAddress: "false",
        deleteOnTermination: "true",
        securityGroups: ["<id of securityGroup nodes>"],
      },
    ]);
  });

  test("nobody logs in: no key pair, no remote access, no host containers", () => {
    expect(template).not.toHaveProperty("keyName");
    expect(inputs(made, GROUP)).not.toHaveProperty("remoteAccess");
    expect(Buffer.from(template["userData"] as string, "base64").toString("utf8")).toBe(
      "[settings.host-containers.admin]\nenabled = false\n\n[settings.host-containers.control]\nenabled = false\n",
    );
  });

  test("nodes run Bottlerocket by that template, are repaired, and scale without Pulumi setting them back", () => {
    expect(inputs(made, GROUP)).toMatchObject({
      clusterName: "prod",
      amiType: "BOTTLEROCKET_x86_64",
      instanceTypes: ["m6i.large"],
      version: "1.36",
      subnetIds: ["subnet-1", "subnet-2"],
      launchTemplate: { id: "<id of launchTemplate nodes-template>" },
      nodeRepairConfig: { enabled: true },
      scalingConfig: { minSize: 2, desiredSize: 3, maxSize: 6 },
    });
    expect(resource(made, GROUP).options.ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
  });

  test("the role joins and pulls, and has neither CNI rights nor a push", () => {
    const attached = made.resources
      .filter((r) => r.type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .map((r) => r.inputs["policyArn"]);
    expect(attached.sort()).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
    ]);
    expect(statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"])).toEqual([
      {
        Sid: "OwnName",
        Effect: "Allow",
        Action: ["ec2:DescribeInstances", "ec2:DescribeInstanceTypes"],
        Resource: ["*"],
      },
      {
        Sid: "OwnCluster",
        Effect: "Allow",
        Action: ["eks:DescribeCluster"],
        Resource: ["arn:aws:eks:eu-west-1:111122223333:cluster/prod"],
      },
    ]);
  });

  test("makes no access entry: EKS makes the one of a managed group", () => {
    expect(namesOf(made, "aws:eks/accessEntry:AccessEntry")).toEqual([]);
  });

  test("lets in other nodes and the control plane, on these ports", () => {
    expect(rules(made, INGRESS)).toEqual([
      "tcp 443-443 <id of securityGroup nodes> on sg-control-plane",
      "tcp 53-53 <id of securityGroup nodes>",
      "udp 53-53 <id of securityGroup nodes>",
      "tcp 10250-10250 sg-control-plane",
      "tcp 1025-65535 <id of securityGroup nodes>",
      "tcp 10251-10251 sg-control-plane",
      "tcp 4443-4443 sg-control-plane",
      "tcp 8443-8443 sg-control-plane",
      "tcp 9443-9443 sg-control-plane",
    ]);
  });

  test("lets out to other nodes, the API, AWS services and image layers", () => {
    expect(rules(made, EGRESS)).toEqual([
      "tcp 443-443 sg-control-plane",
      "tcp 53-53 <id of securityGroup nodes>",
      "udp 53-53 <id of securityGroup nodes>",
      "tcp 443-443 sg-endpoints",
      "tcp 1025-65535 <id of securityGroup nodes>",
      "tcp 443-443 pl-s3",
    ]);
  });

  test("the first node waits for the rules and the role's policies", () => {
    const waits = resource(made, GROUP).dependencies.map((urn) => urn.split("::").at(-1));
    expect(waits).toEqual(
      expect.arrayContaining([
        ...namesOf(made, INGRESS),
        ...namesOf(made, EGRESS),
        "nodes-role-AmazonEKSWorkerNodeMinimalPolicy",
        "nodes-role-AmazonEC2ContainerRegistryPullOnly",
        "nodes-role-policy",
      ]),
    );
  });
});

test("lets HTTPS to the internet out only with a way there", async () => {
  const made = await plan({ egress: Egress.nat({ reason: "the payment provider has no private link" }) });
  expect(inputs(made, EGRESS, "nodes-to-internet")).toMatchObject({
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
  });
});

test("may fill the named caches and no other repository", async () => {
  const made = await plan({ pullThroughPrefixes: ["ecr-public"] });
  const policy = statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"]);
  expect(policy.find((s) => s.Sid === "FillPullThroughCache")).toEqual({
    Sid: "FillPullThroughCache",
    Effect: "Allow",
    Action: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
    Resource: ["arn:aws:ecr:eu-west-1:111122223333:repository/ecr-public/*"],
  });
});

test("refuses every problem at once", async () => {
  await expect(
    plan({
      instanceTypes: ["m7g.large", "large"],
      scaling: { minSize: 3, desiredSize: 2, maxSize: 6.5 },
      dataVolumeGiB: 0,
      webhookPorts: [0, 9443, 9443],
    }),
  ).rejects.toThrow(
    [
      "NodeGroup 'nodes':",
      "  'instanceTypes[0]' must run the x86 image BOTTLEROCKET_x86_64, got 'm7g.large'. Use a type such as 'm6i.large'",
      "  'instanceTypes[1]' must be an instance type, got 'large'. Write it like 'm6i.large'",
      "  'scaling.maxSize' must be a whole number, 0 or more, got 6.5. Write it like 3",
      "  'scaling.desiredSize' must lie between minSize 3 and maxSize 6.5, got 2. Change one of the three",
      "  'dataVolumeGiB' must be a whole number from 20 to 16384, got 0. Use 50 or more: images and logs live there",
      "  'webhookPorts[0]' must be a port from 1 to 65535, got 0. Write it like 9443",
      "  'webhookPorts[2]' must name each port once, got 9443. Remove the second one",
    ].join("\n"),
  );
});

test.each([
  ["m6i.large", "BOTTLEROCKET_x86_64"],
  ["g5.xlarge", "BOTTLEROCKET_x86_64"],
  ["m7g.large", "BOTTLEROCKET_ARM_64"],
  ["c8gd.large", "BOTTLEROCKET_ARM_64_FIPS"],
  ["a1.large", "BOTTLEROCKET_ARM_64"],
] as const)("takes %s for %s and for the other processor not", (instanceType, amiType) => {
  const other = amiType.includes("ARM") ? "BOTTLEROCKET_x86_64" : "BOTTLEROCKET_ARM_64";
  expect(instanceTypeIssues([instanceType], amiType)).toEqual([]);
  expect(instanceTypeIssues([instanceType], other).map(({ code }) => code)).toEqual(["Conflict"]);
});

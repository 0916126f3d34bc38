import { parse } from "smol-toml";
import { Cidr, Egress, NodeGroup } from "../../../infra/index.js";
import type { NodeGroupArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, resource, statements, VOLUMES_KEY } from "../support.js";
import {
  CLUSTER,
  EGRESS,
  GROUP,
  INGRESS,
  KEYS,
  NETWORK,
  rulesOf,
  SECURITY_GROUP,
  TEMPLATE,
  userDataOf,
} from "./references.js";

const plan = (args: Partial<NodeGroupArgs> = {}, region?: string) =>
  planIn(() => {
    new NodeGroup("nodes", { network: NETWORK, cluster: CLUSTER, keys: KEYS, ...args });
  }, region);

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
    expect(parse(userDataOf(made))).toMatchObject({
      settings: { "host-containers": { admin: { enabled: false }, control: { enabled: false } } },
    });
  });

  test("the kubelet and the kernel are hardened, as Bottlerocket allows", () => {
    expect(parse(userDataOf(made))).toMatchObject({
      settings: {
        kubernetes: {
          "seccomp-default": true,
          "allowed-unsafe-sysctls": [],
          "pod-pids-limit": 4096,
          "event-qps": 50,
          "container-log-max-size": "10Mi",
          "container-log-max-files": 5,
          "shutdown-grace-period": "90s",
          "shutdown-grace-period-for-critical-pods": "30s",
        },
        kernel: {
          lockdown: "integrity",
          modules: { sctp: { allowed: false }, udf: { allowed: false } },
          sysctl: { "net.ipv4.conf.all.accept_redirects": "0", "net.ipv6.conf.default.accept_redirects": "0" },
        },
      },
    });
  });

  test("nodes run Bottlerocket by that template, are repaired, and scale without Pulumi setting them back", () => {
    expect(inputs(made, GROUP)).toMatchObject({
      clusterName: "prod",
      amiType: "BOTTLEROCKET_x86_64",
      instanceTypes: ["m6i.large"],
      capacityType: "ON_DEMAND",
      version: "1.36",
      subnetIds: ["subnet-a1", "subnet-a2"],
      launchTemplate: { id: "<id of launchTemplate nodes-template>" },
      nodeRepairConfig: { enabled: true },
      updateConfig: { maxUnavailablePercentage: 33, updateStrategy: "DEFAULT" },
      scalingConfig: { minSize: 2, desiredSize: 3, maxSize: 6 },
    });
    expect(resource(made, GROUP).options.ignoreChanges).toEqual(["scalingConfig.desiredSize", "subnetIds"]);
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
    expect(rulesOf(made, INGRESS)).toEqual([
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
    expect(rulesOf(made, EGRESS)).toEqual([
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

  test("our own rules find nothing but what a group on its own cannot tell", () => {
    expect(findingsIn(made).map((finding) => finding.split(" ").slice(0, 2))).toEqual([
      ["eks-nodegroup-private-subnets", "unknown"],
      ["eks-nodegroup-private-subnets", "unknown"],
      ["version-skew-and-removed-apis", "unknown"],
      ["private-cluster-endpoint-closure", "unknown"],
    ]);
  });
});

describe("the network", () => {
  test("lets HTTPS to the internet out only with a way there", async () => {
    const reason = "the payment provider has no private link";
    for (const egress of [Egress.nat({ reason }), Egress.firewall({ domains: ["api.example.com"], reason })]) {
      const made = await plan({ network: { ...NETWORK, egress } });
      expect(inputs(made, EGRESS, "nodes-to-internet")).toMatchObject({
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
      expect(namesOf(made, EGRESS)).not.toContain("nodes-to-internet-ipv6");
    }
  });

  test("over IPv6 too, where pods have it", async () => {
    const egress = Egress.nat({ reason: "the payment provider has no private link" });
    const made = await plan({ network: { ...NETWORK, egress, ipFamily: "ipv6" } });
    expect(inputs(made, EGRESS, "nodes-to-internet-ipv6")).toMatchObject({ cidrIpv6: "::/0", fromPort: 443 });
  });

  test("pods with addresses of their own have the same rules, which name groups and no addresses", async () => {
    const pods = {
      ids: ["subnet-e1", "subnet-e2"],
      cidrs: [Cidr.parse("100.64.0.0/18"), Cidr.parse("100.64.64.0/18")],
    };
    const [with_, without] = [await plan({ network: { ...NETWORK, pods } }), await plan()];
    expect(rulesOf(with_, INGRESS)).toEqual(rulesOf(without, INGRESS));
    expect(rulesOf(with_, INGRESS).filter((rule) => /\d+\.\d+\.\d+/.test(rule))).toEqual([]);
    expect(inputs(with_, GROUP)["subnetIds"]).toEqual(["subnet-a1", "subnet-a2"]);
  });

  test("no rule for endpoints or S3 where the network has none", async () => {
    const made = await plan({
      network: { ...NETWORK, endpointSecurityGroupId: undefined, s3PrefixListId: undefined },
    });
    expect(rulesOf(made, EGRESS)).toEqual([
      "tcp 443-443 sg-control-plane",
      "tcp 53-53 <id of securityGroup nodes>",
      "udp 53-53 <id of securityGroup nodes>",
      "tcp 1025-65535 <id of securityGroup nodes>",
    ]);
  });

  test("a shared security group brings its rules along", async () => {
    const made = await plan({ securityGroupId: "sg-other-nodes" });
    expect([namesOf(made, SECURITY_GROUP), namesOf(made, INGRESS), namesOf(made, EGRESS)]).toEqual([[], [], []]);
    expect(inputs(made, TEMPLATE)["networkInterfaces"]).toMatchObject([{ securityGroups: ["sg-other-nodes"] }]);
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

test.each([
  ["eu-west-1", "aws", "ec2.amazonaws.com"],
  ["us-gov-west-1", "aws-us-gov", "ec2.amazonaws.com"],
  ["cn-north-1", "aws-cn", "ec2.amazonaws.com.cn"],
])("in %s ARNs and principals are those of its partition", async (region, partition, principal) => {
  const made = await plan({}, region);
  const role = inputs(made, "aws:iam/role:Role");
  expect(statements(role["assumeRolePolicy"])).toMatchObject([{ Principal: { Service: principal } }]);
  expect(statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"])[1]?.Resource).toEqual([
    `arn:${partition}:eks:${region}:111122223333:cluster/prod`,
  ]);
  expect(
    inputs(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "nodes-role-AmazonEKSWorkerNodeMinimalPolicy"),
  ).toMatchObject({ policyArn: `arn:${partition}:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy` });
});

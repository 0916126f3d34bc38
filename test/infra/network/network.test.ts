import { Cidr } from "../../../core/cidr.js";
import { DnsFirewall, Network } from "../../../infra/index.js";
import type { NetworkArgs } from "../../../infra/index.js";
import { planOf, type Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, LOGS_KEY, namesOf, planIn, resource, statements } from "../support.js";

const plan = (args: Partial<NetworkArgs> = {}, region?: string) =>
  planIn(() => {
    new Network("prod", { keys: { logsKeyArn: LOGS_KEY }, ...args });
  }, region);

describe("by default", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan();
  });

  test("has one subnet of each private tier per zone, named by zone id", () => {
    expect(namesOf(made, "aws:ec2/subnet:Subnet")).toEqual([
      "prod-control-plane-euw1-az1",
      "prod-control-plane-euw1-az2",
      "prod-control-plane-euw1-az3",
      "prod-endpoint-euw1-az1",
      "prod-endpoint-euw1-az2",
      "prod-endpoint-euw1-az3",
      "prod-load-balancer-euw1-az1",
      "prod-load-balancer-euw1-az2",
      "prod-load-balancer-euw1-az3",
      "prod-node-euw1-az1",
      "prod-node-euw1-az2",
      "prod-node-euw1-az3",
    ]);
  });

  test("gives no subnet's instances a public address, and names zones by id", () => {
    const subnets = made.resources.filter((r) => r.type === "aws:ec2/subnet:Subnet");
    expect(subnets.map((s) => s.inputs["mapPublicIpOnLaunch"])).toEqual(Array<boolean>(12).fill(false));
    expect(subnets.filter((s) => "availabilityZone" in s.inputs)).toEqual([]);
  });

  test("has no way to the internet", () => {
    const types = new Set(made.resources.map((r) => r.type));
    expect(types).not.toContain("aws:ec2/internetGateway:InternetGateway");
    expect(types).not.toContain("aws:ec2/natGateway:NatGateway");
    expect(types).not.toContain("aws:ec2/route:Route");
  });

  test("puts every subnet on a private route table", () => {
    expect(namesOf(made, "aws:ec2/routeTable:RouteTable")).toEqual([
      "prod-routes-isolated",
      "prod-routes-node-euw1-az1",
      "prod-routes-node-euw1-az2",
      "prod-routes-node-euw1-az3",
    ]);
    expect(namesOf(made, "aws:ec2/routeTableAssociation:RouteTableAssociation")).toHaveLength(12);
    expect(
      inputs(made, "aws:ec2/routeTableAssociation:RouteTableAssociation", "prod-endpoint-euw1-az2-routes"),
    ).toEqual({
      routeTableId: "<id of routeTable prod-routes-isolated>",
      subnetId: "<id of subnet prod-endpoint-euw1-az2>",
    });
  });

  test("resolves private names inside the VPC", () => {
    expect(inputs(made, "aws:ec2/vpc:Vpc")).toEqual({
      cidrBlock: "10.0.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: "prod" },
    });
  });

  test("adopts the default security group and empties it", () => {
    expect(inputs(made, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")).toMatchObject({
      vpcId: "<id of vpc prod-vpc>",
      ingress: [],
      egress: [],
    });
  });

  test("adopts the default network ACL and the main route table, and empties them", () => {
    expect(inputs(made, "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl")).toMatchObject({
      defaultNetworkAclId: "<defaultNetworkAclId of vpc prod-vpc>",
      ingress: [],
      egress: [],
    });
    expect(inputs(made, "aws:ec2/defaultRouteTable:DefaultRouteTable")).toMatchObject({
      defaultRouteTableId: "<defaultRouteTableId of vpc prod-vpc>",
      routes: [],
    });
  });

  test("publishes what another stack builds on", () => {
    expect(Object.keys(resource(made, "ringfence:infra:Network").outputs).sort()).toEqual([
      "controlPlaneSubnetIds",
      "endpointSecurityGroupId",
      "endpointSubnetIds",
      "loadBalancerSubnetIds",
      "nodeSubnetIds",
      "s3PrefixListId",
      "vpcId",
    ]);
  });

  test("has nothing that our own rules find fault with", () => {
    expect(findingsIn(made)).toEqual([]);
  });

  test("writes flow logs of all traffic to an encrypted log group that forgets after a year", () => {
    expect(inputs(made, "aws:ec2/flowLog:FlowLog")).toMatchObject({
      vpcId: "<id of vpc prod-vpc>",
      trafficType: "ALL",
      logDestination: "<arn of logGroup prod-flow-logs>",
      iamRoleArn: "<arn of role prod-flow-logs-role>",
    });
    expect(inputs(made, "aws:cloudwatch/logGroup:LogGroup")).toMatchObject({
      kmsKeyId: LOGS_KEY,
      retentionInDays: 365,
    });
  });

  test("lets only flow logs of this account write with the role", () => {
    expect(statements(inputs(made, "aws:iam/role:Role")["assumeRolePolicy"])).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-1:111122223333:vpc-flow-log/*" },
        },
      },
    ]);
    const wanted = statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"]).flatMap((s) => s.Resource ?? []);
    expect(wanted).toEqual([
      "<arn of logGroup prod-flow-logs>",
      "<arn of logGroup prod-flow-logs>:*",
      "arn:aws:logs:eu-west-1:111122223333:log-group:*",
    ]);
  });

  test("publishes no relaxation", () => {
    expect(resource(made, "ringfence:infra:Network").outputs).not.toHaveProperty("relaxations");
  });
});

describe("endpoints", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan({ features: ["nodes", "podIdentity", "bastion", "secretsManager"] }, "eu-south-1");
  });

  const policyOf = (service: string) =>
    statements(inputs(made, "aws:ec2/vpcEndpoint:VpcEndpoint", `prod-endpoint-${service}`)["policy"]);

  test("are those of the features, and S3", () => {
    expect(namesOf(made, "aws:ec2/vpcEndpoint:VpcEndpoint")).toEqual([
      "prod-endpoint-ec2",
      "prod-endpoint-ecr.api",
      "prod-endpoint-ecr.dkr",
      "prod-endpoint-eks",
      "prod-endpoint-eks-auth",
      "prod-endpoint-logs",
      "prod-endpoint-s3",
      "prod-endpoint-secretsmanager",
      "prod-endpoint-ssm",
      "prod-endpoint-ssmmessages",
      "prod-endpoint-sts",
    ]);
  });

  test("answer by the services' own names, in the endpoint subnets", () => {
    expect(inputs(made, "aws:ec2/vpcEndpoint:VpcEndpoint", "prod-endpoint-eks-auth")).toMatchObject({
      serviceName: "com.amazonaws.eu-south-1.eks-auth",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      securityGroupIds: ["<id of securityGroup prod-endpoints>"],
      subnetIds: [
        "<id of subnet prod-endpoint-eus1-az1>",
        "<id of subnet prod-endpoint-eus1-az2>",
        "<id of subnet prod-endpoint-eus1-az3>",
      ],
    });
  });

  test("let the VPC in on 443 and nobody else", () => {
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    expect(namesOf(made, type)).toEqual(["prod-endpoints-https"]);
    expect(inputs(made, type)).toMatchObject({
      cidrIpv4: "10.0.0.0/16",
      fromPort: 443,
      toPort: 443,
      ipProtocol: "tcp",
    });
  });

  test("serve callers of this account, on resources of this account", () => {
    expect(policyOf("secretsmanager")).toEqual([
      {
        Sid: "OwnAccount",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["secretsmanager:*"],
        Resource: ["*"],
        Condition: {
          StringEquals: { "aws:PrincipalAccount": "111122223333" },
          StringEqualsIfExists: { "aws:ResourceAccount": "111122223333" },
        },
      },
    ]);
  });

  test("every one has a policy that binds the caller's account, but for image layers and tokens of pods", () => {
    const open = made.resources
      .filter((r) => r.type === "aws:ec2/vpcEndpoint:VpcEndpoint")
      .flatMap((r) =>
        statements(r.inputs["policy"])
          .filter((s) => s.Condition?.["StringEquals"]?.["aws:PrincipalAccount"] !== "111122223333")
          .map((s) => `${r.name} ${s.Sid ?? ""} ${s.Action.join()} ${(s.Resource ?? []).join()}`),
      );
    expect(open).toEqual([
      "prod-endpoint-s3 ImageLayers s3:GetObject arn:aws:s3:::prod-eu-south-1-starport-layer-bucket/*",
      "prod-endpoint-sts WebIdentity sts:AssumeRoleWithWebIdentity *",
    ]);
  });

  test("let images through that belong to the account and to EKS of this Region, and none out", () => {
    expect(policyOf("ecr.api").find((s) => s.Sid === "Pull")?.Resource).toEqual([
      "arn:aws:ecr:eu-south-1:111122223333:repository/*",
      "arn:aws:ecr:eu-south-1:590381155156:repository/*",
    ]);
    expect(policyOf("ecr.dkr")).toEqual(policyOf("ecr.api"));
    expect(policyOf("ecr.api").flatMap((s) => s.Action)).not.toContain("ecr:PutImage");
  });

  test("S3 is on every private route table", () => {
    expect(inputs(made, "aws:ec2/vpcEndpoint:VpcEndpoint", "prod-endpoint-s3")).toMatchObject({
      vpcEndpointType: "Gateway",
      routeTableIds: [
        "<id of routeTable prod-routes-isolated>",
        "<id of routeTable prod-routes-node-eus1-az1>",
        "<id of routeTable prod-routes-node-eus1-az2>",
        "<id of routeTable prod-routes-node-eus1-az3>",
      ],
    });
  });
});

describe("refuses", () => {
  test("every problem at once, in one error", async () => {
    await expect(
      plan({ vpcCidr: Cidr.parse("10.0.0.0/24"), zones: ["euw1-az1"], flowLogRetentionDays: 42 }),
    ).rejects.toThrow(
      [
        "Network 'prod':",
        "  'vpcCidr' must be an IPv4 block from /16 to /18, got '10.0.0.0/24'. Use a /16, so that the VPC CNI has addresses for every pod",
        `  'zones' must name at least two zones, got ["euw1-az1"]. Name three, or leave \`zones\` out`,
        "  'flowLogRetentionDays' must be a retention that CloudWatch Logs accepts, got 42. Choose one of 1, 3, 5, 7, 14",
      ].join("\n"),
    );
  });

  test("a name that AWS would find too long with what is added to it", async () => {
    const named = (length: number) => () =>
      new Network("n".repeat(length), { keys: { logsKeyArn: LOGS_KEY }, dnsFirewall: DnsFirewall.allow(["db.corp"]) });
    await expect(planOf(named(40))).rejects.toThrow("'name' must have at most 39 characters");
    const made = await planOf(named(39), { config: { "aws:region": "eu-west-1" } });
    // Route 53 and IAM take 64, and Pulumi adds eight.
    const limited = made.resources.filter(({ type }) => /^aws:(route53\/resolver|iam\/role:)/.test(type));
    expect(limited.filter(({ name }) => name.length > 56).map(({ name }) => name)).toEqual([]);
    expect(limited.length).toBeGreaterThan(6);
  });

  test("logs that are kept for ever", async () => {
    await expect(plan({ flowLogRetentionDays: 0 })).rejects.toThrow("'flowLogRetentionDays' must be a retention");
  });

  test("a Region that nobody names", async () => {
    const program = () => new Network("prod", { keys: { logsKeyArn: LOGS_KEY } });
    await expect(planOf(program, { config: { "aws:region": "" } })).rejects.toThrow(
      "'region' must be known while the program runs, got ''. Run `pulumi config set aws:region eu-west-1`, or pass `region`",
    );
  });
});

test("takes the Region as an argument, and lets the raw VPC arguments be edited last", async () => {
  const made = await plan({
    region: "eu-central-1",
    transformVpc: (args) => ({ ...args, enableNetworkAddressUsageMetrics: true }),
  });
  expect(inputs(made, "aws:ec2/subnet:Subnet", "prod-node-euc1-az1")).toMatchObject({ availabilityZoneId: "euc1-az1" });
  expect(inputs(made, "aws:ec2/vpc:Vpc")).toMatchObject({
    cidrBlock: "10.0.0.0/16",
    enableNetworkAddressUsageMetrics: true,
  });
});

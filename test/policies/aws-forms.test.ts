/** The same defect is found in every form that a program can give a resource of AWS, and reported where the program has it. */
import type { PlannedResource } from "../../plan/model/index.js";
import { concat, planned, planOfExample, ref, unresolved } from "../../policies/examples.js";
import { found, foundIn, said } from "./said.js";

describe("former tokens of @pulumi/aws", () => {
  test.each(["lb", "alb", "elasticloadbalancingv2", "applicationloadbalancing"])("a listener of aws:%s", (module) => {
    const type = `aws:${module}/listener:Listener`;
    const inputs = { loadBalancerArn: "arn:1", protocol: "HTTP", defaultActions: [{ type: "forward" }] };
    expect(found("lb-listener-tls-or-redirect", planned(type, "web", inputs))).toEqual([
      `fail ${type} web defaultActions[0].type`,
    ]);
  });

  test.each(["bucketAcl:BucketAcl", "bucketAclV2:BucketAclV2"])("a list of rights aws:s3/%s", (kind) => {
    const type = `aws:s3/${kind}`;
    const inputs = { bucket: "votes", acl: "public-read" };
    expect(found("s3-acl-not-public", planned(type, "votes", inputs))).toEqual([`fail ${type} votes acl`]);
  });

  test("a bucket of either token has its settings", () => {
    const block = (all: boolean) =>
      planned("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", {
        bucket: ref("votes", "id"),
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: all,
      });
    for (const type of ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"]) {
      expect(said("s3-public-access-block", planned(type, "votes", {}), block(true))).toEqual(["pass"]);
      expect(said("s3-public-access-block", planned(type, "votes", {}), block(false))).toEqual([
        "fail block restrictPublicBuckets",
      ]);
    }
  });
});

describe("security groups", () => {
  const world = "0.0.0.0/0";
  const ports = { fromPort: 22, toPort: 22 };

  test.each([
    [
      "aws:ec2/securityGroup:SecurityGroup",
      { ingress: [{ protocol: "tcp", cidrBlocks: ["10.0.0.0/8", world], ...ports }] },
      "ingress[0].cidrBlocks[1]",
    ],
    [
      "aws:ec2/securityGroupRule:SecurityGroupRule",
      { type: "ingress", protocol: "tcp", cidrBlocks: [world], securityGroupId: "sg-1", ...ports },
      "cidrBlocks[0]",
    ],
    [
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { ipProtocol: "tcp", cidrIpv4: world, securityGroupId: "sg-1", ...ports },
      "cidrIpv4",
    ],
    [
      "aws-native:ec2:SecurityGroup",
      { groupDescription: "nodes", securityGroupIngress: [{ ipProtocol: "tcp", cidrIp: world, ...ports }] },
      "securityGroupIngress[0].cidrIp",
    ],
    [
      "aws-native:ec2:SecurityGroup",
      { groupDescription: "nodes", securityGroupIngress: [{ ipProtocol: "tcp", cidrIpv6: "::/0", ...ports }] },
      "securityGroupIngress[0].cidrIpv6",
    ],
    ["aws-native:ec2:SecurityGroupIngress", { ipProtocol: "tcp", cidrIp: world, groupId: "sg-1", ...ports }, "cidrIp"],
  ])("%s with SSH open to everybody at %#", (type, inputs, path) => {
    expect(found("sg-no-public-admin-ports", planned(type, "nodes", inputs))).toEqual([`fail ${type} nodes ${path}`]);
  });

  test("a list of rules that nobody knows yet stays unknown", () => {
    const group = planned("aws-native:ec2:SecurityGroup", "nodes", {
      groupDescription: "nodes",
      securityGroupIngress: unresolved("list"),
    });
    expect(found("sg-no-public-admin-ports", group)).toEqual([
      "unknown aws-native:ec2:SecurityGroup nodes securityGroupIngress",
    ]);
  });

  test("without a word on egress CloudFormation lets everything out, and the classic provider nothing", () => {
    expect(
      found("sg-egress-not-unrestricted", planned("aws-native:ec2:SecurityGroup", "a", { groupDescription: "a" })),
    ).toEqual(["fail aws-native:ec2:SecurityGroup a securityGroupEgress"]);
    expect(found("sg-egress-not-unrestricted", planned("aws:ec2/securityGroup:SecurityGroup", "a", {}))).toEqual([]);
    const written = {
      groupDescription: "a",
      securityGroupEgress: [{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIp: "10.0.0.0/8" }],
    };
    expect(found("sg-egress-not-unrestricted", planned("aws-native:ec2:SecurityGroup", "a", written))).toEqual([]);
  });
});

describe("components of awsx and eks", () => {
  test.each([
    [
      "eks:index:Cluster",
      "aws:eks/cluster:Cluster",
      "eks-endpoint-public-access-disabled",
      {},
      "vpcConfig.endpointPublicAccess",
    ],
    [
      "awsx:ec2:Vpc",
      "aws:ec2/subnet:Subnet",
      "subnet-no-auto-public-ip",
      { mapPublicIpOnLaunch: true },
      "mapPublicIpOnLaunch",
    ],
    ["awsx:ecr:Repository", "aws:ecr/repository:Repository", "ecr-tag-immutable", {}, "imageTagMutability"],
    [
      "awsx:lb:ApplicationLoadBalancer",
      "aws:lb/listener:Listener",
      "lb-listener-tls-or-redirect",
      { loadBalancerArn: concat("arn:", unresolved("string")), defaultActions: [{ type: "forward" }] },
      "defaultActions[0].type",
    ],
  ])("a child of %s is judged as what it is", (component, type, rule, inputs, path) => {
    const plan = planOfExample({
      title: "a child",
      resources: [planned(component, "it", {}), planned(type, "child", inputs)],
    });
    const [parent, child] = plan.resources;
    if (parent === undefined || child === undefined) throw new Error("the example has two resources");
    const resources: readonly PlannedResource[] = [
      { ...parent, custom: false },
      { ...child, parent: parent.urn },
    ];
    expect(foundIn(rule, { ...plan, resources })).toEqual([`fail ${type} child ${path}`]);
  });
});

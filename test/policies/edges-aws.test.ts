/** Edges of rules on AWS that their examples do not show. */
import type { Urn } from "../../plan/model/index.js";
import { Ref } from "../../plan/model/index.js";
import { json, planned, planOfExample, ref, unresolved } from "../../policies/examples.js";
import { judge } from "../../policies/index.js";
import type { ExampleObject, ExampleResource } from "../../policies/index.js";
import { said, TODAY } from "./said.js";

const WORLD = "0.0.0.0/0";

describe("network ACLs are read in order, by family and by protocol", () => {
  const ACL = "aws:ec2/networkAcl:NetworkAcl";
  const RULE = "aws:ec2/networkAclRule:NetworkAclRule";

  function rule(name: string, inputs: ExampleObject): ExampleResource {
    const common = { networkAclId: ref("acl", "id"), protocol: "tcp", fromPort: 22, toPort: 22, cidrBlock: WORLD };
    return planned(RULE, name, { ...common, ...inputs });
  }
  const acl = planned(ACL, "acl", { vpcId: "vpc-1" });
  const allow = rule("allow", { ruleAction: "allow", ruleNumber: 100 });

  test("a rule of its own that comes first keeps out", () => {
    const deny = rule("deny", { ruleAction: "deny", ruleNumber: 50 });
    expect(said("nacl-no-admin-ports", acl, allow, deny)).toEqual(["pass"]);
    expect(said("nacl-no-admin-ports", deny, allow, acl)).toEqual(["pass"]);
  });

  test.each([
    ["comes later", { ruleAction: "deny", ruleNumber: 101 }],
    ["is for traffic that goes out", { ruleAction: "deny", ruleNumber: 50, egress: true }],
    ["is for another port", { ruleAction: "deny", ruleNumber: 50, fromPort: 23, toPort: 23 }],
    ["is for UDP", { ruleAction: "deny", ruleNumber: 50, protocol: "udp" }],
    ["is for a part of the internet", { ruleAction: "deny", ruleNumber: 50, cidrBlock: "128.0.0.0/1" }],
    ["is for another ACL", { ruleAction: "deny", ruleNumber: 50, networkAclId: "acl-0123" }],
  ])("one that %s does not", (_, inputs) => {
    expect(said("nacl-no-admin-ports", acl, allow, rule("deny", inputs))).toEqual(["fail allow cidrBlock"]);
  });

  test("a denial of IPv4 says nothing of IPv6", () => {
    const six = planned(RULE, "six", {
      networkAclId: ref("acl", "id"),
      protocol: "-1",
      ruleAction: "allow",
      ruleNumber: 100,
      ipv6CidrBlock: "::/0",
    });
    const deny = rule("deny", { ruleAction: "deny", ruleNumber: 50 });
    expect(said("nacl-no-admin-ports", acl, six, deny)).toEqual(["fail six ipv6CidrBlock"]);
  });

  test("UDP on port 22 is no SSH", () => {
    expect(
      said("nacl-no-admin-ports", acl, rule("udp", { ruleAction: "allow", ruleNumber: 1, protocol: "17" })),
    ).toEqual(["pass"]);
  });

  test("the default ACL that lets all in is one finding, with the other listed under it", () => {
    const open = planned("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "default", {
      defaultNetworkAclId: "acl-1",
      ingress: [{ ruleNo: 100, action: "allow", protocol: -1, fromPort: 0, toPort: 0, cidrBlock: WORLD }],
    });
    const { findings } = judge(planOfExample({ title: "open", resources: [open] }), {
      rules: ["nacl-no-admin-ports", "nacl-not-all-ports"],
      today: TODAY,
    });
    expect(findings.map((f) => [f.rule.id, f.covered.map((c) => c.rule.id)])).toEqual([
      ["nacl-no-admin-ports", ["nacl-not-all-ports"]],
    ]);
  });
});

describe("policies on everything", () => {
  const POLICY = "aws:iam/policy:Policy";
  const policy = (...statements: readonly ExampleObject[]) =>
    planned(POLICY, "app", { policy: json({ Statement: statements }) });
  const open = (more: ExampleObject) => policy({ Effect: "Allow", Resource: "*", ...more });
  const HERE = "policy.Statement[0].Action";

  test.each([
    ["a family that takes no resource", { Action: "ec2:Describe*" }, "pass"],
    ["any letter case", { Action: "SQS:deletequeue" }, `fail app ${HERE}`],
    ["a service that no table knows", { Action: "example:Delete" }, "pass"],
    ["everything, which another rule reports", { Action: "*" }, "pass"],
    ["a whole service, which another rule reports", { Action: "sqs:*" }, "pass"],
    [
      "all resources but one",
      { Action: "sqs:DeleteQueue", Resource: [], NotResource: "arn:aws:sqs:::a" },
      `fail app ${HERE}`,
    ],
    [
      "only resources of one account and Region",
      { Action: "sqs:DeleteQueue", Resource: "arn:aws:sqs:eu-west-1:111122223333:*" },
      "pass",
    ],
    [
      "one of several resources is all of them",
      { Action: "sqs:DeleteQueue", Resource: ["arn:aws:sqs:::a", "*"] },
      `fail app ${HERE}`,
    ],
    [
      "a tag of the caller binds nothing",
      { Action: "sqs:DeleteQueue", Condition: { StringNotEquals: { "aws:ResourceTag/a": "b" } } },
      `fail app ${HERE}`,
    ],
    ["one late action", { Action: ["ec2:DescribeVpcs", unresolved("string")] }, `unknown app ${HERE}`],
  ])("%s", (_, statement, answer) => {
    expect(said("iam-no-unconstrained-write", open(statement))).toEqual([answer]);
  });

  test("a denial with a condition takes nothing away", () => {
    const denial = {
      Effect: "Deny",
      Action: "sqs:*",
      Resource: "*",
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
    };
    expect(
      said("iam-no-unconstrained-write", policy({ Effect: "Allow", Action: "sqs:DeleteQueue", Resource: "*" }, denial)),
    ).toEqual([`fail app ${HERE}`]);
  });

  test("one statement is one finding: the worst, with the others under it", () => {
    const { findings } = judge(
      planOfExample({ title: "open", resources: [open({ Action: ["iam:PutRolePolicy", "sqs:DeleteQueue"] })] }),
      { today: TODAY },
    );
    expect(findings.map((f) => f.rule.id)).not.toContain("iam-no-wildcard-resource");
    expect(findings.map((f) => f.rule.id)).not.toContain("iam-no-unconstrained-write");
    const covered = findings.flatMap((f) => f.covered.map((c) => c.rule.id));
    expect(covered).toEqual(expect.arrayContaining(["iam-no-unconstrained-write", "iam-no-wildcard-resource"]));
  });

  test("a permissions boundary grants nothing", () => {
    const role = planned("aws:iam/role:Role", "app-role", { permissionsBoundary: ref("app", "arn") });
    expect(said("iam-no-wildcard-resource", open({ Action: "sqs:DeleteQueue" }), role)).toEqual(["notApplicable"]);
  });
});

describe("rotation", () => {
  const rotated = (rotationRules: ExampleObject) => [
    planned("aws:secretsmanager/secret:Secret", "db", {}),
    planned("aws:secretsmanager/secretRotation:SecretRotation", "turn", { secretId: ref("db", "arn"), rotationRules }),
  ];
  const AT = "rotationRules.scheduleExpression";

  test.each([
    ["rate(24 hours)", "pass"],
    ["rate(90 days)", "pass"],
    ["rate(91 days)", `fail turn ${AT}`],
    ["cron(0 4 ? * SUN *)", "pass"],
    ["cron(0 4 ? * SUN#1 *)", "pass"],
    ["cron(0 4 1 1/2 ? *)", "pass"],
    ["cron(0 4 1 1/6 ? *)", `fail turn ${AT}`],
    ["cron(0 4 1 1 ? *)", `fail turn ${AT}`],
    ["every now and then", `fail turn ${AT}`],
  ])("%s", (scheduleExpression, answer) => {
    expect(said("secretsmanager-rotation", ...rotated({ scheduleExpression }))).toEqual([answer]);
  });
});

describe("services of an account", () => {
  const detector = planned("aws:guardduty/detector:Detector", "main", {});
  const recorder = planned("aws:cfg/recorder:Recorder", "all", { roleArn: "arn" });
  const ABSENT = ["securityhub-enabled", "iam-access-analyzer-present"];

  test.each(ABSENT)("%s asks nothing of a plan that sets up no account", (rule) => {
    expect(said(rule, detector)).toEqual(["notApplicable"]);
    expect(said(rule, planned("aws:s3/bucket:Bucket", "votes", {}))).toEqual(["notApplicable"]);
    expect(said(rule, detector, recorder)).toEqual(["fail main "]);
  });

  test("a recorder is started by a status that names it, or that has the name of both", () => {
    const status = (name: ExampleObject[string]) =>
      planned("aws:cfg/recorderStatus:RecorderStatus", "status", { name, isEnabled: true });
    expect(said("config-recorder-on", recorder, status(ref("all", "name")))).toEqual(["pass"]);
    expect(said("config-recorder-on", recorder, status("default"))).toEqual(["pass"]);
    expect(said("config-recorder-on", recorder, status("other"))).toEqual(["fail all "]);
    const named = planned("aws:cfg/recorder:Recorder", "all", { roleArn: "arn", name: "other" });
    expect(said("config-recorder-on", named, status("other"))).toEqual(["pass"]);
  });

  test("runtime monitoring is asked of a detector only beside a cluster, and not of one that is off", () => {
    const cluster = planned("aws:eks/cluster:Cluster", "prod", {});
    const off = planned("aws:guardduty/detector:Detector", "main", { enable: false });
    expect(said("guardduty-runtime-monitoring", detector)).toEqual(["notApplicable"]);
    expect(said("guardduty-runtime-monitoring", detector, cluster)).toEqual(["fail main "]);
    expect(said("guardduty-runtime-monitoring", off, cluster)).toEqual(["notApplicable"]);
  });
});

describe("buckets", () => {
  const bucket = (name: string, inputs: ExampleObject = {}) => planned("aws:s3/bucket:Bucket", name, inputs);

  test("a setting finds its bucket by name too", () => {
    const versions = planned("aws:s3/bucketVersioning:BucketVersioning", "versions", {
      bucket: "votes",
      versioningConfiguration: { status: "Enabled" },
    });
    expect(said("s3-versioning", bucket("b", { bucket: "votes" }), versions)).toEqual(["pass"]);
    expect(said("s3-versioning", bucket("b", { bucket: "other" }), versions)).toEqual(["fail b "]);
  });

  test("the inline settings of the older token are read, at their own place", () => {
    const older = planned("aws:s3/bucketV2:BucketV2", "votes", {
      serverSideEncryptionConfigurations: [
        { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "AES256" }] }] },
      ],
    });
    expect(said("s3-encryption-kms", older)).toEqual([
      "fail votes serverSideEncryptionConfigurations[0].rules[0].applyServerSideEncryptionByDefaults[0].sseAlgorithm",
    ]);
  });

  test("a bucket that takes the log of a load balancer cannot use KMS and needs no log itself", () => {
    const balancer = planned("aws:lb/loadBalancer:LoadBalancer", "web", {
      accessLogs: { enabled: true, bucket: ref("logs", "id") },
    });
    expect(said("s3-encryption-kms", bucket("logs"), balancer)).toEqual(["notApplicable"]);
    expect(said("s3-access-logging", bucket("logs"), balancer)).toEqual(["notApplicable"]);
  });

  test("only buckets that take records need a lock", () => {
    expect(said("s3-object-lock", bucket("votes"))).toEqual(["notApplicable"]);
    const flow = planned("aws:ec2/flowLog:FlowLog", "flow", { vpcId: "vpc-1", logDestination: ref("votes", "arn") });
    expect(said("s3-object-lock", bucket("votes"), flow)).toEqual(["fail votes objectLockEnabled"]);
  });
});

describe("networks", () => {
  const routed = (name: string) => [
    planned("aws:ec2/subnet:Subnet", name, { vpcId: "vpc-1" }),
    planned("aws:ec2/routeTable:RouteTable", "table", {
      vpcId: "vpc-1",
      routes: [{ cidrBlock: WORLD, gatewayId: "igw-1" }],
    }),
    planned("aws:ec2/routeTableAssociation:RouteTableAssociation", "link", {
      subnetId: ref(name, "id"),
      routeTableId: ref("table", "id"),
    }),
    planned("aws:eks/nodeGroup:NodeGroup", "nodes", {
      clusterName: "prod",
      nodeRoleArn: "arn",
      subnetIds: [ref(name, "id")],
    }),
  ];

  test("the route into a private subnet is one finding, with the nodes there under it", () => {
    const rules = ["route-private-subnet-no-igw", "eks-nodegroup-private-subnets"];
    const { findings } = judge(planOfExample({ title: "a", resources: routed("private-a") }), { rules, today: TODAY });
    expect(findings.map((f) => [f.rule.id, f.resource.name, f.covered.map((c) => c.resource.name)])).toEqual([
      ["route-private-subnet-no-igw", "table", ["nodes"]],
    ]);
    const other = judge(planOfExample({ title: "a", resources: routed("a") }), { rules, today: TODAY });
    expect(other.findings.map((f) => [f.rule.id, f.resource.name])).toEqual([
      ["eks-nodegroup-private-subnets", "nodes"],
    ]);
  });

  test.each(["private-a", "eu-internal", "app_intra_1"])("'%s' is called private", (name) => {
    expect(said("route-private-subnet-no-igw", ...routed(name))).toEqual(["fail table routes[0].gatewayId"]);
  });

  test.each(["privateer", "public-internal-lb", "international"])("'%s' is not", (name) => {
    expect(said("route-private-subnet-no-igw", ...routed(name))).toEqual(["notApplicable"]);
  });

  test("nodes in public subnets are not asked for endpoints", () => {
    expect(said("vpc-endpoints-for-private-nodes", ...routed("a"))).toEqual(["notApplicable"]);
  });

  test("a gateway load balancer faces nobody, and a late tag is a tag", () => {
    const balancer = (inputs: ExampleObject) => planned("aws:alb/loadBalancer:LoadBalancer", "web", inputs);
    expect(said("lb-internet-facing-approved", balancer({ loadBalancerType: "gateway" }))).toEqual(["notApplicable"]);
    expect(said("lb-internet-facing-approved", balancer({ loadBalancerType: "network" }))).toEqual([
      "fail web internal",
    ]);
    const tags = { "ringfence.dev/internet-facing": unresolved("string") };
    expect(said("lb-internet-facing-approved", balancer({ tags }))).toEqual(["pass"]);
  });

  test("a security group that the stack exports is used", () => {
    const plan = planOfExample({ title: "a", resources: [planned("aws:ec2/securityGroup:SecurityGroup", "web", {})] });
    const urn = plan.resources.map((r) => r.urn)[0] ?? ("" as Urn);
    const stackOutputs = { group: { id: new Ref(urn, "id") } };
    expect(judge(plan, { rules: ["sg-attached"] }).counts.fail).toBe(1);
    expect(judge({ ...plan, stackOutputs }, { rules: ["sg-attached"] }).counts.pass).toBe(1);
  });
});

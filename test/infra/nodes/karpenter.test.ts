import { Egress, Karpenter, NodeSubnets } from "../../../infra/index.js";
import type { KarpenterArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { toPlainJson } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, resource, statements, VOLUMES_KEY } from "../support.js";
import type { PlannedStatement } from "../support.js";
import { CLUSTER, INGRESS, KEYS, NETWORK, rulesOf, SECURITY_GROUP } from "./references.js";

const plan = (args: Partial<KarpenterArgs> = {}, region?: string) =>
  planIn(() => {
    new Karpenter("karpenter", { network: NETWORK, cluster: CLUSTER, keys: KEYS, ...args });
  }, region);

const controllerOf = (made: Plan): PlannedStatement[] =>
  statements(inputs(made, "aws:iam/rolePolicy:RolePolicy", "karpenter-controller-role-policy")["policy"]);

const OWN = {
  StringEquals: { "aws:ResourceTag/kubernetes.io/cluster/prod": "owned" },
  StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
};

let made: Plan;
beforeAll(async () => {
  made = await plan();
});

describe("the controller", () => {
  const statement = (sid: string) => controllerOf(made).find(({ Sid }) => Sid === sid);

  test("is one service account of this cluster", () => {
    expect(inputs(made, "aws:eks/podIdentityAssociation:PodIdentityAssociation")).toMatchObject({
      clusterName: "prod",
      namespace: "kube-system",
      serviceAccount: "karpenter",
    });
  });

  test("starts machines in the named subnets, with the named security groups, under the tags of this cluster", () => {
    expect(statement("StartFrom")?.Resource).toEqual([
      "arn:aws:ec2:eu-west-1::image/*",
      "arn:aws:ec2:eu-west-1::snapshot/*",
      "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-a1",
      "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-a2",
      "arn:aws:ec2:eu-west-1:111122223333:security-group/<id of securityGroup karpenter-nodes>",
    ]);
    expect(statement("StartTagged")?.Condition).toEqual({
      StringEquals: {
        "aws:RequestTag/kubernetes.io/cluster/prod": "owned",
        "aws:RequestTag/eks:eks-cluster-name": "prod",
      },
      StringLike: { "aws:RequestTag/karpenter.sh/nodepool": "*" },
    });
  });

  test("ends and tags machines of this cluster only", () => {
    expect(statement("EndOwn")?.Condition).toEqual(OWN);
    expect(statement("StartFromOwnTemplates")?.Condition).toEqual(OWN);
    expect(statement("TagOwn")?.Condition).toMatchObject(OWN);
  });

  test("passes the nodes' role to EC2 alone, and makes no instance profile", () => {
    expect(statement("PassNodeRole")).toMatchObject({
      Resource: ["<arn of role karpenter-nodes>"],
      Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    });
    const iam = controllerOf(made).flatMap(({ Action }) => Action.filter((action) => action.startsWith("iam:")));
    expect(iam.sort()).toEqual(["iam:GetInstanceProfile", "iam:PassRole"]);
  });

  test("uses the key of volumes through EC2", () => {
    expect(statement("UseVolumesKey")?.Resource).toEqual([VOLUMES_KEY]);
  });

  test("asks for prices only with a way to the internet", async () => {
    expect(statement("ReadPrices")).toBeUndefined();
    const egress = Egress.nat({ reason: "the payment provider has no private link" });
    const open = await plan({ network: { ...NETWORK, egress } });
    expect(controllerOf(open).find(({ Sid }) => Sid === "ReadPrices")?.Action).toEqual(["pricing:GetProducts"]);
    const values = (p: Plan) => toPlainJson(resource(p, "ringfence:infra:Karpenter").outputs["values"] ?? null);
    expect([values(open), values(made)]).toMatchObject([
      { settings: { isolatedVPC: false } },
      { settings: { isolatedVPC: true } },
    ]);
  });
});

describe("the nodes", () => {
  test("join by an access entry, and have the role of nodes in an instance profile", () => {
    expect(inputs(made, "aws:eks/accessEntry:AccessEntry")).toMatchObject({
      clusterName: "prod",
      principalArn: "<arn of role karpenter-nodes>",
      type: "EC2_LINUX",
    });
    expect(inputs(made, "aws:iam/instanceProfile:InstanceProfile")["role"]).toBe("<name of role karpenter-nodes>");
    expect(
      namesOf(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").map((name) => name.split("-").at(-1)),
    ).toEqual(["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"]);
  });

  test("have a security group with the rules of nodes, or share one", async () => {
    expect(rulesOf(made, INGRESS, "<id of securityGroup karpenter-nodes>")).toContain(
      "tcp 10250-10250 sg-control-plane",
    );
    const shared = await plan({ securityGroupId: "sg-nodes" });
    expect(namesOf(shared, SECURITY_GROUP)).toEqual([]);
    expect(controllerOf(shared).find(({ Sid }) => Sid === "StartFrom")?.Resource).toContain(
      "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-nodes",
    );
  });
});

describe("the queue", () => {
  test("is encrypted, and takes messages of these rules over TLS only", () => {
    expect(inputs(made, "aws:sqs/queue:Queue")).toMatchObject({
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 300,
    });
    expect(statements(inputs(made, "aws:sqs/queuePolicy:QueuePolicy")["policy"])).toEqual([
      {
        Sid: "EventBridge",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["sqs:SendMessage"],
        Resource: ["<arn of queue karpenter-interruptions>"],
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnEquals: {
            "aws:SourceArn": ["health", "spot", "rebalance", "state"].map(
              (key) => `<arn of eventRule karpenter-interruptions-${key}>`,
            ),
          },
        },
      },
      {
        Sid: "OverTlsOnly",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["sqs:*"],
        Resource: ["<arn of queue karpenter-interruptions>"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("hears of all that ends a machine", () => {
    const patterns = namesOf(made, "aws:cloudwatch/eventRule:EventRule").map((name) => {
      const pattern = String(inputs(made, "aws:cloudwatch/eventRule:EventRule", name)["eventPattern"]);
      return (JSON.parse(pattern) as { "detail-type": string[] })["detail-type"][0];
    });
    expect(patterns).toEqual([
      "AWS Health Event",
      "EC2 Instance Rebalance Recommendation",
      "EC2 Spot Instance Interruption Warning",
      "EC2 Instance State-change Notification",
    ]);
    expect(namesOf(made, "aws:cloudwatch/eventTarget:EventTarget")).toHaveLength(4);
  });
});

test("says the chart's values", () => {
  expect(toPlainJson(resource(made, "ringfence:infra:Karpenter").outputs["values"] ?? null)).toEqual({
    serviceAccount: { create: true, name: "karpenter" },
    settings: {
      clusterName: "prod",
      clusterEndpoint: CLUSTER.endpoint,
      interruptionQueue: "[unknown]",
      isolatedVPC: true,
    },
    controller: { env: [{ name: "AWS_REGION", value: "eu-west-1" }] },
  });
});

test("our own rules find nothing", () => {
  expect(findingsIn(made).filter((finding) => finding.includes(" fail "))).toEqual([]);
});

test("in China ARNs and principals are those of China", async () => {
  const china = await plan({}, "cn-north-1");
  expect(controllerOf(china).find(({ Sid }) => Sid === "ReadImages")?.Resource).toEqual([
    "arn:aws-cn:ssm:cn-north-1::parameter/aws/service/*",
  ]);
  expect(statements(inputs(china, "aws:iam/role:Role", "karpenter-nodes")["assumeRolePolicy"])).toMatchObject([
    { Principal: { Service: "ec2.amazonaws.com.cn" } },
  ]);
  expect(controllerOf(china).find(({ Sid }) => Sid === "UseVolumesKey")?.Condition).toEqual({
    StringEquals: { "kms:ViaService": "ec2.cn-north-1.amazonaws.com.cn" },
  });
});

test("refuses every problem at once", async () => {
  await expect(
    plan({
      subnets: NodeSubnets.of("subnet-a1", "subnet-a1"),
      namespace: "Kube",
      securityGroupId: "sg-1",
      webhookPorts: [9443],
    }),
  ).rejects.toThrow(
    [
      "Karpenter 'karpenter':",
      "  'subnets[1]' must name each subnet once, got 'subnet-a1'. Remove the second one",
      "  'webhookPorts' must not be there with `securityGroupId`, got [9443]. Name the ports where the security group is made",
      "  'namespace' must be the name of one namespace, got 'Kube'. Write it like 'vote'",
    ].join("\n"),
  );
});

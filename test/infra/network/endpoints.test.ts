/** Which endpoints there are, what they are called, where they stand, and whom they serve. */
import { ENDPOINT_SERVICES, endpointFacts, endpointServiceName } from "../../../core/data/endpoint-services.js";
import { REGIONS } from "../../../core/data/regions.js";
import { ENDPOINT_FEATURES, endpointsFor } from "../../../infra/index.js";
import type { EndpointFeature, EndpointService } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, LOGS_KEY, namesOf, statements } from "../support.js";
import { networkPlan } from "./program.js";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const FEATURES = Object.keys(ENDPOINT_FEATURES) as EndpointFeature[];
const SERVICES = Object.keys(ENDPOINT_SERVICES) as EndpointService[];

test.each<[EndpointFeature, string[]]>([
  ["nodes", ["ec2", "ecr.api", "ecr.dkr", "eks", "logs", "sts"]],
  ["podIdentity", ["eks-auth"]],
  ["bastion", ["logs", "ssm", "ssmmessages"]],
  ["karpenter", ["ec2", "eks", "sqs", "ssm", "sts"]],
  ["guardDuty", ["guardduty-data"]],
  ["oidcIssuer", ["oidc-eks"]],
  ["inspector", ["ec2messages", "inspector2-telemetry", "ssm", "ssmmessages"]],
  ["fileStorage", ["elasticfilesystem"]],
])("%s needs %p", (feature, services) => {
  expect(endpointsFor([feature])).toEqual(services);
});

test("names each service once, in one order, whatever that of features", () => {
  const all = endpointsFor(FEATURES);
  expect(all).toEqual([...new Set(all)].sort());
  expect(endpointsFor([...FEATURES].reverse())).toEqual(all);
  expect(endpointsFor([])).toEqual([]);
  expect(endpointsFor(["podIdentity"], ["sns", "eks-auth"])).toEqual(["eks-auth", "sns"]);
});

test.each<[EndpointService, string, string]>([
  ["ecr.api", "eu-west-1", "com.amazonaws.eu-west-1.ecr.api"],
  ["ecr.api", "us-gov-west-1", "com.amazonaws.us-gov-west-1.ecr.api"],
  ["ecr.api", "cn-north-1", "cn.com.amazonaws.cn-north-1.ecr.api"],
  ["sts", "cn-northwest-1", "cn.com.amazonaws.cn-northwest-1.sts"],
  ["logs", "cn-north-1", "com.amazonaws.cn-north-1.logs"],
  ["ssmmessages", "cn-northwest-1", "com.amazonaws.cn-northwest-1.ssmmessages"],
])("%s in %s is %s", (service, region, name) => {
  expect(endpointServiceName(service, region)).toBe(name);
});

test("only listed Regions are named as having no endpoint", () => {
  const named = SERVICES.flatMap((service): readonly string[] => endpointFacts(service).notIn ?? []);
  expect(named.filter((region) => !(region in REGIONS))).toEqual([]);
});

test("every endpoint of every feature binds the caller's account, but for keys that everybody may read", async () => {
  const made = await networkPlan({ features: FEATURES, endpointServices: SERVICES });
  const open = namesOf(made, ENDPOINT)
    .filter((name) => name !== "prod-endpoint-s3")
    .filter((name) => {
      const { policy } = inputs(made, ENDPOINT, name);
      const own = (s: ReturnType<typeof statements>[number]) =>
        s.Sid === "WebIdentity" || s.Condition?.["StringEquals"]?.["aws:PrincipalAccount"] === "111122223333";
      return policy === undefined || !statements(policy).every(own);
    });
  expect(open).toEqual(["prod-endpoint-oidc-eks"]);
  expect(namesOf(made, ENDPOINT)).toHaveLength(SERVICES.length + 1);
});

test("pods without credentials exchange their token for a role of this account, by STS alone", async () => {
  const made = await networkPlan({ features: FEATURES, endpointServices: SERVICES });
  const withTokens = namesOf(made, ENDPOINT).flatMap((name) => {
    const { policy } = inputs(made, ENDPOINT, name);
    return policy === undefined ? [] : statements(policy).flatMap((s) => (s.Sid === "WebIdentity" ? [[name, s]] : []));
  });
  expect(withTokens).toEqual([
    [
      "prod-endpoint-sts",
      {
        Sid: "WebIdentity",
        Effect: "Allow",
        Principal: { Federated: "*" },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Resource: ["*"],
        Condition: { StringEquals: { "aws:ResourceAccount": "111122223333" } },
      },
    ],
  ]);
});

test("a service's policy speaks of its own actions", async () => {
  const made = await networkPlan({ features: FEATURES });
  const actions = (service: string) =>
    statements(inputs(made, ENDPOINT, `prod-endpoint-${service}`)["policy"])[0]?.Action;
  expect(actions("monitoring")).toEqual(["cloudwatch:*"]);
  expect(actions("guardduty-data")).toEqual(["guardduty:*"]);
  expect(actions("aps-workspaces")).toEqual(["aps:*"]);
  expect(actions("inspector2-telemetry")).toEqual(["inspector2-telemetry:*"]);
});

describe("zones of endpoints", () => {
  const subnetsIn = async (args: Parameters<typeof networkPlan>[0]) =>
    inputs(await networkPlan(args), ENDPOINT, "prod-endpoint-sts")["subnetIds"];

  test("are all by default, and as few as one", async () => {
    expect(await subnetsIn({})).toHaveLength(3);
    expect(await subnetsIn({ endpointZones: 1 })).toEqual(["<id of subnet prod-endpoint-euw1-az1>"]);
  });

  test("do not depend on the order of zones", async () => {
    const args = { zones: ["euw1-az3", "euw1-az2", "euw1-az1"], endpointZones: 2 } as const;
    expect([...((await subnetsIn(args)) as string[])].sort()).toEqual([
      "<id of subnet prod-endpoint-euw1-az1>",
      "<id of subnet prod-endpoint-euw1-az2>",
    ]);
  });

  test.each([0, 4, 1.5])("are not %p of three", async (endpointZones) => {
    await expect(networkPlan({ endpointZones })).rejects.toThrow(
      `'endpointZones' must be from 1 to 3, or 'all', got ${endpointZones}. Choose 2, say`,
    );
  });
});

/** The partitions of all ARNs in a plan, but for that of the key that was given. */
function partitionsIn(plan: Plan): string[] {
  const text = JSON.stringify(plan.resources.map((r) => r.inputs)).replaceAll(LOGS_KEY, "");
  return [...new Set([...text.matchAll(/arn:(aws[a-z-]*):/g)].map(([, partition = ""]) => partition))];
}

describe("in China", () => {
  test("the default leaves out what is not there, and every name and ARN is of that partition", async () => {
    const made = await networkPlan({}, "cn-north-1");
    const names = namesOf(made, ENDPOINT).map((name) => inputs(made, ENDPOINT, name)["serviceName"]);
    expect(names).toEqual([
      "cn.com.amazonaws.cn-north-1.ec2",
      "cn.com.amazonaws.cn-north-1.ecr.api",
      "cn.com.amazonaws.cn-north-1.ecr.dkr",
      "cn.com.amazonaws.cn-north-1.eks",
      "com.amazonaws.cn-north-1.logs",
      "com.amazonaws.cn-north-1.s3",
      "cn.com.amazonaws.cn-north-1.sts",
    ]);
    expect(partitionsIn(made)).toEqual(["aws-cn"]);
    const s3 = statements(inputs(made, ENDPOINT, "prod-endpoint-s3")["policy"]);
    expect(s3[0]?.Resource).toEqual(["arn:aws-cn:s3:::prod-cn-north-1-starport-layer-bucket/*"]);
    const ecr = statements(inputs(made, ENDPOINT, "prod-endpoint-ecr.api")["policy"]);
    expect(ecr.find((s) => s.Sid === "Pull")?.Resource).toContain(
      "arn:aws-cn:ecr:cn-north-1:918309763551:repository/*",
    );
    expect(findingsIn(made)).toEqual([]);
  });

  test("a feature that is not there is refused with its path, and so is a service", async () => {
    const refused = networkPlan(
      { features: ["nodes", "podIdentity"], endpointServices: ["sns", "oidc-eks"] },
      "cn-north-1",
    );
    await expect(refused).rejects.toThrow(
      [
        "Network 'prod':",
        "  'features[1]' must need only services that have an interface endpoint in cn-north-1, got 'podIdentity'. eks-auth has none there: leave the feature out, and give what needs it another way",
        "  'endpointServices[1]' must need only services that have an interface endpoint in cn-north-1, got 'oidc-eks'. Leave it out",
      ].join("\n"),
    );
  });
});

test("in GovCloud ARNs are of that partition", async () => {
  const made = await networkPlan({}, "us-gov-west-1");
  expect(partitionsIn(made)).toEqual(["aws-us-gov"]);
  expect(inputs(made, ENDPOINT, "prod-endpoint-eks-auth")["serviceName"]).toBe("com.amazonaws.us-gov-west-1.eks-auth");
});

/** What Regions lack, what can be left out, and what is right in every partition. */
import { ClusterAlarms, ConformancePack, Detection, DetectionKey, Principal } from "../../../infra/index.js";
import type { AccountServicesOptions, DetectionArgs } from "../../../infra/index.js";
import { findingsIn } from "../judged.js";
import { inputs, LOGS_KEY, namesOf, planIn, resource, statements } from "../support.js";

const EMAIL = { protocol: "email", endpoint: "on-call@example.com" } as const;
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";

const PARTITIONS: Readonly<Record<string, string>> = { cn: "aws-cn", us: "aws-us-gov", eu: "aws" };

const plan = (region: string, args: Partial<DetectionArgs> = {}) => {
  const partition = PARTITIONS[region.slice(0, 2)] ?? "";
  const admin = Principal.role(`arn:${partition}:iam::111122223333:role/platform`);
  return planIn(() => new Detection("prod", { key: DetectionKey.own([admin]), subscribers: [EMAIL], ...args }), region);
};

const services = (region: string, accountServices: AccountServicesOptions) => plan(region, { accountServices });

const ALL: AccountServicesOptions = {
  guardDuty: {},
  inspector: {},
  securityHub: { standards: ["fsbp", "cis", "pci", "nist"] },
  config: { conformancePacks: [ConformancePack.eks()] },
  accessAnalyzer: {},
};

const packRules = (template: unknown) =>
  Object.values(
    (JSON.parse(String(template)) as { Resources: Record<string, { Properties: { Source: object } }> }).Resources,
  )
    .map(({ Properties }) => Object.values(Properties.Source).at(-1) as string)
    .sort();

describe.each([
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
])("everything in %s", (region, partition, suffix) => {
  test(`has ARNs of ${partition} and services of ${suffix}`, async () => {
    const made = await services(region, ALL);
    // Patterns on records name services as CloudTrail does.
    const judged = made.resources.filter(({ type }) => type !== "aws:cloudwatch/logMetricFilter:LogMetricFilter");
    const text = JSON.stringify(judged.map(({ inputs: given }) => given));
    expect(text).not.toMatch(/arn:aws:/);
    const hosts = [...text.matchAll(/[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?/g)].map(([host]) => host);
    const regional = [...new Set(hosts.filter((host) => host.includes(region)))].sort();
    expect(regional).toEqual([`logs.${region}.${suffix}`, `s3.${region}.${suffix}`, `sns.${region}.${suffix}`]);
    // Services that have one name everywhere (aws-cdk `region-info`).
    expect([...new Set(hosts.filter((host) => !host.includes(region)))].sort()).toEqual([
      "cloudtrail.amazonaws.com",
      "cloudwatch.amazonaws.com",
      "config.amazonaws.com",
      "events.amazonaws.com",
      "logging.s3.amazonaws.com",
    ]);
  });
});

test("in China GuardDuty watches all but nodes", async () => {
  const made = await services("cn-north-1", ALL);
  expect(namesOf(made, FEATURE)).toEqual([
    "prod-account-guardduty-ebs-malware-protection",
    "prod-account-guardduty-eks-audit-logs",
    "prod-account-guardduty-s3-data-events",
  ]);
  expect(findingsIn(made)).toEqual([]);
});

test("in GovCloud our rules find nothing", async () => {
  expect(findingsIn(await services("us-gov-west-1", { ...ALL, detective: {} }))).toEqual([]);
});

test("the pack for clusters has the rules that AWS Config has in the Region", async () => {
  const rules = async (region: string) =>
    packRules(
      inputs(await services(region, { config: { conformancePacks: [ConformancePack.eks()] } }), PACK)["templateBody"],
    );
  const PACK = "aws:cfg/conformancePack:ConformancePack";
  const everywhere = await rules("eu-west-1");
  expect(everywhere).toHaveLength(11);
  expect(everywhere.filter((one) => !CHINA.includes(one))).toEqual([
    "ECR_PRIVATE_IMAGE_SCANNING_ENABLED",
    "EKS_CLUSTER_LOGGING_ENABLED",
  ]);
  expect(await rules("cn-north-1")).toEqual(CHINA);
  expect(await rules("us-gov-west-1")).not.toContain("EKS_CLUSTER_LOGGING_ENABLED");
});

const CHINA = [
  "CMK_BACKING_KEY_ROTATION_ENABLED",
  "EC2_EBS_ENCRYPTION_BY_DEFAULT",
  "EC2_IMDSV2_CHECK",
  "ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED",
  "ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED",
  "EKS_ENDPOINT_NO_PUBLIC_ACCESS",
  "EKS_SECRETS_ENCRYPTED",
  "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
  "VPC_FLOW_LOGS_ENABLED",
];

test("services that a Region lacks are refused, each in one line", async () => {
  await expect(
    services("cn-north-1", { detective: {}, guardDuty: { features: ["clusterAudit", "runtime"] } }),
  ).rejects.toThrow(
    [
      "Detection 'prod':",
      `  'accountServices.guardDuty.features' must not have 'runtime': GuardDuty watches no nodes in cn-north-1, got ["clusterAudit","runtime"]. Leave \`features\` out for all that the Region has`,
      "  'accountServices.detective' must be left out: cn-north-1 has no Detective, got 'cn-north-1'. Leave it out, and read findings in Security Hub",
    ].join("\n"),
  );
  // The Region of another provider, by the argument.
  await expect(plan("eu-west-1", { region: "ap-southeast-6", accountServices: { inspector: {} } })).rejects.toThrow(
    "'accountServices.inspector' must be left out: ap-southeast-6 has no Inspector",
  );
});

describe("GuardDuty", () => {
  const status = async (accountServices: AccountServicesOptions): Promise<Readonly<Record<string, unknown>>> => {
    const made = await services("eu-west-1", accountServices);
    return Object.fromEntries(
      namesOf(made, FEATURE).map((name) => {
        const { name: feature, status: is, additionalConfigurations } = inputs(made, FEATURE, name);
        return [String(feature), [is, additionalConfigurations]] as const;
      }),
    );
  };

  test("turns off what was left out, since a new detector has some of it on", async () => {
    expect(await status({ guardDuty: { features: ["clusterAudit"] } })).toEqual({
      EBS_MALWARE_PROTECTION: ["DISABLED", undefined],
      EKS_AUDIT_LOGS: ["ENABLED", undefined],
      RUNTIME_MONITORING: ["DISABLED", undefined],
      S3_DATA_EVENTS: ["DISABLED", undefined],
    });
  });

  test("leaves the agents to the add-on, by choice", async () => {
    const { RUNTIME_MONITORING: runtime } = await status({ guardDuty: { agents: "self" } });
    expect(runtime).toEqual([
      "ENABLED",
      [
        { name: "EKS_ADDON_MANAGEMENT", status: "DISABLED" },
        { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
      ],
    ]);
  });
});

test("values that no service knows are refused", async () => {
  const accountServices = {
    guardDuty: { features: ["dns", "objects", "objects"], agents: "self" },
    inspector: { scanned: ["RDS"] },
    securityHub: { standards: ["iso"] },
  } as unknown as AccountServicesOptions;
  await expect(services("eu-west-1", accountServices)).rejects.toThrow(
    [
      "Detection 'prod':",
      "  'accountServices.guardDuty.features[0]' must be a part of GuardDuty, got 'dns'. Choose from clusterAudit, malware, objects, runtime",
      "  'accountServices.guardDuty.features[2]' must name each once, got 'objects'. Remove the second one",
      "  'accountServices.guardDuty.agents' must be left out where nothing of nodes is watched, got 'self'. Add 'runtime' to `features`, or leave `agents` out",
      "  'accountServices.inspector.scanned[0]' must be something that Inspector scans, got 'RDS'. Choose from EC2, ECR, LAMBDA, LAMBDA_CODE, CODE_REPOSITORY",
      "  'accountServices.securityHub.standards[0]' must be a standard that is known here, got 'iso'. Choose from fsbp, cis, pci, nist",
    ].join("\n"),
  );
});

test("records of keys and secrets are management events, from which nothing is left out", async () => {
  const made = await plan("eu-west-1");
  expect(inputs(made, "aws:cloudtrail/trail:Trail")["advancedEventSelectors"]).toEqual([
    { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
  ]);
});

test("names that AWS would refuse are refused", async () => {
  const parts = (name: string) => planIn(() => new ClusterAlarms(name, { cluster: { name: "prod" } }));
  await expect(parts("prod:*")).rejects.toThrow(
    "'name' must have at most 200 letters, digits, '.', '_' and '-', got 'prod:*'",
  );
  await expect(
    planIn(() => new Detection("on call", { key: DetectionKey.existing(LOGS_KEY), subscribers: [EMAIL] })),
  ).rejects.toThrow("'name' must have at most 248 letters, digits, '_' and '-', got 'on call'");
});

test("alarms without a topic show in CloudWatch, and wait for the cluster that they are about", async () => {
  const made = await planIn(() => new ClusterAlarms("prod", { cluster: { name: "prod" } }));
  const alarm = resource(made, "aws:cloudwatch/metricAlarm:MetricAlarm", "prod-exec");
  expect(alarm.inputs["alarmActions"]).toEqual([]);
  expect(inputs(made, "aws:cloudwatch/logMetricFilter:LogMetricFilter", "prod-exec-filter")["logGroupName"]).toBe(
    "/aws/eks/prod/cluster",
  );
});

test("the key of alerts admits CloudWatch Logs of China by its own name", async () => {
  const made = await plan("cn-northwest-1");
  const logs = statements(inputs(made, "aws:kms/key:Key")["policy"]).find(({ Sid }) => Sid === "CloudWatchLogs");
  expect(logs?.Principal).toEqual({ Service: "logs.cn-northwest-1.amazonaws.com.cn" });
});

import { ConformancePack, Detection, DetectionKey, Principal, TrailChoice } from "../../../infra/index.js";
import type { DetectionArgs } from "../../../infra/index.js";
import { findingsIn } from "../judged.js";
import type { Plan } from "../../../plan/index.js";
import { inputs, LOGS_KEY, namesOf, planIn, statements, waitsFor } from "../support.js";

const ADMIN = Principal.role("arn:aws:iam::111122223333:role/platform");
const EMAIL = { protocol: "email", endpoint: "on-call@example.com" } as const;
const PROD = { name: "prod" };
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const TRAIL = "aws:cloudtrail/trail:Trail";

const plan = (args: Partial<DetectionArgs> = {}, region = "eu-west-1") =>
  planIn(() => new Detection("prod", { key: DetectionKey.own([ADMIN]), subscribers: [EMAIL], ...args }), region);

describe("by default, with a cluster", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan({ cluster: PROD, clusterAlarms: { breakGlassRoleNames: ["break-glass"] } });
  });

  test("has no findings by our own rules", () => {
    expect(findingsIn(made)).toEqual([]);
  });

  test("raises an alarm on every event that CIS AWS Foundations lists", () => {
    expect(findingsIn(made, { rules: ["cis-metric-filter-alarms"] })).toEqual([]);
  });

  test("keeps its records by the rules on buckets that are not in the default set", () => {
    const rules = [
      "s3-access-logging",
      "s3-acls-disabled",
      "s3-lifecycle",
      "s3-versioning",
      "cloudtrail-to-cloudwatch",
    ];
    expect(findingsIn(made, { rules })).toEqual([]);
  });

  test("watches the audit log", () => {
    expect(namesOf(made, FILTER).filter((name) => name.startsWith("prod-cluster-"))).toEqual([
      "prod-cluster-anonymous-filter",
      "prod-cluster-break-glass-filter",
      "prod-cluster-denied-filter",
      "prod-cluster-exec-filter",
      "prod-cluster-rbac-change-filter",
      "prod-cluster-secret-reads-filter",
    ]);
    expect(inputs(made, FILTER, "prod-cluster-secret-reads-filter")).toEqual({
      logGroupName: "/aws/eks/prod/cluster",
      pattern:
        '{ ($.objectRef.resource = "secrets") && (($.verb = "get") || ($.verb = "list") || ($.verb = "watch")) && ($.user.username != "system:*") && ($.user.username != "eks:*") && ($.responseStatus.code = 200) }',
      metricTransformation: {
        name: "secret-reads",
        namespace: "Ringfence/prod-cluster",
        value: "1",
        defaultValue: "0",
      },
    });
    expect(inputs(made, FILTER, "prod-cluster-break-glass-filter")["pattern"]).toBe(
      '{ (($.user.username = "*:assumed-role/break-glass/*")) }',
    );
  });

  test("every alarm tells the topic, and a burst of refused calls is fifty in five minutes", () => {
    const alarms = namesOf(made, ALARM).map((name) => inputs(made, ALARM, name));
    expect(alarms).toHaveLength(22);
    for (const alarm of alarms) expect(alarm["alarmActions"]).toEqual(["<arn of topic prod-alerts>"]);
    expect(inputs(made, ALARM, "prod-cluster-denied")).toMatchObject({ threshold: 50, period: 300, statistic: "Sum" });
  });

  test("a log that falls silent is an alarm, missing data included", () => {
    expect(inputs(made, ALARM, "prod-cluster-silent")).toMatchObject({
      namespace: "AWS/Logs",
      metricName: "IncomingLogEvents",
      dimensions: { LogGroupName: "/aws/eks/prod/cluster" },
      comparisonOperator: "LessThanThreshold",
      treatMissingData: "breaching",
    });
  });

  test("no pattern is longer than CloudWatch Logs takes", () => {
    for (const name of namesOf(made, FILTER))
      expect(String(inputs(made, FILTER, name)["pattern"]).length).toBeLessThanOrEqual(1024);
  });

  test("the trail covers all Regions, is validated and encrypted, and waits for what lets it write", () => {
    expect(inputs(made, TRAIL)).toMatchObject({
      name: "prod-trail",
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: "<arn of key prod-key>",
      advancedEventSelectors: [
        { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      ],
    });
    expect(waitsFor(made, TRAIL)).toEqual(
      expect.arrayContaining(["prod-trail-records-policy", "prod-trail-writer-policy"]),
    );
  });

  test("the trail's bucket takes records of this trail only, over TLS, and is locked for a year", () => {
    const policy = inputs(made, "aws:s3/bucketPolicy:BucketPolicy", "prod-trail-records-policy")["policy"];
    expect(statements(policy).map(({ Sid, Effect, Condition }) => [Sid, Effect, Condition])).toEqual([
      ["TlsOnly", "Deny", { Bool: { "aws:SecureTransport": "false" } }],
      [
        "CloudTrailAclCheck",
        "Allow",
        { StringEquals: { "aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/prod-trail" } },
      ],
      [
        "CloudTrailWrite",
        "Allow",
        {
          StringEquals: {
            "aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:111122223333:trail/prod-trail",
            "s3:x-amz-acl": "bucket-owner-full-control",
          },
        },
      ],
    ]);
    expect(
      inputs(made, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "prod-trail-records-lock"),
    ).toMatchObject({ rule: { defaultRetention: { mode: "GOVERNANCE", days: 365 } } });
  });

  test("the bucket of access logs has no lock and no customer key, which S3 would refuse to write under", () => {
    const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    expect(inputs(made, encryption, "prod-trail-accesses-encryption")["rules"]).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    expect(inputs(made, "aws:s3/bucket:Bucket", "prod-trail-accesses")["objectLockEnabled"]).toBe(false);
  });

  test("the topic takes alarms of this account, and nobody's events", () => {
    const policy = inputs(made, "aws:sns/topicPolicy:TopicPolicy")["policy"];
    expect(statements(policy).map(({ Sid, Principal: who, Condition }) => [Sid, who, Condition])).toEqual([
      [
        "CloudWatchAlarms",
        { Service: "cloudwatch.amazonaws.com" },
        { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*" } },
      ],
      ["TlsOnly", { AWS: "*" }, { Bool: { "aws:SecureTransport": "false" } }],
    ]);
  });

  test("the key admits alarms into topics of this account, with no condition that SNS does not pass on", () => {
    const all = statements(inputs(made, "aws:kms/key:Key")["policy"]);
    expect(all.map(({ Sid }) => Sid)).toEqual([
      "AccountAdministration",
      "Administrators",
      "CloudWatchAlarms",
      "UseThroughServices",
      "CloudTrail",
      "CloudTrailDescribe",
      "CloudWatchLogs",
    ]);
    expect(all[2]?.Condition).toEqual({
      ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:eu-west-1:111122223333:*" },
    });
  });
});

test.each([
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
])("in %s, ARNs and services are those of %s", async (region, partition, suffix) => {
  const made = await plan({ accountServices: { securityHub: { standards: ["fsbp"] } } }, region);
  const key = statements(inputs(made, "aws:kms/key:Key")["policy"]);
  expect(key.find(({ Sid }) => Sid === "UseThroughServices")?.Condition).toEqual({
    StringEquals: {
      "kms:ViaService": [`sns.${region}.${suffix}`, `s3.${region}.${suffix}`],
      "kms:CallerAccount": "111122223333",
    },
  });
  expect(inputs(made, "aws:securityhub/standardsSubscription:StandardsSubscription")["standardsArn"]).toBe(
    `arn:${partition}:securityhub:${region}::standards/aws-foundational-security-best-practices/v/1.0.0`,
  );
});

test("with a key that exists and no trail, makes neither", async () => {
  const made = await plan({
    key: DetectionKey.existing(LOGS_KEY),
    trail: TrailChoice.elsewhere({ reason: "the organisation has a trail of all accounts" }),
  });
  expect(namesOf(made, "aws:kms/key:Key")).toEqual([]);
  expect(namesOf(made, TRAIL)).toEqual([]);
  expect(inputs(made, "aws:sns/topic:Topic")["kmsMasterKeyId"]).toBe(LOGS_KEY);
});

test("as many break-glass roles as are taken fit into a pattern, whatever their names", async () => {
  const roles = Array.from({ length: 8 }, (_, i) => `${i}${"r".repeat(63)}`);
  const made = await plan({ cluster: PROD, clusterAlarms: { breakGlassRoleNames: roles } });
  expect(String(inputs(made, FILTER, "prod-cluster-break-glass-filter")["pattern"]).length).toBeLessThanOrEqual(1024);
  await expect(plan({ cluster: PROD, clusterAlarms: { breakGlassRoleNames: [...roles, "ninth"] } })).rejects.toThrow(
    "'clusterAlarms.breakGlassRoleNames' must name at most 8 roles, a filter takes 1,024 characters, got 9",
  );
});

test("refuses every problem at once, before anything is registered", async () => {
  await expect(
    plan({
      key: DetectionKey.existing("alias/logs"),
      subscribers: [{ protocol: "https", endpoint: "http://alerts.example.com" }],
      clusterAlarms: { breakGlassRoleNames: ["arn:aws:iam::111122223333:role/x"], deniedCalls: 0 },
      trail: TrailChoice.own({ retentionDays: 0, logRetentionDays: 2 }),
      accountServices: {
        accessAnalyzer: { unusedAfterDays: 400 },
        securityHub: { standards: ["fsbp", "fsbp"] },
        config: { conformancePacks: [ConformancePack.ofTemplate("1", "")] },
      },
    }),
  ).rejects.toThrow(
    [
      "Detection 'prod':",
      "  'key.arn' must be the ARN of a key, got 'alias/logs'. Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'",
      "  'subscribers[0].endpoint' must be an endpoint of protocol 'https', got 'http://alerts.example.com'. Write it like 'https://alerts.example.com/hook'",
      "  'clusterAlarms.breakGlassRoleNames[0]' must be the name of an IAM role, got 'arn:aws:iam::111122223333:role/x'. Write the role's name alone, without ARN and path: 'break-glass'",
      "  'clusterAlarms.deniedCalls' must be a whole number from 1 on, got 0. Leave it out for 50 in five minutes",
      "  'clusterAlarms' must come with the cluster that it is about, got 'no cluster'. Pass `cluster`, a Cluster or what Cluster.existing returns",
      "  'trail.retentionDays' must be a whole number of days from 1 to 36500, got 0. Leave it out for 365, as PCI DSS 10.5.1 asks",
      "  'trail.logRetentionDays' must be a retention that CloudWatch Logs accepts, got 2. Choose one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
      "  'accountServices.securityHub.standards[1]' must name each once, got 'fsbp'. Remove the second one",
      "  'accountServices.accessAnalyzer.unusedAfterDays' must be a whole number from 1 to 365, or 0, got 400. Try 90",
      "  'accountServices.config.conformancePacks[0].name' must be a name that AWS Config accepts, got '1'. Use letters, digits and hyphens, beginning with a letter",
      "  'accountServices.config.conformancePacks[0].template' must have between 1 and 51200 characters, got 0. Split the pack",
    ].join("\n"),
  );
});

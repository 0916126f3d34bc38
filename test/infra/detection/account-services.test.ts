import { ConformancePack, DataEvents, Detection, DetectionKey, Principal, TrailChoice } from "../../../infra/index.js";
import type { DetectionArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, waitsFor } from "../support.js";

const ADMIN = Principal.role("arn:aws:iam::111122223333:role/platform");
const EMAIL = { protocol: "email", endpoint: "on-call@example.com" } as const;
const TRAIL = "aws:cloudtrail/trail:Trail";

const plan = (args: Partial<DetectionArgs>) =>
  planIn(() => new Detection("prod", { key: DetectionKey.own([ADMIN]), subscribers: [EMAIL], ...args }));

describe("with every service of the account", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan({
      trail: TrailChoice.own({ dataEvents: [DataEvents.objectsEverywhere(), DataEvents.functions()] }),
      accountServices: {
        guardDuty: {},
        inspector: {},
        securityHub: { standards: ["fsbp", "cis"] },
        config: { conformancePacks: [ConformancePack.eks()] },
        accessAnalyzer: {},
        detective: {},
      },
    });
  });

  test("has no findings by our own rules", () => {
    expect(findingsIn(made)).toEqual([]);
  });

  test("data events come beside management events, without those of the trail's own bucket", () => {
    expect(inputs(made, TRAIL)["advancedEventSelectors"]).toEqual([
      { name: "management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      {
        name: "objects-everywhere",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          { field: "resources.ARN", notStartsWiths: ["<arn of bucket prod-trail-records>/"] },
        ],
      },
      {
        name: "functions",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::Lambda::Function"] },
        ],
      },
    ]);
  });

  test("GuardDuty watches clusters, nodes, volumes and buckets", () => {
    expect(namesOf(made, "aws:guardduty/detectorFeature:DetectorFeature")).toEqual([
      "prod-account-guardduty-ebs-malware-protection",
      "prod-account-guardduty-eks-audit-logs",
      "prod-account-guardduty-runtime-monitoring",
      "prod-account-guardduty-s3-data-events",
    ]);
  });

  test("standards have ARNs of this Region, and wait for the hub", () => {
    const type = "aws:securityhub/standardsSubscription:StandardsSubscription";
    expect(inputs(made, type, "prod-account-standard-cis")).toEqual({
      standardsArn: "arn:aws:securityhub:eu-west-1::standards/cis-aws-foundations-benchmark/v/5.0.0",
    });
    expect(waitsFor(made, type, "prod-account-standard-cis")).toEqual(["prod-account-security-hub"]);
  });

  test("the recorder starts after it has somewhere to deliver, the hub and the packs after it", () => {
    expect(waitsFor(made, "aws:cfg/recorderStatus:RecorderStatus")).toContain("prod-account-config");
    expect(waitsFor(made, "aws:securityhub/account:Account")).toContain("prod-account-config");
    expect(inputs(made, "aws:cfg/conformancePack:ConformancePack")["name"]).toBe("eks");
  });

  test("Security Hub gathers findings, so that each is sent once, through a role", () => {
    expect(namesOf(made, "aws:cloudwatch/eventRule:EventRule")).toEqual(["prod-account-security-hub-findings"]);
    expect(inputs(made, "aws:cloudwatch/eventTarget:EventTarget")).toEqual({
      rule: "<name of eventRule prod-account-security-hub-findings>",
      arn: "<arn of topic prod-alerts>",
      roleArn: "<arn of role prod-account-findings>",
    });
  });
});

test("without Security Hub, each service sends its own findings", async () => {
  const made = await plan({ accountServices: { guardDuty: { agents: "self" }, inspector: {}, accessAnalyzer: {} } });
  expect(namesOf(made, "aws:cloudwatch/eventRule:EventRule")).toEqual([
    "prod-account-access-analyzer-findings",
    "prod-account-guardduty-findings",
    "prod-account-inspector-findings",
  ]);
});

test("refuses names that leave no room for those of rules, analyzers and buckets", async () => {
  const program = () =>
    new Detection("a-name-that-is-far-too-long-for-all-of-it", {
      key: DetectionKey.own([ADMIN]),
      subscribers: [EMAIL],
      accountServices: { accessAnalyzer: {} },
    });
  await expect(planIn(program)).rejects.toThrow(
    [
      "Detection 'a-name-that-is-far-too-long-for-all-of-it':",
      "  'name' must be a name for a trail and its buckets, got 'a-name-that-is-far-too-long-for-all-of-it-trail'. Use 3 to 46 letters and digits, separated by single '-'",
      "  'name' must have at most 31 letters, digits and '-', beginning with a letter, got 'a-name-that-is-far-too-long-for-all-of-it-account'. Names of rules, analyzers and buckets are made of it: choose a shorter one",
    ].join("\n"),
  );
});

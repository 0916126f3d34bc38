/** A comparison with a patch baseline, by choice: it installs nothing, and what it needs is there in a VPC without internet. */
import {
  Bastion,
  BOUNDARY_ACTIONS,
  Cluster,
  EncryptionKeys,
  Network,
  PATCH_SCAN_ACTIONS,
  Principal,
} from "../../../infra/index.js";
import type { BastionArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { CLUSTER, KEYS, NETWORK } from "../cluster/support.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, statements } from "../support.js";

const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";

const planScan = (more: Partial<BastionArgs> = {}): Promise<Plan> =>
  planIn(() => {
    new Bastion("bastion", { network: NETWORK, cluster: CLUSTER, keys: KEYS, patchScan: {}, ...more });
  });

let made: Plan;
beforeAll(async () => {
  made = await planScan();
});

test("without the choice there is none of it", async () => {
  const without = await planIn(() => {
    new Bastion("bastion", { network: NETWORK, cluster: CLUSTER, keys: KEYS });
  });
  expect(namesOf(without, "aws:ssm/patchBaseline:PatchBaseline")).toEqual([]);
  expect(namesOf(without, "aws:ssm/association:Association")).toEqual([]);
  expect(JSON.stringify(inputs(without, "aws:ec2/instance:Instance")["tags"])).not.toContain("PatchGroup");
});

test("severe security patches count after a week; the scan is weekly and installs nothing", () => {
  expect(inputs(made, "aws:ssm/patchBaseline:PatchBaseline")).toMatchObject({
    operatingSystem: "AMAZON_LINUX_2023",
    approvalRules: [
      {
        approveAfterDays: 7,
        complianceLevel: "HIGH",
        patchFilters: [
          { key: "CLASSIFICATION", values: ["Security"] },
          { key: "SEVERITY", values: ["Critical", "Important"] },
        ],
      },
    ],
  });
  expect(inputs(made, "aws:ssm/association:Association")).toMatchObject({
    name: "AWS-RunPatchBaseline",
    targets: [{ key: "tag:ringfence:bastion", values: ["prod"] }],
    parameters: { Operation: "Scan", RebootOption: "NoReboot" },
    scheduleExpression: "rate(7 days)",
  });
});

test("instances are in the group of the baseline", () => {
  const group = inputs(made, "aws:ssm/patchGroup:PatchGroup");
  expect(group).toMatchObject({
    baselineId: "<id of patchBaseline bastion-patches>",
    patchGroup: "ringfence-bastion-prod",
  });
  expect(inputs(made, "aws:ec2/instance:Instance")["tags"]).toMatchObject({ PatchGroup: "ringfence-bastion-prod" });
});

test("the role runs this one document, reads these two buckets, and tells what it found", () => {
  const added = statements(inputs(made, ROLE_POLICY)["policy"]).slice(4);
  expect(added.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
    ["FindScan", ["*"]],
    [
      "Scan",
      [
        "arn:aws:ssm:eu-west-1:111122223333:association/*",
        "arn:aws:ssm:eu-west-1::document/AWS-RunPatchBaseline",
        "arn:aws:ec2:eu-west-1:111122223333:instance/*",
      ],
    ],
    ["Report", ["arn:aws:ec2:eu-west-1:111122223333:instance/*"]],
    [
      "PatchManager",
      ["arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*", "arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*"],
    ],
  ]);
  expect(added.flatMap((s) => s.Action).sort()).toEqual([...PATCH_SCAN_ACTIONS]);
});

test("the boundary lets it, once it allows what the constant says", () => {
  const allowed = [...BOUNDARY_ACTIONS, ...PATCH_SCAN_ACTIONS];
  const covers = (action: string) =>
    allowed.some((one) => one === action || (one.endsWith("*") && action.startsWith(one.slice(0, -1))));
  const asked = statements(inputs(made, ROLE_POLICY)["policy"]).flatMap((s) => s.Action);
  expect(asked.filter((action) => !covers(action))).toEqual([]);
});

test("S3 is reached by its gateway, which lets the buckets of this Region through", async () => {
  expect(inputs(made, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "bastion-to-s3")).toMatchObject({
    prefixListId: "pl-1",
    fromPort: 443,
    toPort: 443,
  });
  const planned = (features: readonly ("bastion" | "patchScan")[]) =>
    planIn(() => {
      const keys = new EncryptionKeys("keys", {
        administrators: [Principal.role("arn:aws:iam::111122223333:role/platform")],
      });
      const network = new Network("prod", { keys, features });
      const cluster = new Cluster("prod", { network, keys, today: new Date("2026-11-21") });
      new Bastion("prod-bastion", { network, cluster, keys, patchScan: {} });
    });
  const patches = (plan: Plan) =>
    statements(inputs(plan, "aws:ec2/vpcEndpoint:VpcEndpoint", "prod-endpoint-s3")["policy"]).filter(
      (s) => s.Sid === "Patches",
    );
  expect(patches(await planned(["bastion"]))).toEqual([]);
  const full = await planned(["bastion", "patchScan"]);
  expect(patches(full)).toEqual([
    {
      Sid: "Patches",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["s3:GetObject"],
      Resource: [
        "arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*",
        "arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*",
        "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*",
      ],
    },
  ]);
  expect(findingsIn(full).filter((line) => /endpoint-s3|bastion/.test(line))).toEqual([]);
});

test("our own rules find nothing", () => {
  expect(findingsIn(made)).toEqual([]);
});

test("schedule and days by choice, in a group too", async () => {
  const other = await planScan({
    availability: "multi-zone",
    patchScan: { schedule: "cron(0 3 ? * SUN *)", approveAfterDays: 0 },
  });
  expect(inputs(other, "aws:ssm/association:Association")["scheduleExpression"]).toBe("cron(0 3 ? * SUN *)");
  expect(inputs(other, "aws:ssm/patchBaseline:PatchBaseline")).toMatchObject({
    approvalRules: [{ approveAfterDays: 0 }],
  });
  expect(inputs(other, "aws:autoscaling/group:Group")["tags"]).toContainEqual({
    key: "PatchGroup",
    value: "ringfence-bastion-prod",
    propagateAtLaunch: true,
  });
});

test.each<[string, Partial<BastionArgs>, string]>([
  ["no schedule", { patchScan: { schedule: "weekly" } }, "'patchScan.schedule' must be a rate or a cron, got 'weekly'"],
  [
    "more than a year",
    { patchScan: { approveAfterDays: 361 } },
    "'patchScan.approveAfterDays' must be a whole number from 0 to 360, got 361",
  ],
  [
    "a Region whose buckets nobody lists",
    { network: { ...NETWORK, region: "us-gov-west-1" } },
    "'patchScan' must be in a Region whose patch buckets AWS lists, got 'us-gov-west-1'",
  ],
  [
    "a VPC without a gateway to S3",
    { network: { ...NETWORK, s3PrefixListId: undefined } },
    "'network.s3PrefixListId' must be there for `patchScan`, got nothing",
  ],
])("refuses %s", async (_, args, message) => {
  await expect(planScan(args)).rejects.toThrow(`Bastion 'bastion':\n  ${message}`);
});

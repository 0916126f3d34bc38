import {
  Guardrails,
  LeftOut,
  MANAGED_POLICY_CHARACTERS,
  planGuardrailBoundary,
  planGuardrails,
  SCP_CHARACTERS,
} from "../../../infra/index.js";
import type { GuardrailsArgs } from "../../../infra/index.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn } from "../support.js";
import { deniedBy } from "./evaluate.js";

const CREATE = "eks:CreateCluster";
const UPDATE = "eks:UpdateClusterConfig";
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** What a call that creates a hardened cluster carries. */
const HARDENED = {
  "eks:endpointPublicAccess": "false",
  "eks:endpointPrivateAccess": "true",
  "eks:authenticationMode": "API",
  "eks:bootstrapClusterCreatorAdminPermissions": "false",
  "eks:encryptionConfigProviderKeyArns": "arn:aws:kms:eu-west-1:111122223333:key/1",
  "eks:deletionProtection": "true",
  "eks:supportType": "STANDARD",
  ...Object.fromEntries(LOGS.map((type) => [`eks:loggingType/${type}`, "true"])),
};

const documents = () => planGuardrails().map(({ document }) => document);

test("a hardened cluster can be created, and changed in other ways", () => {
  expect(deniedBy(documents(), { action: CREATE, context: HARDENED })).toEqual([]);
  expect(deniedBy(documents(), { action: UPDATE, context: {} })).toEqual([]);
  expect(deniedBy(documents(), { action: UPDATE, context: { "eks:zonalShiftEnabled": "true" } })).toEqual([]);
});

test.each([
  ["endpointPublicAccess", "true", "PublicEndpoint"],
  ["endpointPrivateAccess", "false", "NoPrivateEndpoint"],
  ["authenticationMode", "API_AND_CONFIG_MAP", "AuthenticationMode"],
  ["deletionProtection", "false", "DeletionProtection"],
  ["supportType", "EXTENDED", "SupportType"],
  ["loggingType/audit", "false", "LogsAudit"],
])("%s = %s is denied at creation and in an update", (key, value, sid) => {
  const named = { [`eks:${key}`]: value };
  expect(deniedBy(documents(), { action: CREATE, context: { ...HARDENED, ...named } })).toEqual([sid]);
  expect(deniedBy(documents(), { action: UPDATE, context: named })).toEqual([sid]);
});

test("an administrator by creating is denied at creation, which alone has the key", () => {
  const context = { ...HARDENED, "eks:bootstrapClusterCreatorAdminPermissions": "true" };
  expect(deniedBy(documents(), { action: CREATE, context })).toEqual(["CreatorAdmin"]);
});

test.each(Object.keys(HARDENED))("creation without %s is denied, since EKS's default is weaker", (key) => {
  const context = Object.fromEntries(Object.entries(HARDENED).filter(([one]) => one !== key));
  expect(deniedBy(documents(), { action: CREATE, context })).toEqual([expect.stringMatching(/Omitted$/)]);
});

test("trails, keys, backups and what the account closes stay", () => {
  for (const action of [
    "cloudtrail:StopLogging",
    "kms:ScheduleKeyDeletion",
    "backup:DeleteBackupVaultLockConfiguration",
    "s3:BypassGovernanceRetention",
    "ec2:DisableSnapshotBlockPublicAccess",
    "ec2:DisableEbsEncryptionByDefault",
  ])
    expect(deniedBy(documents(), { action, context: {} })).toHaveLength(1);
});

test("instances without IMDSv2 are denied, also where nothing is said of it", () => {
  expect(deniedBy(documents(), { action: "ec2:RunInstances", context: {} })).toEqual(["ImdsV1"]);
  expect(
    deniedBy(documents(), { action: "ec2:RunInstances", context: { "ec2:MetadataHttpTokens": "required" } }),
  ).toEqual([]);
});

test("who is exempt is spared by every denial", () => {
  const exemptRoleArns = ["arn:*:iam::*:role/break-glass"];
  const spared = planGuardrails({ exemptRoleArns }).map(({ document }) => document);
  const as = (arn: string) => ({
    action: UPDATE,
    context: { "eks:endpointPublicAccess": "true", "aws:PrincipalArn": arn },
  });
  expect(deniedBy(spared, as("arn:aws:iam::111122223333:role/break-glass"))).toEqual([]);
  expect(deniedBy(spared, as("arn:aws:iam::111122223333:role/break-glass-not"))).toEqual(["PublicEndpoint"]);
  for (const text of spared)
    for (const { Condition } of (JSON.parse(text) as { Statement: { Condition?: object }[] }).Statement)
      expect(Condition).toHaveProperty("ArnNotLike");
});

test("a control that is left out denies nothing any more", () => {
  const leftOut = [LeftOut.of("standardSupport", { reason: "one cluster is in extended support until May" })];
  const without = planGuardrails({ leftOut }).map(({ document }) => document);
  expect(deniedBy(without, { action: UPDATE, context: { "eks:supportType": "EXTENDED" } })).toEqual([]);
});

test("documents are within the limit, with unique Sids, and say what they keep", () => {
  const policies = planGuardrails({ exemptRoleArns: ["arn:*:iam::*:role/break-glass", "arn:*:iam::*:role/exempt/*"] });
  expect(policies.map(({ key }) => key)).toEqual(["1", "2"]);
  for (const { document, description } of policies) {
    expect(document.length).toBeLessThanOrEqual(SCP_CHARACTERS);
    expect(description.length).toBeLessThanOrEqual(512);
    const sids = (JSON.parse(document) as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
  }
});

test("exemptions that do not fit, or would spare everybody, are refused", () => {
  const many = Array.from({ length: 40 }, (_, i) => `arn:*:iam::111122223333:role/a-long-path/of-roles/exempt-${i}`);
  expect(() => planGuardrails({ exemptRoleArns: many })).toThrow(
    "'exemptRoleArns' must leave room: a target takes 4 policies of 5120 characters besides FullAWSAccess",
  );
  expect(() =>
    planGuardrails({ exemptRoleArns: ["*", "arn:*:iam::*:role/*", "arn:aws:iam::111122223333:root"] }),
  ).toThrow(
    [
      "planGuardrails:",
      "  'exemptRoleArns[0]' must be the ARN of a role, or of the roles of a path, got '*'. Write it like 'arn:*:iam::*:role/break-glass' or 'arn:*:iam::111122223333:role/exempt/*'",
      "  'exemptRoleArns[1]' must be the ARN of a role, or of the roles of a path, got 'arn:*:iam::*:role/*'. Write it like 'arn:*:iam::*:role/break-glass' or 'arn:*:iam::111122223333:role/exempt/*'",
      "  'exemptRoleArns[2]' must be the ARN of a role, or of the roles of a path, got 'arn:aws:iam::111122223333:root'. Write it like 'arn:*:iam::*:role/break-glass' or 'arn:*:iam::111122223333:role/exempt/*'",
    ].join("\n"),
  );
});

describe("as a boundary", () => {
  const boundaryArn = "arn:aws:iam::111122223333:policy/delivery";

  test("denies the same, grants its services at most, and fits", () => {
    const text = planGuardrailBoundary({ services: ["eks", "ec2", "iam"], boundaryArn });
    expect(text.length).toBeLessThanOrEqual(MANAGED_POLICY_CHARACTERS);
    expect((JSON.parse(text) as { Statement: unknown[] }).Statement[0]).toEqual({
      Sid: "AtMost",
      Effect: "Allow",
      Action: ["eks:*", "ec2:*", "iam:*"],
      Resource: "*",
    });
    expect(deniedBy([text], { action: UPDATE, context: { "eks:endpointPublicAccess": "true" } })).toEqual([
      "PublicEndpoint",
    ]);
  });

  test("roles without the same boundary cannot be made, nor the boundary be taken off", () => {
    const text = planGuardrailBoundary({ services: ["iam"], boundaryArn });
    expect(deniedBy([text], { action: "iam:CreateRole", context: {} })).toEqual(["BoundaryOnAll"]);
    expect(deniedBy([text], { action: "iam:CreateRole", context: { "iam:PermissionsBoundary": boundaryArn } })).toEqual(
      [],
    );
    expect(deniedBy([text], { action: "iam:DeleteRolePermissionsBoundary", context: {} })).toEqual(["BoundaryRemoval"]);
  });

  test("refuses what would be no bound", () => {
    expect(() => planGuardrailBoundary({ services: ["*", "iam"] })).toThrow(
      [
        "planGuardrailBoundary:",
        "  'services[0]' must be the prefix of a service's actions, got '*'. Write it like 'eks'; '*' would be no bound",
        "  'boundaryArn' must be known where `services` has 'iam', got nothing. Pass the ARN that the policy will have: 'arn:<partition>:iam::111122223333:policy/<name>'",
      ].join("\n"),
    );
  });
});

describe("in an organisation", () => {
  const plan = (args: Partial<GuardrailsArgs> = {}) =>
    planIn(() => new Guardrails("prod", { targets: ["ou-ab12-cd345678"], ...args }));

  test("each policy is attached to each target, and our own rules find nothing", async () => {
    const made = await plan({ targets: ["ou-ab12-cd345678", "111122223333"] });
    expect(namesOf(made, "aws:organizations/policyAttachment:PolicyAttachment")).toEqual([
      "prod-1-on-111122223333",
      "prod-1-on-ou-ab12-cd345678",
      "prod-2-on-111122223333",
      "prod-2-on-ou-ab12-cd345678",
    ]);
    expect(inputs(made, "aws:organizations/policy:Policy", "prod-1")).toMatchObject({
      type: "SERVICE_CONTROL_POLICY",
      name: "prod-1",
    });
    expect(findingsIn(made)).toEqual([]);
  });

  test.each(["cn-north-1", "us-gov-west-1"])("in %s the policies are the same, of no partition", async (region) => {
    const program = () => new Guardrails("prod", { targets: ["r-ab12"], exemptRoleArns: ["arn:*:iam::*:role/exempt"] });
    const made = await planIn(program, region);
    const texts = made.resources.map((one) => JSON.stringify(one.inputs));
    expect(texts.join()).not.toMatch(/arn:aws/);
    expect(inputs(made, "aws:organizations/policy:Policy", "prod-1")["content"]).toBe(
      planGuardrails({ exemptRoleArns: ["arn:*:iam::*:role/exempt"] })[0]?.document,
    );
  });

  test("refuses a name that leaves no room", async () => {
    const program = () => new Guardrails("g".repeat(127), { targets: ["r-ab12"] });
    await expect(planIn(program)).rejects.toThrow("'name' must have at most 126 characters");
  });

  test("refuses targets that are none", async () => {
    await expect(plan({ targets: ["prod", "111122223333", "111122223333"] })).rejects.toThrow(
      [
        "Guardrails 'prod':",
        "  'targets[0]' must be the id of a root, a unit or an account, got 'prod'. Write it like 'ou-ab12-cd345678', '111122223333' or 'r-ab12'",
        "  'targets[2]' must name each target once, got '111122223333'. Remove the second one",
      ].join("\n"),
    );
  });
});

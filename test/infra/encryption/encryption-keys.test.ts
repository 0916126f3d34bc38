import { DeletionProtection, EncryptionKeys, Principal } from "../../../infra/index.js";
import type { EncryptionKeysArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { inputs, namesOf, planIn, resource, statements } from "../support.js";

const ADMIN = "arn:aws:iam::111122223333:role/platform";
const KEY = "aws:kms/key:Key";

const plan = (args: Partial<EncryptionKeysArgs> = {}) =>
  planIn(() => {
    new EncryptionKeys("prod", { administrators: [Principal.role(ADMIN)], ...args });
  });

describe("by default", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan();
  });

  const policyOf = (name: string) => statements(inputs(made, KEY, name)["policy"]);

  test("has a key and an alias per purpose", () => {
    expect(namesOf(made, KEY)).toEqual(["prod-logs", "prod-registry", "prod-secrets", "prod-volumes"]);
    expect(inputs(made, "aws:kms/alias:Alias", "prod-volumes-alias")).toEqual({
      name: "alias/prod-volumes",
      targetKeyId: "<keyId of key prod-volumes>",
    });
  });

  test.each(["prod-logs", "prod-registry", "prod-secrets", "prod-volumes"])(
    "%s rotates, takes a month to delete and is protected",
    (name) => {
      expect(inputs(made, KEY, name)).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
      expect(resource(made, KEY, name).options.protect).toBe(true);
    },
  );

  test.each(["prod-logs", "prod-registry", "prod-secrets", "prod-volumes"])(
    "%s is administered by the account and the named roles, neither of which may decrypt by that",
    (name) => {
      const [account, administrators] = policyOf(name);
      expect(account?.Principal).toEqual({ AWS: "arn:aws:iam::111122223333:root" });
      expect(administrators?.Principal).toEqual({ AWS: [ADMIN] });
      for (const statement of [account, administrators]) {
        expect(statement?.Action).toContain("kms:PutKeyPolicy");
        expect(statement?.Action).toContain("kms:ScheduleKeyDeletion");
        expect(statement?.Action.filter((a) => /\*|Decrypt|Encrypt|GenerateDataKey|CreateGrant/.test(a))).toEqual([]);
      }
    },
  );

  test("binds every use of a key to a service, and every grant to one that a service takes", () => {
    const loose = namesOf(made, KEY).flatMap((name) =>
      policyOf(name)
        .slice(2)
        .filter((s) => s.Condition === undefined)
        .map((s) => `${name} ${s.Sid ?? ""}`),
    );
    expect(loose).toEqual([]);
    const grants = namesOf(made, KEY).flatMap((name) =>
      policyOf(name).filter((s) => s.Action.includes("kms:CreateGrant")),
    );
    expect(grants.map((s) => s.Condition?.["Bool"])).toEqual(
      Array<unknown>(4).fill({ "kms:GrantIsForAWSResource": "true" }),
    );
  });

  test("lets EKS and Secrets Manager use the key of secrets", () => {
    expect(policyOf("prod-secrets").find((s) => s.Sid === "UseThroughServices")?.Condition).toEqual({
      StringEquals: {
        "kms:ViaService": ["eks.eu-west-1.amazonaws.com", "secretsmanager.eu-west-1.amazonaws.com"],
        "kms:CallerAccount": "111122223333",
      },
    });
  });

  test("lets CloudWatch Logs use the key of logs for log groups of this account", () => {
    expect(policyOf("prod-logs").slice(2)).toEqual([
      {
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Principal: { Service: "logs.eu-west-1.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resource: ["*"],
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:log-group:*" },
        },
      },
    ]);
  });

  test("lets Auto Scaling start nodes with the key of volumes", () => {
    const bound = {
      "kms:CallerAccount": "111122223333",
      "aws:PrincipalArn":
        "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
    };
    const scaling = policyOf("prod-volumes").filter((s) => s.Sid?.startsWith("AutoScaling") === true);
    expect(scaling.map((s) => [s.Action, s.Condition])).toEqual([
      [
        ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        { StringEquals: bound },
      ],
      [["kms:CreateGrant"], { StringEquals: bound, Bool: { "kms:GrantIsForAWSResource": "true" } }],
    ]);
  });
});

test("can be made deletable, with a reason that is recorded", async () => {
  const made = await plan({ deletionProtection: DeletionProtection.off({ reason: "torn down every night" }) });
  expect(resource(made, KEY, "prod-secrets").options.protect ?? false).toBe(false);
  expect(resource(made, "ringfence:infra:EncryptionKeys").outputs["relaxations"]).toEqual([
    { choice: "DeletionProtection.off", reason: "torn down every night" },
  ]);
});

test("refuses administrators that are no role, every one of them", async () => {
  const administrators = [
    Principal.role("arn:aws:sts::111122223333:assumed-role/platform/ann"),
    Principal.role("arn:aws:iam::111122223333:root"),
  ] as const;
  await expect(plan({ administrators: [...administrators] })).rejects.toThrow(
    [
      "EncryptionKeys 'prod':",
      "  'administrators[0]' must be the ARN of one role, got 'arn:aws:sts::111122223333:assumed-role/platform/ann'. That is a session; write the role itself, like 'arn:<partition>:iam::111122223333:role/platform'",
      "  'administrators[1]' must be the ARN of one role, got 'arn:aws:iam::111122223333:root'. That is a whole account; name somebody in it, like 'arn:<partition>:iam::111122223333:role/platform'",
    ].join("\n"),
  );
});

test("the type asks for at least one administrator", () => {
  // @ts-expect-error: nobody would be named
  const nobody: EncryptionKeysArgs = { administrators: [] };
  expect(nobody.administrators).toHaveLength(0);
});

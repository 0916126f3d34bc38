/** What can be chosen of keys: users, names, days, Regions, other accounts; and what is refused. */
import { Role } from "@pulumi/aws/iam/role.js";
import { Provider } from "@pulumi/aws/provider.js";
import {
  AutoScalingGrant,
  EncryptionKeyReplicas,
  EncryptionKeys,
  policyDocument,
  Principal,
} from "../../../infra/index.js";
import type { EncryptionKeysArgs } from "../../../infra/index.js";
import { findingsIn } from "../judged.js";
import {
  inputs,
  LOGS_KEY,
  namesOf,
  planIn,
  REGISTRY_KEY,
  resource,
  SECRETS_KEY,
  statements,
  VOLUMES_KEY,
} from "../support.js";

const ADMIN = "arn:aws:iam::111122223333:role/platform";
const READER = "arn:aws:iam::444455556666:role/reader";
const KEY = "aws:kms/key:Key";

const plan = (args: Partial<EncryptionKeysArgs> = {}, region = "eu-west-1") =>
  planIn(() => {
    new EncryptionKeys("prod", { administrators: [Principal.role(ADMIN)], ...args });
  }, region);

test("our own rules find nothing but that no log group and no node is in a plan of keys alone", async () => {
  expect(findingsIn(await plan())).toEqual([
    "kms-key-policy-sufficient-and-minimal fail prod-logs policy.Statement[2].Principal: key 'prod-logs' lets CloudWatch Logs in, and nothing in this plan has it use the key",
  ]);
});

test("users of a purpose stand in the place of the account, through the services of the purpose", async () => {
  const made = await plan({ users: { secrets: [Principal.role(READER)] } });
  const named = statements(inputs(made, KEY, "prod-secrets")["policy"]).slice(2);
  expect(named).toEqual([
    {
      Sid: "UseThroughServices",
      Effect: "Allow",
      Principal: { AWS: [READER] },
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: ["*"],
      Condition: {
        StringEquals: { "kms:ViaService": ["eks.eu-west-1.amazonaws.com", "secretsmanager.eu-west-1.amazonaws.com"] },
      },
    },
    {
      Sid: "GrantsOfServices",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::111122223333:root", READER] },
      Action: ["kms:CreateGrant", "kms:RetireGrant"],
      Resource: ["*"],
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ]);
  const others = statements(inputs(made, KEY, "prod-volumes")["policy"]);
  expect(others.find(({ Sid }) => Sid === "UseThroughServices")?.Principal).toEqual({
    AWS: "arn:aws:iam::111122223333:root",
  });
});

test("days and aliases by choice", async () => {
  const made = await plan({ rotationDays: 90, deletionWindowDays: 7, aliases: { secrets: "alias/prod/secrets" } });
  expect(inputs(made, KEY, "prod-logs")).toMatchObject({ rotationPeriodInDays: 90, deletionWindowInDays: 7 });
  expect(inputs(made, "aws:kms/alias:Alias", "prod-secrets-alias")["name"]).toBe("alias/prod/secrets");
  expect(inputs(made, "aws:kms/alias:Alias", "prod-logs-alias")["name"]).toBe("alias/prod-logs");
});

test("in China the services are those of China, CloudWatch Logs too", async () => {
  const made = await plan(
    { administrators: [Principal.role("arn:aws-cn:iam::111122223333:role/platform")] },
    "cn-north-1",
  );
  const logs = statements(inputs(made, KEY, "prod-logs")["policy"]).find(({ Sid }) => Sid === "CloudWatchLogs");
  expect([logs?.Principal, logs?.Condition]).toEqual([
    { Service: "logs.cn-north-1.amazonaws.com.cn" },
    { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws-cn:logs:cn-north-1:111122223333:log-group:*" } },
  ]);
  const volumes = statements(inputs(made, KEY, "prod-volumes")["policy"]);
  expect(volumes.map(({ Sid, Condition }) => [Sid, Condition?.["StringEquals"]])).toEqual([
    ["AccountAdministration", undefined],
    ["Administrators", undefined],
    [
      "UseThroughServices",
      { "kms:ViaService": ["ec2.cn-north-1.amazonaws.com.cn"], "kms:CallerAccount": "111122223333" },
    ],
    ["GrantsOfServices", { "kms:CallerAccount": "111122223333" }],
    ...["AutoScaling", "AutoScalingGrants"].map((sid) => [
      sid,
      {
        "kms:CallerAccount": "111122223333",
        "aws:PrincipalArn":
          "arn:aws-cn:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
      },
    ]),
  ]);
});

test("in China nothing is named as elsewhere", async () => {
  const made = await plan(
    {
      administrators: [Principal.role("arn:aws-cn:iam::111122223333:role/platform")],
      scalingAccounts: ["444455556666"],
    },
    "cn-north-1",
  );
  const text = JSON.stringify(made.resources.map((one) => one.inputs));
  expect(text).not.toMatch(/arn:aws:|cn-north-1\.amazonaws\.com(?!\.cn)/);
});

test("in GovCloud CloudWatch Logs has the common suffix", async () => {
  const made = await plan({}, "us-gov-west-1");
  expect(statements(inputs(made, KEY, "prod-logs")["policy"])[2]).toMatchObject({
    Principal: { Service: "logs.us-gov-west-1.amazonaws.com" },
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:*" },
    },
  });
});

describe("of several Regions", () => {
  test("keys say so, and administrators may replicate them", async () => {
    const made = await plan({ multiRegion: true });
    expect(inputs(made, KEY, "prod-secrets")["multiRegion"]).toBe(true);
    expect(statements(inputs(made, KEY, "prod-secrets")["policy"])[1]?.Action).toContain("kms:ReplicateKey");
    expect(inputs(await plan(), KEY, "prod-secrets")["multiRegion"]).toBeUndefined();
  });

  test("replicas have policies of their own Region, and are keys for other components", async () => {
    const made = await planIn(() => {
      const primary = new EncryptionKeys("prod", { administrators: [Principal.role(ADMIN)], multiRegion: true });
      const frankfurt = new Provider("frankfurt", { region: "eu-central-1" });
      const replicas = new EncryptionKeyReplicas(
        "prod-frankfurt",
        { primary, administrators: [Principal.role(ADMIN)] },
        { provider: frankfurt },
      );
      expect(EncryptionKeys.existing(replicas)).toEqual({
        secretsKeyArn: replicas.secretsKeyArn,
        logsKeyArn: replicas.logsKeyArn,
        volumesKeyArn: replicas.volumesKeyArn,
        registryKeyArn: replicas.registryKeyArn,
      });
    });
    const type = "aws:kms/replicaKey:ReplicaKey";
    expect(namesOf(made, type)).toEqual(
      ["logs", "registry", "secrets", "volumes"].map((one) => `prod-frankfurt-${one}`),
    );
    const volumes = inputs(made, type, "prod-frankfurt-volumes");
    expect(volumes["primaryKeyArn"]).toBe("<arn of key prod-volumes>");
    expect(resource(made, type, "prod-frankfurt-volumes").options.protect).toBe(true);
  });
});

test("replicas are of keys of several Regions only", async () => {
  const one = "arn:aws:kms:us-east-1:111122223333:key/mrk-11111111111111111111111111111111";
  const primary = { secretsKeyArn: one, logsKeyArn: one, volumesKeyArn: VOLUMES_KEY, registryKeyArn: "alias/registry" };
  const program = () => new EncryptionKeyReplicas("dr", { primary, administrators: [Principal.role(ADMIN)] });
  await expect(planIn(program)).rejects.toThrow(
    [
      "EncryptionKeyReplicas 'dr':",
      `  'primary.volumesKeyArn' must be a key of several Regions, its id begins with 'mrk-', got '${VOLUMES_KEY}'. Make the primary keys with \`multiRegion: true\`: a key of one Region stays one`,
      "  'primary.registryKeyArn' must be the ARN of a key, got 'alias/registry'. Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'",
    ].join("\n"),
  );
});

describe("Auto Scaling of another account", () => {
  test("may be given a grant by that account, and that account nothing else", async () => {
    const made = await plan({ scalingAccounts: ["444455556666"] });
    const policy = statements(inputs(made, KEY, "prod-volumes")["policy"]);
    expect(policy.find(({ Sid }) => Sid === "AutoScalingOf444455556666")).toMatchObject({
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:ListGrants"],
      Condition: {
        StringEqualsIfExists: {
          "kms:GranteePrincipal":
            "arn:aws:iam::444455556666:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        },
      },
    });
    const secrets = statements(inputs(made, KEY, "prod-secrets")["policy"]);
    expect(secrets.map(({ Sid }) => Sid)).not.toContain("AutoScalingOf444455556666");
  });

  test("gets the grant in its own account, for what starting instances needs", async () => {
    const made = await planIn(() => new AutoScalingGrant("nodes", { volumesKeyArn: VOLUMES_KEY }));
    expect(inputs(made, "aws:kms/grant:Grant")).toEqual({
      keyId: VOLUMES_KEY,
      granteePrincipal:
        "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
      operations: [
        "CreateGrant",
        "Decrypt",
        "DescribeKey",
        "Encrypt",
        "GenerateDataKeyWithoutPlaintext",
        "ReEncryptFrom",
        "ReEncryptTo",
      ],
      retiringPrincipal: "arn:aws:iam::111122223333:root",
      retireOnDelete: true,
    });
  });
});

describe("refuses", () => {
  test("every problem of the arguments at once", async () => {
    await expect(
      plan({
        users: { logs: [Principal.role(READER)] },
        scalingAccounts: ["4444", "555566667777", "555566667777"],
        aliases: { secrets: "alias/aws/ebs", volumes: "volumes", registry: "alias/prod-logs" },
        rotationDays: 30,
        deletionWindowDays: 31,
      }),
    ).rejects.toThrow(
      [
        "EncryptionKeys 'prod':",
        "  'users.logs' must be left out: CloudWatch Logs alone uses this key, for whoever may read the logs, got 'reader'. Bound who reads by `logs:` rights",
        "  'aliases.secrets' must not begin with 'alias/aws/', AWS keeps that, got 'alias/aws/ebs'. Choose another beginning",
        "  'aliases.volumes' must be 'alias/' and at most 250 letters, digits, '/', '_' and '-', got 'volumes'. Write it like 'alias/prod/secrets'",
        "  'aliases.registry' must differ from the aliases before it, got 'alias/prod-logs'. Choose another",
        "  'scalingAccounts[0]' must be the number of an account, got '4444'. Write it like '444455556666'",
        "  'scalingAccounts[2]' must name each account once, got '555566667777'. Remove the second one",
        "  'rotationDays' must be a whole number of days from 90 to 2560, got 30. Leave it out for 365",
        "  'deletionWindowDays' must be a whole number of days from 7 to 30, got 31. Leave it out for 30",
      ].join("\n"),
    );
  });

  test("a name that is no alias, once", async () => {
    const program = () => new EncryptionKeys("prod keys", { administrators: [Principal.role(ADMIN)] });
    await expect(planIn(program)).rejects.toThrow(
      "EncryptionKeys 'prod keys':\n  'name' must be 'alias/' and at most 250 letters, digits, '/', '_' and '-', got 'alias/prod keys-secrets'. Write it like 'alias/prod/secrets'",
    );
  });

  test("keys that services do not take", async () => {
    await expect(plan({ transformKey: (args) => ({ ...args, customerMasterKeySpec: "RSA_4096" }) })).rejects.toThrow(
      "'transformKey.customerMasterKeySpec' must be 'SYMMETRIC_DEFAULT', got 'RSA_4096'",
    );
  });
});

test("an administrator whose role the same program makes is known only later", async () => {
  const made = await planIn(() => {
    const trust = { principals: { service: "ec2.amazonaws.com" }, actions: ["sts:AssumeRole"] };
    const role = new Role("platform", { assumeRolePolicy: policyDocument([trust]) });
    new EncryptionKeys("prod", { administrators: [Principal.role(role.arn, { key: "platform" })] });
  });
  expect(namesOf(made, KEY)).toHaveLength(4);
});

describe("keys that exist", () => {
  const keys = {
    secretsKeyArn: SECRETS_KEY,
    logsKeyArn: LOGS_KEY,
    volumesKeyArn: VOLUMES_KEY,
    registryKeyArn: REGISTRY_KEY,
  };

  test("are what was said of them", () => {
    expect(EncryptionKeys.existing(keys)).toEqual(keys);
  });

  test("are checked", () => {
    const wrong = {
      ...keys,
      secretsKeyArn: "alias/prod",
      volumesKeyArn: "arn:aws:kms:eu-west-1:111122223333:alias/prod",
    };
    expect(() => EncryptionKeys.existing(wrong)).toThrow(
      [
        "EncryptionKeys.existing:",
        "  'secretsKeyArn' must be the ARN of a key, got 'alias/prod'. Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'",
        "  'volumesKeyArn' must be the ARN of a key, got 'arn:aws:kms:eu-west-1:111122223333:alias/prod'. Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'",
      ].join("\n"),
    );
  });
});

import { Backup, Principal, RecordLock, VaultLock, VeleroStorage } from "../../../infra/index.js";
import type { BackupArgs, VeleroStorageArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { CLUSTER_ARN, inputs, namesOf, planIn, SECRETS_KEY, statements } from "../support.js";

const ADMIN = Principal.role("arn:aws:iam::111122223333:role/platform");
const VAULT = "aws:backup/vault:Vault";
const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const PLAN = "aws:backup/plan:Plan";
const SELECTION = "aws:backup/selection:Selection";
const COPY = "arn:aws:backup:eu-central-1:111122223333:backup-vault:copies";

const plan = (args: Partial<BackupArgs>, region = "eu-west-1", name = "prod") =>
  planIn(() => new Backup(name, args), region);

describe("AWS Backup, by default", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await plan({ administrators: [ADMIN], clusters: [{ arn: CLUSTER_ARN }] });
  });

  test("has no findings by our own rules", () => {
    expect(findingsIn(made)).toEqual([]);
    expect(findingsIn(made, { rules: ["backup-vault-cmk", "kms-policy-defined", "kms-deletion-window"] })).toEqual([]);
  });

  test("the vault has a key of its own, used through AWS Backup only", () => {
    expect(inputs(made, VAULT)).toMatchObject({ kmsKeyArn: "<arn of key prod-key>", forceDestroy: false });
    const policy = statements(inputs(made, "aws:kms/key:Key")["policy"]);
    expect(policy.map(({ Sid }) => Sid)).toEqual([
      "AccountAdministration",
      "Administrators",
      "UseThroughBackup",
      "GrantsOfBackup",
    ]);
    expect(policy[2]?.Condition).toEqual({
      StringEquals: { "kms:ViaService": "backup.eu-west-1.amazonaws.com", "kms:CallerAccount": "111122223333" },
    });
  });

  test("nobody deletes a backup or shortens its time, and the lock holds it as long as the plan keeps it", () => {
    expect(statements(inputs(made, "aws:backup/vaultPolicy:VaultPolicy")["policy"])).toEqual([
      {
        Sid: "KeepBackups",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
        Resource: ["*"],
      },
    ]);
    expect(inputs(made, LOCK)).toEqual({ backupVaultName: "<name of vault prod>", minRetentionDays: 35 });
    expect(inputs(made, PLAN)["rules"]).toEqual([
      {
        ruleName: "scheduled",
        targetVaultName: "<name of vault prod>",
        schedule: "cron(0 3 * * ? *)",
        lifecycle: { deleteAfter: 35 },
        copyActions: [],
      },
    ]);
  });

  test("volumes are selected by tag and nothing else of that tag is, clusters by ARN", () => {
    expect(inputs(made, SELECTION, "prod-volumes")).toMatchObject({
      resources: ["arn:aws:ec2:*:*:volume/*"],
      conditions: [{ stringEquals: [{ key: "aws:ResourceTag/backup", value: "daily" }] }],
    });
    expect(inputs(made, SELECTION, "prod-clusters")).toMatchObject({ resources: [CLUSTER_ARN] });
  });

  test("AWS Backup's role is for this account's use of the service", () => {
    expect(statements(inputs(made, "aws:iam/role:Role")["assumeRolePolicy"])[0]).toMatchObject({
      Principal: { Service: "backup.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
  });
});

test("a compliance lock, a copy and a given key are what was chosen", async () => {
  const made = await plan({
    keyArn: SECRETS_KEY,
    lock: VaultLock.compliance(14),
    retentionDays: 90,
    copyTo: { vaultArn: COPY, retentionDays: 365 },
  });
  expect(namesOf(made, "aws:kms/key:Key")).toEqual([]);
  expect(inputs(made, LOCK)).toMatchObject({ minRetentionDays: 90, changeableForDays: 14 });
  expect(inputs(made, PLAN)["rules"]).toMatchObject([
    { lifecycle: { deleteAfter: 90 }, copyActions: [{ destinationVaultArn: COPY, lifecycle: { deleteAfter: 365 } }] },
  ]);
  expect(namesOf(made, SELECTION)).toEqual(["prod-volumes"]);
});

test.each([
  ["us-gov-east-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
])("in %s, ARNs are those of %s", async (region, partition) => {
  const made = await plan({ keyArn: SECRETS_KEY }, region);
  expect(inputs(made, SELECTION)["resources"]).toEqual([`arn:${partition}:ec2:*:*:volume/*`]);
  expect(inputs(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")["policyArn"]).toBe(
    `arn:${partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup`,
  );
});

test("without a lock, none is made, and the reason is on record", async () => {
  const made = await plan({ keyArn: SECRETS_KEY, lock: VaultLock.off({ reason: "torn down every night" }) });
  expect(namesOf(made, LOCK)).toEqual([]);
});

test("refuses every problem at once", async () => {
  await expect(
    plan(
      {
        clusters: [{ arn: "arn:aws:eks:eu-west-1:111122223333:nodegroup/prod" }],
        copyTo: { vaultArn: "copies", retentionDays: 0 },
        retentionDays: 1.5,
        schedule: "every night",
        volumeTag: { key: "", value: "daily" },
        lock: VaultLock.compliance(1),
      },
      "eu-west-1",
      "a-name-that-is-far-too-long-for-a-vault",
    ),
  ).rejects.toThrow(
    [
      "Backup 'a-name-that-is-far-too-long-for-a-vault':",
      "  'name' must have at most 33 letters, digits, '_' and '-', got 'a-name-that-is-far-too-long-for-a-vault'. Names of vaults and selections have 50 characters, of which ours take some",
      "  'administrators' must name who administers the vault's key where no `keyArn` is given, got nothing. Pass `[Principal.role('arn:...')]`, or the ARN of a key",
      "  'clusters[0].arn' must be the ARN of a cluster, got 'arn:aws:eks:eu-west-1:111122223333:nodegroup/prod'. Write it like 'arn:<partition>:eks:eu-west-1:111122223333:cluster/prod'",
      "  'copyTo.vaultArn' must be the ARN of a backup vault, got 'copies'. Write it like 'arn:<partition>:backup:eu-central-1:111122223333:backup-vault:prod'",
      "  'retentionDays' must be a whole number of days from 1 to 36500, got 1.5. Leave it out for 35",
      "  'copyTo.retentionDays' must be a whole number of days from 1 to 36500, got 0. Leave it out for 35",
      "  'schedule' must be an expression that AWS Backup accepts, got 'every night'. Write it like 'cron(0 3 * * ? *)': six fields, in UTC",
      `  'volumeTag' must have a key and a value, got {"key":"","value":"daily"}. Use the tag of your storage class`,
      "  'lock.graceDays' must be a whole number of days from 3 to 36500, got 1. Write it like `VaultLock.compliance(14)`",
    ].join("\n"),
  );
});

describe("Velero", () => {
  const velero = (args: Partial<VeleroStorageArgs> = {}, name = "velero") =>
    planIn(
      () => new VeleroStorage(name, { cluster: { name: "prod", arn: CLUSTER_ARN }, keyArn: SECRETS_KEY, ...args }),
    );

  test("has a locked bucket and a role that reaches nothing else", async () => {
    const made = await velero();
    // The cluster is named by text here: the one thing that no plan can show.
    expect(findingsIn(made)).toEqual([
      "pod-identity-association-consistent unknown velero clusterName: the cluster of association 'velero' is not in this plan",
    ]);
    expect(
      inputs(made, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "velero-backups-lock")["rule"],
    ).toEqual({ defaultRetention: { mode: "GOVERNANCE", days: 35 } });
    const policy = statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"]);
    expect(policy.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
      ["Objects", ["<arn of bucket velero-backups>/*"]],
      ["List", ["<arn of bucket velero-backups>"]],
      ["Encrypt", [SECRETS_KEY]],
    ]);
    expect(inputs(made, "aws:eks/podIdentityAssociation:PodIdentityAssociation")).toMatchObject({
      namespace: "velero",
      serviceAccount: "velero-server",
    });
  });

  test("Velero's backups do not end by a lifecycle: Velero itself ends them", async () => {
    const made = await velero();
    const type = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    expect(inputs(made, type, "velero-backups-lifecycle")["rules"]).toEqual([
      {
        id: "old-versions",
        status: "Enabled",
        filter: { prefix: "" },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        noncurrentVersionExpiration: { noncurrentDays: 35 },
      },
    ]);
  });

  test("refuses every problem at once", async () => {
    await expect(velero({ keyArn: "alias/backups", lock: RecordLock.governance(0) }, "Velero")).rejects.toThrow(
      [
        "VeleroStorage 'Velero':",
        "  'name' must have at most 46 lower-case letters, digits and hyphens, as names of buckets, got 'Velero'. Write it like 'prod-velero'",
        "  'keyArn' must be the ARN of a key, got 'alias/backups'. Write it like 'arn:<partition>:kms:eu-west-1:111122223333:key/<id>'",
        "  'lock.days' must be a whole number of days from 1 to 36500, got 0. Write it like `RecordLock.governance(365)`",
      ].join("\n"),
    );
  });
});

describe.each([
  ["cn-north-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
])("in %s", (region, partition, suffix) => {
  const admin = Principal.role(`arn:${partition}:iam::111122223333:role/platform`);

  test(`backups are those of ${partition}`, async () => {
    const made = await planIn(
      () =>
        new Backup("prod", {
          administrators: [admin],
          clusters: [{ arn: `arn:${partition}:eks:${region}:111122223333:cluster/prod` }],
        }),
      region,
    );
    const use = statements(inputs(made, "aws:kms/key:Key")["policy"]).find(({ Sid }) => Sid === "UseThroughBackup");
    expect(use?.Condition?.["StringEquals"]).toEqual({
      "kms:ViaService": `backup.${region}.${suffix}`,
      "kms:CallerAccount": "111122223333",
    });
    expect(inputs(made, "aws:backup/selection:Selection", "prod-volumes")["resources"]).toEqual([
      `arn:${partition}:ec2:*:*:volume/*`,
    ]);
    expect(inputs(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")["policyArn"]).toBe(
      `arn:${partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup`,
    );
    expect(JSON.stringify(made.resources.map((one) => one.inputs))).not.toContain("arn:aws:");
    expect(findingsIn(made)).toEqual([]);
  });

  test(`Velero's storage is that of ${partition}`, async () => {
    const cluster = { name: "prod", arn: `arn:${partition}:eks:${region}:111122223333:cluster/prod` };
    const keyArn = `arn:${partition}:kms:${region}:111122223333:key/1`;
    const made = await planIn(() => new VeleroStorage("velero", { cluster, keyArn }), region);
    const policy = statements(inputs(made, "aws:iam/rolePolicy:RolePolicy")["policy"]);
    expect(policy.at(-1)?.Condition?.["StringEquals"]).toEqual({ "kms:ViaService": `s3.${region}.${suffix}` });
    expect(JSON.stringify(made.resources.map((one) => one.inputs))).not.toContain("arn:aws:");
  });
});

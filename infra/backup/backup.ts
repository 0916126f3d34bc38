import * as backup from "@pulumi/aws/backup/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf, iamArn } from "../account.js";
import type { Account } from "../account.js";
import type { ClusterRef } from "../cluster/reference.js";
import { createCustomerKey } from "../customer-key.js";
import { refuse } from "../errors.js";
import { policyDocument } from "../identity/policy-document.js";
import type { Statement } from "../identity/policy-document.js";
import type { Principal } from "../identity/principal.js";
import { createRole, serviceTrust } from "../identity/role.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { BACKUP_DEFAULTS, backupIssues } from "./plan.js";
import { VaultLock } from "./vault-lock.js";

/** Arguments of {@link Backup}. */
export interface BackupArgs {
  /**
   * Who administers the vault's own key. They exist before the key does, KMS refuses others.
   *
   * @default - none, where `keyArn` is given
   */
  readonly administrators?: readonly [Principal, ...Principal[]];
  /**
   * ARN of a key that exists for the vault; roles of the account may use it through AWS Backup.
   *
   * @default - a key of its own, rotated every year
   */
  readonly keyArn?: pulumi.Input<string>;
  /**
   * Clusters that are backed up with their objects and all volumes of theirs. Their authentication mode has access entries
   * (`API`): AWS Backup makes one for itself.
   *
   * @default - none
   */
  readonly clusters?: readonly Pick<ClusterRef, "arn">[];
  /**
   * The tag of volumes that are backed up. A storage class gives it to the volumes that it makes, by its parameter
   * `tagSpecification_1`.
   *
   * @default {"key":"backup","value":"daily"}
   */
  readonly volumeTag?: { readonly key: string; readonly value: string };
  /**
   * When backups are made, in UTC.
   *
   * @default "cron(0 3 * * ? *)"
   */
  readonly schedule?: string;
  /**
   * Days that a backup is kept, and that the lock holds it.
   *
   * @default 35
   */
  readonly retentionDays?: number;
  /**
   * A vault in another Region or account that takes a copy of each backup. Snapshots are encrypted with the volumes' key:
   * for a copy to another account that one admits it too.
   *
   * @default - none
   */
  readonly copyTo?: {
    readonly vaultArn: pulumi.Input<string>;
    /** @default 35 */
    readonly retentionDays?: number;
  };
  /**
   * How backups are kept from being deleted before their time.
   *
   * @default - `VaultLock.governance()`
   */
  readonly lock?: VaultLock;
  /**
   * Whether the vault and its key may be deleted, with what they hold.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * The boundary of the role by which AWS Backup works. It has to allow what `AWSBackupServiceRolePolicyForBackup` grants;
   * {@link PermissionsBoundary} of a cluster does not.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of everything that can carry them.
   *
   * @default - a name
   */
  readonly tags?: Tags;
}

/**
 * Backups by AWS Backup: an encrypted vault that is locked, a daily plan, volumes by tag, and clusters by ARN. Nobody
 * deletes a backup from the vault by hand, and restoring is for whoever has IAM's leave and a role to restore with.
 *
 * AWS Backup takes what the account's settings of the Region opt in, EKS among it; these settings are one set per Region, so
 * that they are left to the account (`aws.backup.RegionSettings`).
 */
export class Backup extends pulumi.ComponentResource {
  readonly vaultArn: pulumi.Output<string>;
  readonly vaultName: pulumi.Output<string>;
  readonly planId: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: BackupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Backup", name, {}, opts);
    refuse(`Backup '${name}'`, backupIssues(name, args));
    const account = accountOf(this);
    const lock = args.lock ?? VaultLock.governance();
    const protection = args.deletionProtection ?? DeletionProtection.on();
    const retentionDays = args.retentionDays ?? BACKUP_DEFAULTS.retentionDays;

    const ownKey = () =>
      createCustomerKey(this, account, `${name}-key`, {
        description: `${name}: backups`,
        administrators: args.administrators ?? [],
        use: throughBackup(account),
        protect: protection.enabled,
        tags: args.tags,
      });
    const vault = new backup.Vault(
      name,
      {
        kmsKeyArn: args.keyArn ?? ownKey(),
        forceDestroy: !protection.enabled,
        tags: named(name, args.tags),
      },
      { parent: this, protect: protection.enabled, dependsOn: after(opts) },
    );
    new backup.VaultPolicy(
      `${name}-policy`,
      { backupVaultName: vault.name, policy: policyDocument([KEEP_BACKUPS]) },
      { parent: this },
    );
    if (lock.mode !== "off")
      new backup.VaultLockConfiguration(
        `${name}-lock`,
        {
          backupVaultName: vault.name,
          // A job whose backup would be kept for less or longer than the lock says fails.
          minRetentionDays: retentionDays,
          ...(lock.graceDays !== undefined && { changeableForDays: lock.graceDays }),
        },
        { parent: this },
      );
    const plan = this.createPlan(name, args, vault.name, retentionDays);
    this.createSelections(name, args, account, plan);

    this.vaultArn = vault.arn;
    this.vaultName = vault.name;
    this.planId = plan.id;
    const outputs = { vaultArn: this.vaultArn, vaultName: this.vaultName, planId: this.planId };
    const relaxations = [...(args.administrators ?? []), lock, protection].flatMap((one) => one.relaxation ?? []);
    this.registerOutputs(published(outputs, relaxations));
  }

  private createPlan(
    name: string,
    args: BackupArgs,
    targetVaultName: pulumi.Output<string>,
    retentionDays: number,
  ): backup.Plan {
    const { copyTo } = args;
    const copies =
      copyTo === undefined
        ? []
        : [
            {
              destinationVaultArn: copyTo.vaultArn,
              lifecycle: { deleteAfter: copyTo.retentionDays ?? BACKUP_DEFAULTS.retentionDays },
            },
          ];
    return new backup.Plan(
      name,
      {
        rules: [
          {
            ruleName: "scheduled",
            targetVaultName,
            schedule: args.schedule ?? BACKUP_DEFAULTS.schedule,
            lifecycle: { deleteAfter: retentionDays },
            copyActions: copies,
          },
        ],
        tags: named(name, args.tags),
      },
      { parent: this },
    );
  }

  private createSelections(name: string, args: BackupArgs, account: Account, plan: backup.Plan): void {
    const { role, attachments } = createRole(this, account, `${name}-role`, {
      description: "AWS Backup, making backups",
      trust: serviceTrust("backup.amazonaws.com", { StringEquals: { "aws:SourceAccount": account.id } }),
      awsPolicies: ["service-role/AWSBackupServiceRolePolicyForBackup"],
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    const common = { planId: plan.id, iamRoleArn: role.arn };
    const options = { parent: this, dependsOn: [...attachments] };
    const { key, value } = args.volumeTag ?? BACKUP_DEFAULTS.volumeTag;
    // Resources and tags of one selection must both match: the tag alone would take in every service's resources.
    new backup.Selection(
      `${name}-volumes`,
      {
        ...common,
        resources: [pulumi.interpolate`arn:${account.partition}:ec2:*:*:volume/*`],
        conditions: [{ stringEquals: [{ key: `aws:ResourceTag/${key}`, value }] }],
      },
      options,
    );
    if (args.clusters !== undefined && args.clusters.length > 0)
      new backup.Selection(`${name}-clusters`, { ...common, resources: args.clusters.map((one) => one.arn) }, options);
  }
}

/** Backups end when their time is over, by the vault's own hand, and nobody shortens that in passing. */
const KEEP_BACKUPS: Statement = {
  sid: "KeepBackups",
  effect: "Deny",
  principals: "*",
  actions: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
  resources: ["*"],
};

/** Roles of the account, through AWS Backup; grants only such as AWS takes for itself. */
function throughBackup(account: Account): Statement[] {
  const via = { "kms:ViaService": pulumi.interpolate`backup.${account.region}.${account.dnsSuffix}` };
  const bound = { StringEquals: { ...via, "kms:CallerAccount": account.id } };
  const principals = { aws: iamArn(account, "root") };
  return [
    {
      sid: "UseThroughBackup",
      principals,
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources: ["*"],
      conditions: bound,
    },
    {
      sid: "GrantsOfBackup",
      principals,
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      conditions: { ...bound, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

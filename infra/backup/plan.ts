import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { arnIssues } from "../checks.js";
import type { ArnKind } from "../checks.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import { principalIssues } from "../identity/principal.js";
import type { BackupArgs } from "./backup.js";
import { vaultLockIssues } from "./vault-lock.js";

/** The defaults of {@link BackupArgs}. */
export const BACKUP_DEFAULTS = {
  schedule: "cron(0 3 * * ? *)",
  retentionDays: 35,
  volumeTag: { key: "backup", value: "daily" },
} as const;

/** A selection's 50 characters less `-clusters` and the eight that Pulumi adds. */
const LONGEST_NAME = 33;

/** Checks everything that is known before the deployment. */
export function backupIssues(name: string, args: BackupArgs): Issue[] {
  const { keyArn, administrators, clusters = [], copyTo, retentionDays, schedule, volumeTag, lock } = args;
  const issues: Issue[] = [];
  if (!/^[A-Za-z0-9_-]+$/.test(name) || name.length > LONGEST_NAME)
    issues.push(
      issue(
        "Malformed",
        "name",
        `must have at most ${LONGEST_NAME} letters, digits, '_' and '-'`,
        name,
        "Names of vaults and selections have 50 characters, of which ours take some",
      ),
    );
  if (keyArn === undefined && administrators === undefined)
    issues.push(
      issue(
        "Required",
        "administrators",
        "must name who administers the vault's key where no `keyArn` is given",
        administrators,
        "Pass `[Principal.role('arn:...')]`, or the ARN of a key",
      ),
    );
  if (keyArn !== undefined && administrators !== undefined)
    issues.push(
      issue("Conflict", "administrators", "must not stand beside `keyArn`", "both", "Leave one of the two out"),
    );
  issues.push(...principalIssues("administrators", administrators ?? []));
  issues.push(...keyArnIssues("keyArn", keyArn));
  for (const [i, { arn }] of clusters.entries()) issues.push(...arnIssues(`clusters[${i}].arn`, arn, CLUSTER));
  issues.push(...arnIssues("copyTo.vaultArn", copyTo?.vaultArn, VAULT));
  issues.push(
    ...daysIssue("retentionDays", retentionDays),
    ...daysIssue("copyTo.retentionDays", copyTo?.retentionDays),
  );
  if (
    schedule !== undefined &&
    !/^(cron\(([^\s()]+ ){5}[^\s()]+\)|rate\(\d+ (minutes?|hours?|days?)\))$/.test(schedule)
  )
    issues.push(
      issue(
        "Malformed",
        "schedule",
        "must be an expression that AWS Backup accepts",
        schedule,
        `Write it like '${BACKUP_DEFAULTS.schedule}': six fields, in UTC`,
      ),
    );
  if (volumeTag?.key === "" || volumeTag?.value === "")
    issues.push(
      issue("Required", "volumeTag", "must have a key and a value", volumeTag, "Use the tag of your storage class"),
    );
  return lock === undefined ? issues : [...issues, ...vaultLockIssues("lock", lock)];
}

function daysIssue(path: string, days: number | undefined): Issue[] {
  if (days === undefined || (Number.isInteger(days) && days >= 1 && days <= 36_500)) return [];
  const rule = "must be a whole number of days from 1 to 36500";
  return [issue("OutOfRange", path, rule, days, `Leave it out for ${BACKUP_DEFAULTS.retentionDays}`)];
}

const CLUSTER: ArnKind = {
  what: "a cluster",
  service: "eks",
  resource: /^cluster\/[^*]+$/,
  example: "arn:<partition>:eks:eu-west-1:111122223333:cluster/prod",
};

const VAULT: ArnKind = {
  what: "a backup vault",
  service: "backup",
  resource: /^backup-vault:/,
  example: "arn:<partition>:backup:eu-central-1:111122223333:backup-vault:prod",
};

import type * as kms from "@pulumi/aws/kms/index.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** Days between asking for a key's deletion and its end: the longest that KMS has. */
export const KEY_DELETION_WINDOW_DAYS = 30;

/** Days after which a key rotates: a year, as CIS AWS Foundations 3.6 has it. */
export const KEY_ROTATION_DAYS = 365;

/** What KMS takes as days of rotation (EnableKeyRotation, `RotationPeriodInDays`). */
const ROTATION = { from: 90, to: 2560 } as const;

/** What KMS takes as days before the end (ScheduleKeyDeletion, `PendingWindowInDays`). */
const WINDOW = { from: 7, to: 30 } as const;

/** An alias as KMS has it (CreateAlias, `AliasName`), with its prefix. */
const ALIAS = /^alias\/[A-Za-z0-9/_-]{1,250}$/;

/** What can be chosen of a key. */
export interface KeySettings {
  readonly rotationDays?: number | undefined;
  readonly deletionWindowDays?: number | undefined;
}

/** Checks the days of a key's rotation and of its end. */
export function keySettingIssues(prefix: string, { rotationDays, deletionWindowDays }: KeySettings): Issue[] {
  return [
    ...daysIssues(`${prefix}rotationDays`, rotationDays, ROTATION, KEY_ROTATION_DAYS),
    ...daysIssues(`${prefix}deletionWindowDays`, deletionWindowDays, WINDOW, KEY_DELETION_WINDOW_DAYS),
  ];
}

function daysIssues(
  path: string,
  days: number | undefined,
  { from, to }: { readonly from: number; readonly to: number },
  otherwise: number,
): Issue[] {
  if (days === undefined || (Number.isInteger(days) && days >= from && days <= to)) return [];
  const rule = `must be a whole number of days from ${from} to ${to}`;
  return [issue("OutOfRange", path, rule, days, `Leave it out for ${otherwise}`)];
}

/** Checks a key's alias; those that begin with `alias/aws/` are AWS's own. */
export function aliasIssues(path: string, alias: string): Issue[] {
  if (alias.startsWith("alias/aws/"))
    return [
      issue("NotAllowed", path, "must not begin with 'alias/aws/', AWS keeps that", alias, "Choose another beginning"),
    ];
  if (ALIAS.test(alias)) return [];
  const rule = "must be 'alias/' and at most 250 letters, digits, '/', '_' and '-'";
  return [issue("Malformed", path, rule, alias, "Write it like 'alias/prod/secrets'")];
}

/**
 * Checks what somebody made of a key's raw arguments: services take symmetric keys for encryption and no others
 * (https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html).
 */
export function keySpecIssues(path: string, { customerMasterKeySpec, keyUsage }: kms.KeyArgs): Issue[] {
  const advice = "Leave it out: EKS, EBS, ECR and CloudWatch Logs take symmetric keys for encryption only";
  const issues: Issue[] = [];
  if (typeof customerMasterKeySpec === "string" && customerMasterKeySpec !== "SYMMETRIC_DEFAULT") {
    const at = `${path}.customerMasterKeySpec`;
    issues.push(issue("NotAllowed", at, "must be 'SYMMETRIC_DEFAULT'", customerMasterKeySpec, advice));
  }
  if (typeof keyUsage === "string" && keyUsage !== "ENCRYPT_DECRYPT")
    issues.push(issue("NotAllowed", `${path}.keyUsage`, "must be 'ENCRYPT_DECRYPT'", keyUsage, advice));
  return issues;
}

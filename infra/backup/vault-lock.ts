import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { asRunError } from "../errors.js";

/** Days after which a compliance lock can no longer be taken back, at least (AWS Backup, PutBackupVaultLockConfiguration). */
const SHORTEST_GRACE_DAYS = 3;

/** How a vault keeps backups from being deleted before their time (AWS Backup Vault Lock). */
export class VaultLock {
  private constructor(
    readonly mode: "governance" | "compliance" | "off",
    /** Days in which a compliance lock can still be taken back. */
    readonly graceDays: number | undefined,
    readonly relaxation?: Relaxation,
  ) {}

  /** Locked, except for who may take the lock off: `backup:DeleteBackupVaultLockConfiguration`. The default. */
  static governance(): VaultLock {
    return new VaultLock("governance", undefined);
  }

  /**
   * Locked for everybody, the root user and AWS included, once the days of grace are over. Nothing undoes it, and the vault
   * cannot be deleted while it holds a backup.
   *
   * @param graceDays At least 3; it is checked by the component that takes it.
   */
  static compliance(graceDays: number): VaultLock {
    return new VaultLock("compliance", graceDays);
  }

  /**
   * Not locked: for stacks that are torn down every night.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static off(why: Reason): VaultLock {
    return new VaultLock(
      "off",
      undefined,
      asRunError(() => relaxation("VaultLock.off", why)),
    );
  }
}

/** Checks the days of grace of a compliance lock. */
export function vaultLockIssues(path: string, { mode, graceDays }: VaultLock): Issue[] {
  if (mode !== "compliance") return [];
  if (graceDays !== undefined && Number.isInteger(graceDays) && graceDays >= SHORTEST_GRACE_DAYS && graceDays <= 36_500)
    return [];
  const rule = `must be a whole number of days from ${SHORTEST_GRACE_DAYS} to 36500`;
  return [issue("OutOfRange", `${path}.graceDays`, rule, graceDays, "Write it like `VaultLock.compliance(14)`")];
}

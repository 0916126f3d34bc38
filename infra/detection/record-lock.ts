import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import type { ObjectLock } from "../bucket.js";
import { asRunError } from "../errors.js";

/** How records in a bucket are kept from being deleted before their time (S3 Object Lock). */
export class RecordLock {
  private constructor(
    readonly objectLock: ObjectLock | undefined,
    readonly relaxation?: Relaxation,
  ) {}

  /**
   * Locked for so many days, except for who may `s3:BypassGovernanceRetention`. The default, for 365 days.
   *
   * @param days A whole number from 1 to 36,500; it is checked by the component that takes it.
   */
  static governance(days: number): RecordLock {
    return new RecordLock({ mode: "GOVERNANCE", days });
  }

  /**
   * Locked for so many days for everybody, the root user included. Nothing undoes it, and the bucket cannot be deleted
   * before.
   */
  static compliance(days: number): RecordLock {
    return new RecordLock({ mode: "COMPLIANCE", days });
  }

  /**
   * Not locked: for stacks that are torn down every night.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static off(why: Reason): RecordLock {
    return new RecordLock(
      undefined,
      asRunError(() => relaxation("RecordLock.off", why)),
    );
  }
}

/** Checks the days of a lock, and that objects do not end before it. */
export function recordLockIssues(path: string, { objectLock }: RecordLock, retentionDays: number): Issue[] {
  if (objectLock === undefined) return [];
  const { days } = objectLock;
  if (!Number.isInteger(days) || days < 1 || days > 36_500) {
    const rule = "must be a whole number of days from 1 to 36500";
    return [issue("OutOfRange", `${path}.days`, rule, days, "Write it like `RecordLock.governance(365)`")];
  }
  if (days <= retentionDays) return [];
  const advice = "Lock for fewer days, or keep records longer";
  return [
    issue("Conflict", `${path}.days`, `must not pass the ${retentionDays} days that records are kept`, days, advice),
  ];
}

/** Checks for how many days records are kept. */
export function retentionDaysIssues(path: string, days: number): Issue[] {
  if (Number.isInteger(days) && days >= 1 && days <= 36_500) return [];
  const rule = "must be a whole number of days from 1 to 36500";
  return [issue("OutOfRange", path, rule, days, "Leave it out for 365, as PCI DSS 10.5.1 asks")];
}

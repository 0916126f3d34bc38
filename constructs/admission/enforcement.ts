import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";

/** What happens with an object that a control refuses. */
export class Enforcement {
  /** The default: the request fails. */
  static deny(): Enforcement {
    return new Enforcement("deny", undefined);
  }

  /**
   * The request passes, and whoever sent it reads a warning. It is recorded as well where the engine records.
   *
   * @throws InputError when the reason is missing.
   */
  static warn(why: Reason): Enforcement {
    return new Enforcement("warn", relaxation("Enforcement.warn", why));
  }

  /**
   * The request passes and is recorded: in the audit log of the API server, or in the engine's reports.
   *
   * @throws InputError when the reason is missing.
   */
  static audit(why: Reason): Enforcement {
    return new Enforcement("audit", relaxation("Enforcement.audit", why));
  }

  private constructor(
    readonly action: "deny" | "warn" | "audit",
    /** Absent for {@link Enforcement.deny}. */
    readonly relaxation: Relaxation | undefined,
  ) {}
}

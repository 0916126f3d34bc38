import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";
import { asRunError } from "./errors.js";

/**
 * Whether something that cannot be made again may be deleted: a cluster, a key. On, Pulumi's `protect` and, where the
 * service has one, its own deletion protection both stand in the way.
 */
export class DeletionProtection {
  private constructor(
    readonly enabled: boolean,
    readonly relaxation?: Relaxation,
  ) {}

  /** Protected, the default. */
  static on(): DeletionProtection {
    return new DeletionProtection(true);
  }

  /**
   * Deletable: for stacks that are torn down every night, or before a planned end.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static off(why: Reason): DeletionProtection {
    return new DeletionProtection(
      false,
      asRunError(() => relaxation("DeletionProtection.off", why)),
    );
  }
}

import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";

/** Whether a container may write to its image's files. */
export class RootFilesystem {
  /** The default: what must be written lies on mounted volumes. */
  static readOnly(): RootFilesystem {
    return new RootFilesystem(undefined);
  }

  /**
   * The container may write anywhere its user may. An intruder can then leave programs behind.
   *
   * @throws InputError when the reason is missing.
   */
  static writable(why: Reason): RootFilesystem {
    return new RootFilesystem(relaxation("RootFilesystem.writable", why));
  }

  private constructor(
    /** Why it is writable; absent on a read-only one. */
    readonly relaxation: Relaxation | undefined,
  ) {}
}

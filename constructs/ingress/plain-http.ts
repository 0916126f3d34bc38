import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";

/** What answers on port 80. */
export class PlainHttp {
  /** The default: nothing listens. */
  static closed(): PlainHttp {
    return new PlainHttp("closed", undefined);
  }

  /** Every request is sent on to HTTPS. A browser's first request goes in the clear all the same. */
  static redirected(): PlainHttp {
    return new PlainHttp("redirected", undefined);
  }

  /**
   * The same as on port 443, in the clear.
   *
   * @throws InputError when the reason is missing.
   */
  static served(why: Reason): PlainHttp {
    return new PlainHttp("served", relaxation("PlainHttp.served", why));
  }

  private constructor(
    readonly choice: "closed" | "redirected" | "served",
    /** Absent unless something is served. */
    readonly relaxation: Relaxation | undefined,
  ) {}
}

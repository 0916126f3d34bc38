import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { asRunError } from "../errors.js";

/** How nodes and pods reach the internet. They reach AWS services by endpoints either way. */
export class Egress {
  private constructor(
    /** `none` or `nat`. */
    readonly kind: "none" | "nat",
    readonly relaxation?: Relaxation,
  ) {}

  /** Not at all: no internet gateway, no route. The default. */
  static none(): Egress {
    return new Egress("none");
  }

  /**
   * Through one NAT gateway per zone, which needs an internet gateway and public subnets; HTTPS only. Costs about
   * 33 USD a month per zone in eu-west-1, and traffic.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static nat(why: Reason): Egress {
    return new Egress(
      "nat",
      asRunError(() => relaxation("Egress.nat", why)),
    );
  }
}

import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { asRunError } from "../errors.js";

/** Where load balancers of the cluster may stand. */
export class LoadBalancing {
  private constructor(
    /** Whether there are subnets for load balancers on the internet. */
    readonly isPublic: boolean,
    readonly relaxation?: Relaxation,
  ) {}

  /** Inside the VPC only. The default. */
  static internal(): LoadBalancing {
    return new LoadBalancing(false);
  }

  /**
   * On the internet too: an internet gateway, and a subnet per zone that the AWS Load Balancer Controller finds by its tag. Their
   * network ACL lets 80 and 443 in. Nodes and pods stay where they are.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static internetFacing(why: Reason): LoadBalancing {
    return new LoadBalancing(
      true,
      asRunError(() => relaxation("LoadBalancing.internetFacing", why)),
    );
  }
}

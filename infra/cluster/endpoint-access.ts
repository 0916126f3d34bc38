import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { listIssues } from "../checks.js";
import { asRunError, refuse } from "../errors.js";
import { PRIVATE_BLOCKS } from "../network/blocks.js";
import * as is from "../shape.js";

/** Below this many fixed bits a block is not somebody's address but a part of the internet. */
const SHORTEST_PUBLIC_PREFIX = { 4: 16, 6: 32 } as const;

/** How many blocks EKS takes (https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html). */
const MOST_CIDRS = 40;

/** From where the Kubernetes API can be reached. Inside the VPC it always can. */
export class EndpointAccess {
  private constructor(
    readonly publicCidrs: readonly Cidr[],
    readonly relaxation?: Relaxation,
  ) {}

  /** From inside the VPC only, the default. */
  static private(): EndpointAccess {
    return new EndpointAccess([]);
  }

  /**
   * From these addresses of the internet as well. The cluster refuses blocks as wide as a part of the internet.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static publicFrom(cidrs: readonly [Cidr, ...Cidr[]], why: Reason): EndpointAccess {
    refuse("EndpointAccess.publicFrom", is.list(is.cidr)("cidrs", cidrs));
    return new EndpointAccess(
      [...cidrs],
      asRunError(() => relaxation("EndpointAccess.publicFrom", why)),
    );
  }

  /** Whether the API has a public endpoint. */
  get isPublic(): boolean {
    return this.publicCidrs.length > 0;
  }
}

/** Checks that a public endpoint is open to somebody and not to everybody (CIS EKS 5.4.1). */
export function endpointAccessIssues(path: string, access: EndpointAccess | undefined): Issue[] {
  const cidrs = access?.publicCidrs ?? [];
  const at = `${path}.publicCidrs`;
  const few = "Join blocks that lie together";
  return [
    ...(cidrs.length <= MOST_CIDRS
      ? []
      : [issue("OutOfRange", at, `must be at most ${MOST_CIDRS} blocks`, cidrs.length, few)]),
    ...listIssues(at, cidrs, "block", publicCidrIssues),
  ];
}

function publicCidrIssues(at: string, cidr: Cidr): Issue[] {
  const shortest = SHORTEST_PUBLIC_PREFIX[Cidr.range(cidr).version];
  if (Cidr.prefixLength(cidr) < shortest) {
    const advice = "Name the addresses of your VPN or your runners, or keep the endpoint private";
    return [issue("NotAllowed", at, `must be no wider than /${shortest}`, cidr, advice)];
  }
  if (!PRIVATE_BLOCKS.some((block) => Cidr.overlaps(block, cidr))) return [];
  const advice = "Name the public address that they come from; inside the VPC the API can be reached in any case";
  return [issue("NotAllowed", at, "must be addresses of the internet", cidr, advice)];
}

import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** The largest block that AWS allows is a /16; below a /18 the small subnets would no longer fit. */
const VPC_PREFIX = { shortest: 16, longest: 18 } as const;

/** How many blocks outside of the VPC its network ACLs may admit; an ACL holds twenty rules each way. */
const CONNECTED_LIMIT = 10;

/** Blocks that nobody routes on the internet (RFC 1918), and those between carriers and customers (RFC 6598). */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((block) => Cidr.parse(block));
const SHARED = Cidr.parse("100.64.0.0/10");

/** Both: nobody on the internet has these addresses. */
export const PRIVATE_BLOCKS: readonly Cidr[] = [...PRIVATE, SHARED];

/** Whether a block is private: RFC 1918. */
export function isPrivate(cidr: Cidr): boolean {
  return PRIVATE.some((block) => Cidr.contains(block, cidr));
}

/** Checks the first block of a VPC. */
export function vpcBlockIssues(vpcCidr: Cidr): Issue[] {
  const length = lengthIssues("vpcCidr", vpcCidr);
  if (length.length > 0 || PRIVATE_BLOCKS.some((block) => Cidr.contains(block, vpcCidr))) return length;
  const advice = `Choose one of ${PRIVATE_BLOCKS.join(", ")}: what has these addresses on the internet could not be reached`;
  return [issue("NotAllowed", "vpcCidr", "must be a private block", vpcCidr, advice)];
}

/**
 * Checks the block of pods. AWS takes as a further block of a VPC one of 100.64.0.0/10, or one of the same private range as the
 * first (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html).
 */
export function podBlockIssues(podCidr: Cidr, vpcCidr: Cidr): Issue[] {
  const length = lengthIssues("podCidr", podCidr);
  if (length.length > 0) return length;
  if (Cidr.overlaps(podCidr, vpcCidr))
    return [
      issue("Conflict", "podCidr", `must not overlap 'vpcCidr', ${vpcCidr}`, podCidr, "Choose 100.64.0.0/16, say"),
    ];
  const sameRange = PRIVATE.some((block) => Cidr.contains(block, podCidr) && Cidr.contains(block, vpcCidr));
  if (sameRange || Cidr.contains(SHARED, podCidr)) return [];
  const rule = `must be of ${SHARED}, or of the private range of 'vpcCidr', ${vpcCidr}`;
  return [issue("NotAllowed", "podCidr", rule, podCidr, "AWS refuses to add it to the VPC; choose 100.64.0.0/16, say")];
}

/** Checks the blocks outside of the VPC that network ACLs admit. */
export function connectedIssues(connected: readonly Cidr[], own: readonly Cidr[]): Issue[] {
  const issues: Issue[] = [];
  if (connected.length > CONNECTED_LIMIT) {
    const rule = `must be at most ${CONNECTED_LIMIT} blocks, for a network ACL has twenty rules`;
    issues.push(issue("OutOfRange", "connectedCidrs", rule, connected.length, "Join blocks that lie together"));
  }
  connected.forEach((cidr, i) => {
    const path = `connectedCidrs[${i}]`;
    const taken = [...own, ...connected.slice(0, i)].find((other) => Cidr.overlaps(other, cidr));
    if (Cidr.range(cidr).version !== 4)
      issues.push(issue("Malformed", path, "must be an IPv4 block", cidr, "Write Cidr.parse('172.20.0.0/16')"));
    else if (Cidr.prefixLength(cidr) < 8)
      issues.push(issue("OutOfRange", path, "must be a /8 or smaller", cidr, "Name the networks that are connected"));
    if (taken !== undefined)
      issues.push(issue("Conflict", path, `must not overlap ${taken}`, cidr, "No route can tell them apart"));
  });
  return issues;
}

function lengthIssues(path: string, cidr: Cidr): Issue[] {
  const length = Cidr.prefixLength(cidr);
  if (Cidr.range(cidr).version === 4 && length >= VPC_PREFIX.shortest && length <= VPC_PREFIX.longest) return [];
  const advice = "Use a /16, so that the VPC CNI has addresses for every pod";
  return [issue("OutOfRange", path, "must be an IPv4 block from /16 to /18", cidr, advice)];
}

import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { NetworkRef } from "../network/reference.js";

/** The widest block that counts as somebody's network: a /8, as 10.0.0.0/8. */
const WIDEST = 8;

/** Entries of one list: a security group takes 60 rules for a direction, a route table 50 routes, unless AWS raises it. */
const MOST = 40;

/** Checks blocks of other networks: some, IPv4, none twice or within another, and none that means everybody. */
export function cidrIssues(path: string, cidrs: readonly Cidr[]): Issue[] {
  if (cidrs.length > MOST) {
    const advice = "Write wider blocks: route tables and security groups are limited";
    return [issue("OutOfRange", path, `must hold at most ${MOST} blocks`, cidrs.length, advice)];
  }
  return cidrs.flatMap((cidr, i) => {
    const at = `${path}[${i}]`;
    const form = blockIssues(at, cidr);
    if (form.length > 0) return form;
    const other = cidrs.find((one, j) => j < i && Cidr.tryParse(one) !== undefined && Cidr.overlaps(one, cidr));
    return other === undefined
      ? []
      : [issue("Duplicate", at, `must not overlap ${other} of the same list`, cidr, "Remove one of the two")];
  });
}

/** Checks that blocks are apart from others: traffic to what overlaps never leaves the VPC. */
export function apartIssues(
  path: string,
  cidrs: readonly Cidr[],
  taken: Readonly<Record<string, readonly Cidr[]>>,
): Issue[] {
  return cidrs.flatMap((cidr, i) =>
    Object.entries(taken).flatMap(([owner, blocks]) =>
      blocks
        .filter((block) => Cidr.tryParse(cidr) !== undefined && Cidr.overlaps(block, cidr))
        .map((block) =>
          issue(
            "Conflict",
            `${path}[${i}]`,
            `must not overlap ${owner} ${block}`,
            cidr,
            "Choose addresses that nobody has",
          ),
        ),
    ),
  );
}

/** Checks that every block lies in one of others. */
export function insideIssues(path: string, cidrs: readonly Cidr[], outer: string, blocks: readonly Cidr[]): Issue[] {
  return cidrs.flatMap((cidr, i) => {
    if (Cidr.tryParse(cidr) === undefined || blocks.some((block) => Cidr.contains(block, cidr))) return [];
    const advice = `Add the block to \`${outer}\`, or remove it here`;
    return [issue("Conflict", `${path}[${i}]`, `must lie in a block of \`${outer}\``, cidr, advice)];
  });
}

/** Checks that the network's ACLs, as far as they are known, let blocks through: what they drop ends in a timeout. */
export function admittedIssues(path: string, cidrs: readonly Cidr[], { connectedCidrs }: NetworkRef): Issue[] {
  if (connectedCidrs === undefined) return [];
  return cidrs.flatMap((cidr, i) => {
    if (Cidr.tryParse(cidr) === undefined || connectedCidrs.some((block) => Cidr.contains(block, cidr))) return [];
    const rule = "must lie in the network's `connectedCidrs`, which its network ACLs let through";
    return [issue("Conflict", `${path}[${i}]`, rule, cidr, "Add the block there")];
  });
}

/** Part of the names of what is made for a block: `10.1.0.0-16`. It follows from the block, not from its place in a list. */
export function cidrKey(cidr: Cidr): string {
  return cidr.replace("/", "-");
}

function blockIssues(at: string, cidr: Cidr): Issue[] {
  if (Cidr.tryParse(cidr) === undefined)
    return [issue("Malformed", at, "must be an address block", cidr, "Write it like Cidr.parse('10.1.0.0/16')")];
  if (Cidr.range(cidr).version !== 4)
    return [
      issue(
        "Unsupported",
        at,
        "must be an IPv4 block",
        cidr,
        "The interfaces of the control plane have IPv4 addresses",
      ),
    ];
  if (Cidr.prefixLength(cidr) >= WIDEST) return [];
  const advice = "Name the networks from which people come, as 10.1.0.0/16";
  return [issue("NotAllowed", at, `must be a /${WIDEST} or smaller`, cidr, advice)];
}

import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { isPrivate } from "../network/blocks.js";
import type { NetworkRef } from "../network/reference.js";

/** Sizes of blocks of Services (CreateCluster, `serviceIpv4Cidr`). */
const SERVICE_PREFIX = { shortest: 12, longest: 24 } as const;

/** Blocks that are offered when the chosen one is taken, the usual ones of EKS first. */
const USUAL_SERVICE_BLOCKS = ["172.20.0.0/16", "10.100.0.0/16", "192.168.128.0/17", "172.30.0.0/16", "10.200.0.0/16"];

/**
 * Where EKS takes the addresses of Services of an IPv6 cluster: it chooses a /108 of it, known after the deployment
 * (CreateCluster, `serviceIpv6Cidr`).
 */
export const IPV6_SERVICES = "fc00::/7";

/** EKS takes six addresses of a control plane subnet, sixteen are advised; AWS has no subnet smaller than a /28. */
const LONGEST_SUBNET = 28;

/** Checks a name of a cluster, or of what is named like one, against what EKS accepts (CreateCluster, `name`). */
export function eksNameIssues(path: string, name: string): Issue[] {
  if (/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(name)) return [];
  const advice = "Use up to 100 letters, digits, hyphens and underscores, a letter or digit first";
  return [issue("Malformed", path, "must be a name that EKS accepts", name, advice)];
}

/**
 * Checks the block of Services: private, of a size that EKS takes, and apart from the VPC and from networks on the other side
 * of a line.
 */
export function serviceCidrIssues(
  serviceCidr: Cidr,
  vpcCidrs: readonly Cidr[],
  remoteCidrs: readonly Cidr[] = [],
): Issue[] {
  const issues: Issue[] = [];
  const length = Cidr.prefixLength(serviceCidr);
  if (!isPrivate(serviceCidr) || length < SERVICE_PREFIX.shortest || length > SERVICE_PREFIX.longest) {
    const rule = `must be a private IPv4 block from /${SERVICE_PREFIX.shortest} to /${SERVICE_PREFIX.longest}`;
    issues.push(issue("OutOfRange", "serviceCidr", rule, serviceCidr, "Use '172.20.0.0/16'"));
  }
  const free = freeServiceBlock([...vpcCidrs, ...remoteCidrs]);
  const clash = (whose: string, taken: Cidr) => {
    if (!Cidr.overlaps(serviceCidr, taken)) return;
    const advice = `Use ${free}: pods cannot reach addresses that both claim`;
    issues.push(issue("Conflict", "serviceCidr", `must not overlap ${whose} ${taken}`, serviceCidr, advice));
  };
  for (const taken of vpcCidrs) clash("the VPC's", taken);
  for (const taken of remoteCidrs) clash("the remote network", taken);
  return issues;
}

function freeServiceBlock(taken: readonly Cidr[]): string {
  const free = USUAL_SERVICE_BLOCKS.find((block) => !taken.some((other) => Cidr.overlaps(Cidr.parse(block), other)));
  return free === undefined ? "a private block that nobody has" : `'${free}'`;
}

/** Checks the subnets of the control plane: two zones, and room for its interfaces. */
export function controlPlaneSubnetIssues({ controlPlane }: NetworkRef): Issue[] {
  const issues: Issue[] = [];
  if (controlPlane.ids.length < 2) {
    const rule = "must be subnets of at least two zones";
    const got = `${controlPlane.ids.length} of them`;
    issues.push(issue("OutOfRange", "network.controlPlane.ids", rule, got, "Name a second subnet in another zone"));
  }
  controlPlane.cidrs.forEach((cidr, i) => {
    if (Cidr.range(cidr).version === 6 || Cidr.prefixLength(cidr) <= LONGEST_SUBNET) return;
    const rule = `must be a subnet of at least a /${LONGEST_SUBNET}`;
    const advice = "EKS takes six free addresses there, and as many again while it upgrades";
    issues.push(issue("OutOfRange", `network.controlPlane.cidrs[${i}]`, rule, cidr, advice));
  });
  return issues;
}

/** Whether a block lies in the VPC. */
export function isVpc(cidr: Cidr, { vpcCidrs }: NetworkRef): boolean {
  return vpcCidrs.some((block) => Cidr.contains(block, cidr));
}

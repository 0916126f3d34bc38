import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** Blocks from which EKS takes service addresses (CreateCluster, `serviceIpv4Cidr`). */
const SERVICE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const SERVICE_PREFIX = { shortest: 12, longest: 24 } as const;

/** Checks the name of a cluster against what EKS accepts (CreateCluster, `name`). */
export function clusterNameIssues(clusterName: string): Issue[] {
  if (/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(clusterName)) return [];
  const advice = "Use up to 100 letters, digits, hyphens and underscores, a letter or digit first";
  return [issue("Malformed", "clusterName", "must be a name that EKS accepts", clusterName, advice)];
}

/** Checks the block of Services: private, of a size that EKS takes, and apart from the VPC. */
export function serviceCidrIssues(serviceCidr: Cidr, vpcCidr: Cidr | undefined): Issue[] {
  const issues: Issue[] = [];
  const length = Cidr.prefixLength(serviceCidr);
  const isPrivate = SERVICE_BLOCKS.some((block) => Cidr.contains(Cidr.parse(block), serviceCidr));
  if (!isPrivate || length < SERVICE_PREFIX.shortest || length > SERVICE_PREFIX.longest) {
    const rule = `must be a private IPv4 block from /${SERVICE_PREFIX.shortest} to /${SERVICE_PREFIX.longest}`;
    issues.push(issue("OutOfRange", "serviceCidr", rule, serviceCidr, "Use '172.20.0.0/16'"));
  }
  if (vpcCidr !== undefined && Cidr.overlaps(serviceCidr, vpcCidr)) {
    const advice = "Choose a block outside the VPC, or pods lose the addresses that both claim";
    issues.push(issue("Conflict", "serviceCidr", `must not overlap the VPC's ${vpcCidr}`, serviceCidr, advice));
  }
  return issues;
}

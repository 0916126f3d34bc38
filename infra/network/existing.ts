import type * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { regionFacts } from "../../core/data/regions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { idIssues, listIssues } from "../checks.js";
import { refuse } from "../errors.js";
import { SUBNETS, needs } from "../reference-shapes.js";
import { cidr, late, list, text } from "../shape.js";
import { Egress } from "./egress.js";
import { unlisted } from "./plan.js";
import type { NetworkRef, SubnetsRef } from "./reference.js";

/**
 * A VPC that is there already, as {@link existingNetwork} takes it: nodes and control plane in at least two zones each, the control
 * plane in subnets of a /28 or larger with six addresses free.
 */
export interface ExistingNetwork extends Pick<NetworkRef, "region" | "vpcId" | "vpcCidrs" | "nodes" | "controlPlane"> {
  /**
   * Where pods get their addresses. Subnets of their own are tagged `kubernetes.io/role/cni` with `1`, and those of nodes with `0`.
   *
   * @default - `nodes`
   */
  readonly pods?: SubnetsRef;
  /**
   * Subnets of the interface endpoints and of the bastion.
   *
   * @default - `nodes`; then policies that name the endpoints' addresses admit pods too
   */
  readonly endpoints?: SubnetsRef;
  /**
   * Subnets of internal load balancers, tagged `kubernetes.io/role/internal-elb`, a /27 or larger each.
   *
   * @default - `nodes`; then policies that name the load balancers' addresses admit pods too
   */
  readonly loadBalancers?: SubnetsRef;
  /**
   * The group of the interface endpoints.
   *
   * @default - AWS services are reached in another way, which security groups of nodes and bastion then need to allow
   */
  readonly endpointSecurityGroupId?: pulumi.Input<string>;
  /**
   * The prefix list of S3 in this Region, `pl-...`, when the VPC has a gateway endpoint.
   *
   * @default - none
   */
  readonly s3PrefixListId?: pulumi.Input<string>;
  /**
   * The way to the internet that the VPC has.
   *
   * @default - `Egress.none()`
   */
  readonly egress?: Egress;
  /**
   * Which addresses pods and Services have.
   *
   * @default "ipv4"
   */
  readonly ipFamily?: "ipv4" | "ipv6";
}

/** EKS wants its interfaces, and Ringfence the nodes, in two zones at least. */
const LEAST_SUBNETS = 2;

/**
 * The longest prefix of each kind: a /28 is the smallest subnet that AWS makes and leaves EKS eleven addresses, of which it
 * wants six free (https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html); a load balancer wants a /27.
 */
const LONGEST = { nodes: 28, pods: 28, controlPlane: 28, endpoints: 28, loadBalancers: 27 } as const;

type Kind = keyof typeof LONGEST;

const KINDS = Object.keys(LONGEST) as readonly Kind[];

/**
 * Says of a VPC that is there what the other components need to know: pure, registers nothing and asks AWS nothing.
 *
 * @throws pulumi.RunError with every problem: an unlisted Region, fewer than two subnets of nodes or of the control plane,
 *   blocks outside of the VPC's, too small, or overlapping without being the same, ids of another kind.
 */
export function existingNetwork(given: ExistingNetwork): NetworkRef {
  needs("Network.existing", given, {
    region: text,
    vpcId: late,
    vpcCidrs: list(cidr),
    nodes: SUBNETS,
    controlPlane: SUBNETS,
  });
  const { region, vpcId, vpcCidrs, nodes, controlPlane } = given;
  const network: NetworkRef = {
    ...{ region, vpcId, vpcCidrs, nodes, controlPlane },
    pods: given.pods ?? nodes,
    endpoints: given.endpoints ?? nodes,
    loadBalancers: given.loadBalancers ?? nodes,
    endpointSecurityGroupId: given.endpointSecurityGroupId,
    s3PrefixListId: given.s3PrefixListId,
    egress: given.egress ?? Egress.none(),
    ipFamily: given.ipFamily ?? "ipv4",
  };
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  refuse("Network.existing", [
    ...(regionFacts(region) === undefined ? [unlisted(region)] : []),
    ...idIssues("vpcId", "vpc-", vpcId),
    ...vpcIssues(vpcCidrs),
    ...kinds.flatMap((kind) => subnetsIssues(kind, network[kind], vpcCidrs)),
    ...overlapIssues(kinds.flatMap((kind) => network[kind].cidrs.map((cidr, i) => [`${kind}.cidrs[${i}]`, cidr]))),
    ...idIssues("endpointSecurityGroupId", "sg-", given.endpointSecurityGroupId),
    ...idIssues("s3PrefixListId", "pl-", given.s3PrefixListId),
  ]);
  return network;
}

function vpcIssues(vpcCidrs: readonly Cidr[]): Issue[] {
  if (vpcCidrs.length === 0)
    return [
      issue("Required", "vpcCidrs", "must name a block of the VPC", vpcCidrs, "Give each block, the first one first"),
    ];
  return vpcCidrs.flatMap((cidr, i) => ipv4Issues(`vpcCidrs[${i}]`, cidr));
}

function subnetsIssues(kind: Kind, { ids, cidrs }: SubnetsRef, vpcCidrs: readonly Cidr[]): Issue[] {
  const issues: Issue[] = [];
  const spread = kind === "nodes" || kind === "controlPlane";
  if (spread && ids.length < LEAST_SUBNETS)
    issues.push(issue("Required", `${kind}.ids`, "must name two subnets in different zones", ids, "Name one per zone"));
  if (!spread && ids.length === 0)
    issues.push(
      issue("Required", `${kind}.ids`, "must name a subnet", ids, `Name one per zone, or leave \`${kind}\` out`),
    );
  if (ids.length !== cidrs.length)
    issues.push(
      issue("Conflict", `${kind}.cidrs`, "must hold one block per subnet", cidrs, `${ids.length} ids are given`),
    );
  issues.push(...listIssues(`${kind}.ids`, ids, "subnet", (at, id) => idIssues(at, "subnet-", id)));
  cidrs.forEach((cidr, i) => {
    const path = `${kind}.cidrs[${i}]`;
    const foreign = ipv4Issues(path, cidr);
    issues.push(...foreign);
    if (foreign.length > 0) return;
    if (vpcCidrs.length > 0 && !vpcCidrs.some((vpc) => Cidr.contains(vpc, cidr)))
      issues.push(
        issue("OutOfRange", path, "must lie inside `vpcCidrs`", cidr, "Give each block of the VPC in `vpcCidrs`"),
      );
    if (Cidr.prefixLength(cidr) > LONGEST[kind])
      issues.push(issue("OutOfRange", path, `must be a /${LONGEST[kind]} or larger`, cidr, "Choose a larger subnet"));
  });
  return issues;
}

/** A subnet may serve two purposes, and then its block stands twice; anything else that overlaps is a mistake. */
function overlapIssues(blocks: readonly (readonly [path: string, cidr: Cidr])[]): Issue[] {
  return blocks.flatMap(([path, cidr], i) => {
    const other = blocks.slice(0, i).find(([at, block]) => {
      const sameKind = at.split(".")[0] === path.split(".")[0];
      return Cidr.overlaps(block, cidr) && (block !== cidr || sameKind);
    });
    if (other === undefined) return [];
    return [issue("Conflict", path, `must not overlap '${other[0]}', ${other[1]}`, cidr, "Copy it from the subnet")];
  });
}

function ipv4Issues(path: string, cidr: Cidr): Issue[] {
  if (Cidr.tryParse(cidr) === cidr && Cidr.range(cidr).version === 4) return [];
  return [issue("Malformed", path, "must be an IPv4 block", cidr, "Write Cidr.parse('10.0.0.0/16')")];
}

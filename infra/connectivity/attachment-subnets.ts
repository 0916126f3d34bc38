import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../../core/cidr.js";
import { regionFacts } from "../../core/data/regions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { idIssues, listIssues } from "../checks.js";
import type { NetworkRef } from "../network/reference.js";
import { named } from "../options.js";
import type { Tags } from "../options.js";
import { apartIssues, insideIssues } from "./addresses.js";

/** The smallest subnet that AWS makes; the gateway's interface takes one address of it. */
const SMALLEST = 28;

/** Rules of a network ACL for a direction, unless AWS raises it. */
const ACL_RULES = 20;

/** In which subnets a transit gateway puts its interfaces: one in each zone that has something to reach. */
export class AttachmentSubnets {
  private constructor(
    /** Of subnets that are there. */
    readonly ids: readonly pulumi.Input<string>[] | undefined,
    /** Of subnets of its own, by zone id. */
    readonly blocks: Readonly<Record<string, Cidr>> | undefined,
  ) {}

  /**
   * Those of the control plane: the gateway reaches exactly the zones that the API answers in, and takes one address of each
   * subnet. The default.
   */
  static ofControlPlane(): AttachmentSubnets {
    return new AttachmentSubnets(undefined, undefined);
  }

  /** Subnets that are there, at most one per zone. */
  static given(ids: readonly pulumi.Input<string>[]): AttachmentSubnets {
    return new AttachmentSubnets(ids, undefined);
  }

  /**
   * Subnets made for nothing else, as AWS advises, with a route table of their own that has no way out of the VPC.
   *
   * @param blocks A block of the VPC, /28 or larger, by zone id: `{ "euw1-az1": Cidr.parse("10.0.255.0/28") }`.
   */
  static own(blocks: Readonly<Record<string, Cidr>>): AttachmentSubnets {
    return new AttachmentSubnets(undefined, blocks);
  }
}

/** Checks the subnets against the network. */
export function attachmentSubnetIssues(
  { ids, blocks }: AttachmentSubnets,
  { network, cidrs }: Pick<AttachmentSpec, "network" | "cidrs">,
): Issue[] {
  if (ids !== undefined) return givenIssues(ids);
  if (blocks === undefined) return [];
  const rules = network.vpcCidrs.length + cidrs.length;
  if (rules <= ACL_RULES) return blockIssues(blocks, network);
  const rule = `must be at most ${ACL_RULES - network.vpcCidrs.length} beside subnets of their own, whose ACL has ${ACL_RULES} rules`;
  return [issue("OutOfRange", "cidrs", rule, cidrs.length, "Join blocks that lie together")];
}

/** What {@link createAttachmentSubnets} reads. */
export interface AttachmentSpec {
  readonly network: NetworkRef;
  /** Blocks behind the gateway. */
  readonly cidrs: readonly Cidr[];
  readonly tags: Tags | undefined;
}

/** The ids of the subnets; those of its own are made here. */
export function createAttachmentSubnets(
  parent: pulumi.Resource,
  name: string,
  { ids, blocks }: AttachmentSubnets,
  spec: AttachmentSpec,
): pulumi.Input<string>[] {
  const { vpcId, controlPlane } = spec.network;
  if (blocks === undefined) return [...(ids ?? controlPlane.ids)];
  const tagsOf = (child: string) => named(child, spec.tags);
  const tableName = `${name}-attachment-routes`;
  const table = new ec2.RouteTable(tableName, { vpcId, tags: tagsOf(tableName) }, { parent });
  const subnets = Object.entries(blocks).map(([zone, cidrBlock]) => {
    const child = `${name}-attachment-${zone}`;
    const subnet = new ec2.Subnet(
      child,
      { vpcId, cidrBlock, availabilityZoneId: zone, mapPublicIpOnLaunch: false, tags: tagsOf(child) },
      { parent },
    );
    new ec2.RouteTableAssociation(`${child}-routes`, { routeTableId: table.id, subnetId: subnet.id }, { parent });
    return subnet.id;
  });
  const rules = aclRules(spec);
  const aclName = `${name}-attachment-acl`;
  new ec2.NetworkAcl(
    aclName,
    { vpcId, subnetIds: subnets, ingress: rules, egress: rules, tags: tagsOf(aclName) },
    { parent },
  );
  return subnets;
}

/** Traffic between the VPC and what lies behind the gateway; the default ACL of a {@link Network} lets nothing pass. */
function aclRules({ network, cidrs }: AttachmentSpec) {
  return [...network.vpcCidrs, ...cidrs].map((cidrBlock, i) => ({
    ...{ ruleNo: 100 + 10 * i, action: "allow", protocol: "-1", fromPort: 0, toPort: 0 },
    cidrBlock,
  }));
}

function givenIssues(ids: readonly pulumi.Input<string>[]): Issue[] {
  if (ids.length === 0)
    return [issue("Required", "subnets", "must name a subnet", ids, "Name one per zone of the control plane")];
  return listIssues("subnets", ids, "subnet", (at, id) => idIssues(at, "subnet-", id));
}

function blockIssues(blocks: Readonly<Record<string, Cidr>>, network: NetworkRef): Issue[] {
  const zones: readonly string[] = regionFacts(network.region)?.zones ?? [];
  const entries = Object.entries(blocks);
  if (entries.length === 0)
    return [issue("Required", "subnets", "must name a block", blocks, "Name one per zone of the control plane")];
  const { nodes, pods, controlPlane, endpoints, loadBalancers } = network;
  const taken = [nodes, pods, controlPlane, endpoints, loadBalancers].flatMap(({ cidrs }) => cidrs);
  return entries.flatMap(([zone, cidr], i) => {
    const at = `subnets['${zone}']`;
    const issues: Issue[] = [];
    if (zones.length > 0 && !zones.includes(zone))
      issues.push(
        issue("NotAllowed", "subnets", `must be by zone ids of ${network.region}`, zone, `It has ${zones.join(", ")}`),
      );
    if (Cidr.tryParse(cidr) === undefined || Cidr.prefixLength(cidr) > SMALLEST)
      return [
        ...issues,
        issue("OutOfRange", at, `must be a block of /${SMALLEST} or larger`, cidr, "Take one like 10.0.255.0/28"),
      ];
    const before = entries.slice(0, i).map(([, other]) => other);
    return [
      ...issues,
      ...insideIssues(at, [cidr], "network.vpcCidrs", network.vpcCidrs),
      ...apartIssues(at, [cidr], { "the subnet": [...new Set(taken)], "the block": before }),
    ].map((one) => ({ ...one, path: one.path.replace("[0]", "") }));
  });
}

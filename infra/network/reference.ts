import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import type { Egress } from "./egress.js";

/** Subnets of one kind and their blocks, zone by zone. */
export interface SubnetsRef {
  readonly ids: readonly pulumi.Input<string>[];
  /** IPv4 blocks, for security groups and network policies. */
  readonly cidrs: readonly Cidr[];
}

/**
 * What other components need to know of a network. A {@link Network} has it, `Network.existing` says it of a VPC that is
 * there already.
 */
export interface NetworkRef {
  /** Plain: `eu-west-1`. */
  readonly region: string;
  readonly vpcId: pulumi.Input<string>;
  /** IPv4 blocks of the VPC, the first one first. */
  readonly vpcCidrs: readonly Cidr[];
  /** Private subnets of nodes. */
  readonly nodes: SubnetsRef;
  /** Where pods get their addresses: the subnets of nodes, unless pods have a block of their own. */
  readonly pods: SubnetsRef;
  /** Small subnets for the network interfaces of the control plane, in at least two zones. */
  readonly controlPlane: SubnetsRef;
  /** Subnets of the interface endpoints; the bastion lives there too. */
  readonly endpoints: SubnetsRef;
  /** Subnets of internal load balancers. */
  readonly loadBalancers: SubnetsRef;
  /** The group of the interface endpoints; `undefined` when AWS services are reached in another way. */
  readonly endpointSecurityGroupId: pulumi.Input<string> | undefined;
  /** The addresses of S3 in this Region, where image layers come from; `undefined` without a gateway endpoint. */
  readonly s3PrefixListId: pulumi.Input<string> | undefined;
  /** The way to the internet. */
  readonly egress: Egress;
  /** Blocks outside of the VPC that its network ACLs let through; left out when nobody knows, as of a VPC that is there. */
  readonly connectedCidrs?: readonly Cidr[];
  /** Which addresses pods and Services of a cluster in it have. */
  readonly ipFamily: "ipv4" | "ipv6";
}

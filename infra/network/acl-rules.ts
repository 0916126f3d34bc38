import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import type { SubnetTier } from "./subnets.js";

/** One rule of a network ACL, as EC2 takes it inline. */
export interface AclRule {
  readonly ruleNo: number;
  readonly action: "allow" | "deny";
  /** A name, or `-1` for all. */
  readonly protocol: "tcp" | "-1";
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: pulumi.Input<string>;
}

/** The rules of one ACL, both ways. */
export interface AclRules {
  readonly ingress: readonly AclRule[];
  readonly egress: readonly AclRule[];
}

/** What {@link aclRules} reads. */
export interface AclSpec {
  /** Blocks of the VPC, and those that are connected to it. */
  readonly inside: readonly Cidr[];
  /** The IPv6 block of the VPC; `undefined` without one. */
  readonly insideIpv6: pulumi.Input<string> | undefined;
  /** Whether nodes have a way out by IPv6. */
  readonly ipv6Out: boolean;
  /** Whether the firewall lets plain HTTP to listed hosts through. */
  readonly httpOut: boolean;
}

const ANY = "0.0.0.0/0";
const ANY_IPV6 = "::/0";
const HTTP = 80;
const HTTPS = 443;
const REMOTE_DESKTOP = 3389;

/** How a tier speaks with addresses outside of the VPC. */
type Reach = "none" | "client" | "server";

/**
 * - `client`: opens connections. Nodes, pods and the bastion do so even without internet: the addresses of S3, where image layers
 *   come from by the gateway endpoint, are public ones, and a network ACL knows no prefix list.
 * - `server`: is called on 80 and 443.
 */
const REACH: Readonly<Record<SubnetTier, Reach>> = {
  node: "client",
  pod: "client",
  endpoint: "client",
  nat: "client",
  firewall: "client",
  "public-load-balancer": "server",
  "load-balancer": "none",
  "control-plane": "none",
};

/**
 * The rules of the network ACL of one tier. ACLs keep no state, so each rule has its answer: everything between addresses inside;
 * and outside, by tier, HTTPS out with the ports of answers in, or HTTPS in with the ports of answers out. Answers come to any
 * port from 1024 on, since the VPC CNI and NAT gateways choose from all of them; remote desktop, which lies among these, is shut
 * (CIS AWS Foundations 6.2), and so one connection in 64,000 is tried twice.
 */
export function aclRules(tier: SubnetTier, spec: AclSpec): AclRules {
  const within = [
    ...spec.inside.map((cidrBlock) => all({ cidrBlock })),
    ...(spec.insideIpv6 === undefined ? [] : [all({ ipv6CidrBlock: spec.insideIpv6 })]),
  ];
  const reach = REACH[tier];
  if (reach === "none") return numbered(within, within);
  const ipv6 = reach === "client" ? spec.ipv6Out : spec.insideIpv6 !== undefined;
  const outside = [{ cidrBlock: ANY }, ...(ipv6 ? [{ ipv6CidrBlock: ANY_IPV6 }] : [])];
  const shut = outside.map((block) => ({ ...tcp(REMOTE_DESKTOP, REMOTE_DESKTOP, block), action: "deny" as const }));
  const answers = outside.map((block) => tcp(1024, 65535, block));
  const ports = reach === "server" || spec.httpOut ? [HTTP, HTTPS] : [HTTPS];
  const calls = ports.flatMap((port) => outside.map((block) => tcp(port, port, block)));
  return reach === "client"
    ? numbered([...within, ...shut, ...answers], [...within, ...calls])
    : numbered([...within, ...calls], [...within, ...answers]);
}

type Block = Pick<AclRule, "cidrBlock" | "ipv6CidrBlock">;
type Unnumbered = Omit<AclRule, "ruleNo">;

function all(block: Block): Unnumbered {
  return { action: "allow", protocol: "-1", fromPort: 0, toPort: 0, ...block };
}

function tcp(fromPort: number, toPort: number, block: Block): Unnumbered {
  return { action: "allow", protocol: "tcp", fromPort, toPort, ...block };
}

function numbered(ingress: readonly Unnumbered[], egress: readonly Unnumbered[]): AclRules {
  const number = (rules: readonly Unnumbered[]) => rules.map((rule, i) => ({ ruleNo: 100 + 10 * i, ...rule }));
  return { ingress: number(ingress), egress: number(egress) };
}

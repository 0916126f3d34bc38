import { ENDPOINT_SERVICES } from "../../core/data/endpoint-services.js";
import type { Issue } from "../../core/issue.js";
import { keysRef } from "../reference-shapes.js";
import * as is from "../shape.js";
import type { Shapes } from "../shape.js";
import type { NetworkArgs } from "./args.js";
import { DnsFirewall } from "./dns-firewall.js";
import { Egress } from "./egress.js";
import { ENDPOINT_FEATURES } from "./endpoints.js";
import { LoadBalancing } from "./load-balancing.js";
import { PublicAccessBlock } from "./public-access-block.js";

/** The kinds of what there is to choose of a network, in a program of its own and in `SecureCluster`. */
export const NETWORK_CHOICES = {
  vpcCidr: is.cidr,
  zones: is.either(is.list(is.text), is.number, (value) => !Array.isArray(value)),
  podCidr: is.cidr,
  egress: is.made(Egress, "Egress.nat({ reason })"),
  loadBalancing: is.made(LoadBalancing, "LoadBalancing.internal()"),
  connectedCidrs: is.list(is.cidr),
  endpointServices: is.list(is.word(Object.keys(ENDPOINT_SERVICES))),
  endpointZones: is.either(is.word(["all"]), is.number, (value) => typeof value !== "string"),
  dnsFirewall: is.made(DnsFirewall, "DnsFirewall.allow(['db.corp.internal'])"),
  dnsQueryLogRetentionDays: is.number,
  publicAccessBlock: is.made(PublicAccessBlock, "PublicAccessBlock.ingress()"),
  transformVpc: is.callback,
} satisfies Partial<Shapes<NetworkArgs>>;

const OPTIONAL = {
  ...NETWORK_CHOICES,
  region: is.text,
  ipFamily: is.word(["ipv4", "ipv6"]),
  features: is.list(is.word(Object.keys(ENDPOINT_FEATURES))),
  flowLogRetentionDays: is.number,
} satisfies Partial<Shapes<NetworkArgs>>;

const SHAPE = is.has({ keys: keysRef("logsKeyArn") }, OPTIONAL);

/** What is not of the kind that an argument of `Network` takes. */
export function networkShapeIssues(args: unknown): readonly Issue[] {
  return SHAPE("", args);
}

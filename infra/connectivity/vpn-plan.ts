import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { listIssues } from "../checks.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import { retentionIssues } from "../log-group.js";
import type { NetworkRef } from "../network/reference.js";
import { apartIssues, cidrKey } from "./addresses.js";
import type { ClientVpnArgs } from "./client-vpn.js";
import { authenticationIssues, certificateIssues } from "./vpn-authentication.js";

/** Sizes of client blocks (https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/what-is-best-practices.html). */
const CLIENT_PREFIX = { shortest: 12, longest: 22 } as const;

/** A subnet that a VPN is associated with is a /27 or larger, with twenty addresses free (the same page). */
const LONGEST_SUBNET = 27;

/** Associations, authorization rules and texts that AWS takes (the quotas page, and CreateClientVpnEndpoint). */
const MOST = { rules: 200, groupCharacters: 255, bannerCharacters: 1400 } as const;

const SESSION_HOURS: readonly number[] = [8, 10, 12, 24];

const TRANSPORTS: readonly string[] = ["udp", "tcp"];

/** The resolver of a VPC, the second address of its first block. */
export function resolverOf({ vpcCidrs }: NetworkRef): string {
  const [first] = vpcCidrs;
  return first === undefined ? "" : Cidr.address(first, 2);
}

/** Somewhere that clients of the VPN come to. */
export interface Destination {
  /** Part of the rule's name. */
  readonly key: string;
  readonly cidr: string;
  readonly description: string;
}

/** All that clients of the VPN come to: the subnets of the control plane, and the VPC's resolver. */
export function reachable(network: NetworkRef): Destination[] {
  return [
    ...network.controlPlane.cidrs.map((cidr) => ({ key: cidrKey(cidr), cidr, description: "The Kubernetes API" })),
    { key: "resolver", cidr: `${resolverOf(network)}/32`, description: "DNS of the VPC" },
  ];
}

/** What is wrong with the arguments. */
export function vpnIssues(args: ClientVpnArgs, zones: number): Issue[] {
  const { network, accessGroups } = args;
  return [
    ...certificateIssues("serverCertificateArn", args.serverCertificateArn, network.region),
    ...authenticationIssues(args.authentication, accessGroups, network.region),
    ...clientCidrIssues(args),
    ...groupIssues(accessGroups, network),
    ...zoneIssues(network, zones),
    ...choiceIssues(args),
    ...retentionIssues("logRetentionDays", args.logRetentionDays),
    ...keyArnIssues("keys.logsKeyArn", args.keys.logsKeyArn),
  ];
}

function clientCidrIssues({ clientCidr, network, cluster }: ClientVpnArgs): Issue[] {
  const { shortest, longest } = CLIENT_PREFIX;
  const block = Cidr.tryParse(clientCidr);
  const length = block === undefined ? 0 : Cidr.prefixLength(block);
  if (block === undefined || Cidr.range(block).version !== 4 || length < shortest || length > longest) {
    const rule = `must be an IPv4 block from /${shortest} to /${longest}`;
    return [issue("OutOfRange", "clientCidr", rule, clientCidr, "Take one like 10.254.0.0/22")];
  }
  return apartIssues("clientCidr", [block], {
    "the VPC's block": network.vpcCidrs,
    "the cluster's Services": [cluster.serviceCidr],
  }).map((one) => ({ ...one, path: "clientCidr" }));
}

function groupIssues(accessGroups: readonly string[] | undefined, network: NetworkRef): Issue[] {
  if (accessGroups === undefined) return [];
  if (accessGroups.length === 0) {
    const advice = "Name one, or leave `accessGroups` out for everybody who authenticates";
    return [issue("Required", "accessGroups", "must name a group", accessGroups, advice)];
  }
  const rules = accessGroups.length * reachable(network).length;
  const issues = listIssues("accessGroups", accessGroups, "group", (at, group) =>
    group.trim() === "" || group.length > MOST.groupCharacters
      ? [issue("OutOfRange", at, "must be a group's id of 1 to 255 characters", group, "Copy it from the provider")]
      : [],
  );
  if (rules > MOST.rules) {
    const rule = `must make at most ${MOST.rules} authorization rules`;
    issues.push(issue("OutOfRange", "accessGroups", rule, rules, "Make one group of them at the identity provider"));
  }
  return issues;
}

function zoneIssues(network: NetworkRef, zones: number): Issue[] {
  const { ids, cidrs } = network.endpoints;
  if (!Number.isInteger(zones) || zones < 1 || zones > ids.length) {
    const rule = `must be a whole number from 1 to ${ids.length}, the network's subnets of endpoints`;
    return [issue("OutOfRange", "zones", rule, zones, "Write it like 2")];
  }
  return cidrs.slice(0, zones).flatMap((cidr, i) => {
    if (Cidr.prefixLength(cidr) <= LONGEST_SUBNET) return [];
    const rule = `must be a /${LONGEST_SUBNET} or larger for a VPN`;
    return [issue("OutOfRange", `network.endpoints.cidrs[${i}]`, rule, cidr, "Give the network larger subnets there")];
  });
}

function choiceIssues({ sessionHours, transport, banner }: ClientVpnArgs): Issue[] {
  const issues: Issue[] = [];
  if (sessionHours !== undefined && !SESSION_HOURS.includes(sessionHours))
    issues.push(issue("NotAllowed", "sessionHours", "must be 8, 10, 12 or 24", sessionHours, "Leave it out for 8"));
  if (transport !== undefined && !TRANSPORTS.includes(transport))
    issues.push(issue("NotAllowed", "transport", "must be 'udp' or 'tcp'", transport, "Leave it out for 'udp'"));
  if (banner !== undefined && (banner.trim() === "" || banner.length > MOST.bannerCharacters)) {
    const rule = `must have 1 to ${MOST.bannerCharacters} characters`;
    issues.push(issue("OutOfRange", "banner", rule, banner, "Say less, or leave it out"));
  }
  return issues;
}

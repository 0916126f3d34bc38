import type { ListenedPorts } from "../../core/data/high-risk-ports.js";
import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import { fail, notApplicable, pass, unknown } from "../verdicts.js";
import { openness } from "./addresses.js";

/** Everything that lets traffic into a security group: inline rules, and rules of their own in three forms. */
export const INGRESS_TYPES = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
] as const;

/** Ports, both ends inclusive. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** All ports of TCP and UDP. */
export const ALL_PORTS: PortRange = { from: 0, to: 65_535 };

/** A rule that lets traffic in. */
export interface IngressRule {
  readonly at: Cursor;
  readonly protocol: Read<string>;
  readonly from: Read<number | undefined>;
  readonly to: Read<number | undefined>;
  /** Each address block, or the list of them while that is unknown. */
  readonly blocks: readonly Cursor[];
}

/** The rules that a resource contributes; none for an egress rule. */
export function ingressRulesOf(resource: PlannedResource, inputs: Cursor): readonly IngressRule[] {
  if (resource.type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    return [ruleOf(inputs, "ipProtocol", [inputs.at("cidrIpv4"), inputs.at("cidrIpv6")])];
  if (resource.type === "aws:ec2/securityGroupRule:SecurityGroupRule")
    return inputs.at("type").string() === "egress" ? [] : [ruleOf(inputs, "protocol", blockLists(inputs))];
  const list = inputs.at("ingress");
  if (list.isUnknown) return [ruleOf(list, "protocol", [list])];
  return list.items().map((rule) => ruleOf(rule, "protocol", blockLists(rule)));
}

function blockLists(rule: Cursor): readonly Cursor[] {
  return [rule.at("cidrBlocks"), rule.at("ipv6CidrBlocks")].flatMap((list) => (list.isUnknown ? [list] : list.items()));
}

function ruleOf(at: Cursor, protocolField: string, blocks: readonly Cursor[]): IngressRule {
  const protocol = at.at(protocolField).string();
  const number = at.at(protocolField).number();
  return {
    at,
    protocol: protocol === UNKNOWN ? UNKNOWN : (protocol ?? (typeof number === "number" ? String(number) : "-1")),
    from: at.at("fromPort").number(),
    to: at.at("toPort").number(),
    blocks: blocks.filter((block) => !block.isAbsent),
  };
}

/** What a rule of ours asks of ingress. */
export interface IngressQuestion {
  /** Whether the ports that a rule opens are those that must not be open to the internet. */
  readonly matches: (opened: PortRange) => boolean;
  /** What listens on the ports that a rule opens, for the message: `SSH`. */
  readonly what: (opened: PortRange) => string;
}

/** Judges every ingress rule of a resource: no block of the internet's size may reach the ports in question. */
export function judgeIngress(resource: PlannedResource, inputs: Cursor, question: IngressQuestion): readonly Verdict[] {
  const rules = ingressRulesOf(resource, inputs);
  if (rules.length === 0) return [notApplicable("it lets nothing in")];
  return rules.flatMap((rule) => judgeRule(rule, resource, question));
}

function judgeRule(
  rule: IngressRule,
  resource: PlannedResource,
  { matches, what }: IngressQuestion,
): readonly Verdict[] {
  const ports = openedPorts(rule);
  if (ports !== UNKNOWN && (ports === undefined || !matches(ports))) return [pass()];
  const group = `security group '${resource.name}'`;
  const verdicts = rule.blocks.flatMap((block): readonly Verdict[] => {
    const text = block.string();
    if (text === UNKNOWN || block.isUnknown)
      return [unknown(block, `who may reach ${group} is not known before the deployment`)];
    if (openness(text ?? "") !== "world") return [];
    if (ports === UNKNOWN)
      return [
        unknown(
          rule.at.at("fromPort"),
          `the ports that ${group} opens to ${text ?? ""} are not known before the deployment`,
        ),
      ];
    return [fail(block, `${group} lets ${text ?? ""} reach ${what(ports)} (${describePorts(ports)})`)];
  });
  return verdicts.length === 0 ? [pass()] : verdicts;
}

/** The TCP and UDP ports that a rule opens; `undefined` for ICMP and other protocols, which have none. */
export function openedPorts({
  protocol,
  from,
  to,
}: Pick<IngressRule, "protocol" | "from" | "to">): Read<PortRange | undefined> {
  if (protocol === UNKNOWN) return UNKNOWN;
  const name = protocol.toLowerCase();
  if (name === "-1" || name === "all") return ALL_PORTS;
  if (!["tcp", "udp", "6", "17"].includes(name)) return undefined;
  if (from === UNKNOWN || to === UNKNOWN) return UNKNOWN;
  if (from === undefined || from === -1) return ALL_PORTS;
  return { from, to: to ?? from };
}

/** A question about a list of ports: none of them may be open. The message names up to three of those that are. */
export function anyOf(listed: readonly ListenedPorts[]): IngressQuestion {
  const open = (opened: PortRange) => listed.filter((ports) => overlap(ports, opened));
  return {
    matches: (opened) => open(opened).length > 0,
    what: (opened) => {
      if (opened.from === ALL_PORTS.from && opened.to === ALL_PORTS.to) return "everything behind it";
      const services = [...new Set(open(opened).map(({ service }) => service))];
      return services.length > 3 ? `${services.slice(0, 3).join(", ")} and more` : services.join(" and ");
    },
  };
}

/** Whether two ranges share a port. */
export function overlap(a: PortRange, b: PortRange): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** A range as messages name it: `port 22`. */
export function describePorts({ from, to }: PortRange): string {
  if (from === ALL_PORTS.from && to === ALL_PORTS.to) return "all ports";
  return from === to ? `port ${from}` : `ports ${from} to ${to}`;
}

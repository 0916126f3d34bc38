import type { PlannedResource } from "../../plan/model/index.js";
import type { Cursor, Read, World } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Found } from "../shapes.js";
import { every, fail, notApplicable, pass, some, unknown } from "../verdicts.js";
import { openness } from "./addresses.js";
import type { PortRange } from "./security-groups.js";
import { ALL_PORTS, describePorts, openedPorts, overlap } from "./security-groups.js";

const ACL = "aws:ec2/networkAcl:NetworkAcl";
const DEFAULT_ACL = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";
const VPC = "aws:ec2/vpc:Vpc";
const RULE = "aws:ec2/networkAclRule:NetworkAclRule";

/** Everything that lets traffic into subnets by network ACLs: inline rules of two kinds of ACL, and rules of their own. */
export const ACL_TYPES = [ACL, DEFAULT_ACL, RULE] as const;

/** One rule on traffic that comes in, for one block of addresses. */
interface Entry {
  readonly resource: PlannedResource;
  readonly at: Cursor;
  readonly block: Cursor;
  /** Whether it lets in what it matches; else it keeps it out. */
  readonly allows: Read<boolean>;
  /** Where it stands in the order; the lowest that matches decides. */
  readonly number: Read<number | undefined>;
  /** The TCP ports that it is about; `undefined` when it is about other protocols. */
  readonly ports: Read<PortRange | undefined>;
}

/** What a rule of ours asks of network ACLs. */
export interface AclQuestion {
  /** The parts of what a rule lets in that must not be open to the internet; each is judged by itself. */
  readonly closed: (opened: PortRange) => readonly (PortRange & { readonly service: string })[];
}

/**
 * Judges every rule that lets the internet in: the ports in question are kept out by an earlier rule, or not opened. Rules are
 * read in the order of their numbers and the first that matches decides (VPC user guide, "Network ACL rules").
 */
export function* judgeAcls(world: World, question: AclQuestion): Iterable<Found> {
  for (const entries of entriesByAcl(world))
    for (const entry of entries)
      yield { resource: entry.resource, verdict: judgeEntry(world, entry, entries, question) };
  for (const resource of world.ofType(ACL, DEFAULT_ACL))
    yield { resource, verdict: notApplicable("it has no rule of its own for this") };
}

function judgeEntry(world: World, entry: Entry, entries: readonly Entry[], { closed }: AclQuestion): Found["verdict"] {
  const { resource, block, allows, ports } = entry;
  const undecided = `what network ACL '${resource.name}' lets in is not known before the deployment`;
  if (allows === false || ports === undefined) return pass();
  const text = block.string();
  // The block that Amazon gives a VPC is known only later, and is not the internet.
  if (world.resolve(resource, block).some(({ type }) => type === VPC)) return pass();
  if (text === UNKNOWN || block.isUnknown) return unknown(block, undecided);
  if (openness(text ?? "") !== "world") return pass();
  if (allows === UNKNOWN || ports === UNKNOWN) return unknown(entry.at, undecided);
  const left = closed(ports).map((range) => ({
    range,
    kept: some(entries.map((other) => keepsOut(other, entry, range))),
  }));
  const [open] = left.filter(({ kept }) => kept === false);
  if (open !== undefined)
    return fail(
      block,
      `network ACL '${resource.name}' lets ${text ?? ""} reach ${open.range.service} (${describePorts(ports)}) of every machine in its subnets`,
    );
  return left.some(({ kept }) => kept === UNKNOWN) ? unknown(block, undecided) : pass();
}

/** Whether another rule comes first and keeps the whole internet from a range of ports. */
function keepsOut(other: Entry, entry: Entry, range: PortRange): Read<boolean> {
  const { allows, number, ports } = other;
  const block = other.block.string();
  const own = entry.block.text();
  const sameFamily = block === UNKNOWN || own === UNKNOWN ? UNKNOWN : isIpv6(block) === isIpv6(own);
  const mine = entry.number;
  return every([
    other !== entry,
    allows === UNKNOWN ? UNKNOWN : !allows,
    sameFamily,
    block === UNKNOWN ? UNKNOWN : /^(0\.0\.0\.0|::)\/0$/.test(block ?? ""),
    number === UNKNOWN || mine === UNKNOWN ? UNKNOWN : (number ?? Infinity) < (mine ?? 0),
    ports === UNKNOWN ? UNKNOWN : ports !== undefined && ports.from <= range.from && range.to <= ports.to,
  ]);
}

function isIpv6(block: string | undefined): boolean {
  return block?.includes(":") === true;
}

const cache = new WeakMap<World, readonly (readonly Entry[])[]>();

/** The rules on traffic that comes in, those of one ACL together. */
function entriesByAcl(world: World): readonly (readonly Entry[])[] {
  let groups = cache.get(world);
  if (groups === undefined) cache.set(world, (groups = readEntries(world)));
  return groups;
}

function readEntries(world: World): readonly (readonly Entry[])[] {
  const groups = new Map<unknown, Entry[]>();
  const add = (key: unknown, entries: readonly Entry[]) => groups.set(key, [...(groups.get(key) ?? []), ...entries]);
  for (const resource of world.ofType(ACL, DEFAULT_ACL)) {
    const list = world.inputsOf(resource).at("ingress");
    const rules = list.isUnknown ? [list] : list.items();
    add(
      resource,
      rules.flatMap((at) => entriesOf(resource, at, "action", at.at("ruleNo"))),
    );
  }
  for (const resource of world.ofType(RULE)) {
    const at = world.inputsOf(resource);
    if (at.at("egress").boolean() === true) continue;
    const id = at.at("networkAclId");
    const [acl] = world.resolve(resource, id);
    add(acl ?? id.string() ?? resource, entriesOf(resource, at, "ruleAction", at.at("ruleNumber")));
  }
  return [...groups.values()];
}

function entriesOf(resource: PlannedResource, at: Cursor, action: string, number: Cursor): readonly Entry[] {
  const stated = at.at(action).string();
  const allows = stated === UNKNOWN ? UNKNOWN : (stated ?? "").toLowerCase() === "allow";
  return [at.at("cidrBlock"), at.at("ipv6CidrBlock")]
    .filter((block) => !block.isAbsent)
    .map((block) => ({ resource, at, block, allows, number: number.number(), ports: tcpPorts(at) }));
}

/** The TCP ports of a rule. All protocols, by name or by the number -1, have all of them. */
function tcpPorts(at: Cursor): Read<PortRange | undefined> {
  const name = at.at("protocol").string();
  const number = at.at("protocol").number();
  if (name === UNKNOWN) return UNKNOWN;
  const protocol = typeof number === "number" ? String(number) : (name ?? "").toLowerCase();
  if (protocol === "-1" || protocol === "all") return ALL_PORTS;
  if (protocol !== "tcp" && protocol !== "6") return undefined;
  return openedPorts({ protocol, from: at.at("fromPort").number(), to: at.at("toPort").number() });
}

/** The listed services whose ports lie in a range. */
export function servicesIn(listed: readonly (PortRange & { readonly service: string })[]): AclQuestion["closed"] {
  return (opened) => listed.filter((ports) => overlap(ports, opened));
}

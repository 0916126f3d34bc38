import type { Cursor, KubernetesObject, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import type { Verdict } from "../model.js";
import { labelOf } from "../shapes.js";
import { fail, notApplicable, pass, unknown } from "../verdicts.js";
import { openness } from "./addresses.js";
import type { Direction } from "./network-policies.js";
import { blanketRules, isolates } from "./network-policies.js";

const FIELDS = { Ingress: ["ingress", "from"], Egress: ["egress", "to"] } as const;

/** One rule of a NetworkPolicy, and whom it is about. */
export interface PolicyRule {
  readonly at: Cursor;
  readonly peers: Cursor;
}

/** The rules of a policy in a direction; none where it does not isolate, since such rules do nothing. */
export function rulesIn(policy: KubernetesObject, direction: Direction): readonly PolicyRule[] {
  if (isolates(policy, direction) === false) return [];
  const [list, peers] = FIELDS[direction];
  const rules = policy.root.at("spec", list);
  return (rules.isUnknown ? [rules] : rules.items()).map((at) => ({ at, peers: at.at(peers) }));
}

/**
 * Whether the rules of a policy reach the internet: an address block that holds most of it, whatever it excepts, or a rule
 * that names nobody, which means everybody. A rule that allows all pods of the namespace everything is left to the rules
 * about default deny.
 */
export function judgePublic(policy: KubernetesObject, direction: Direction, message: string): readonly Verdict[] {
  const blanket = new Set(blanketRules(policy, direction).map((rule) => rule.path));
  const rules = rulesIn(policy, direction).filter((rule) => !blanket.has(rule.at.path));
  if (rules.length === 0) return [notApplicable(`it allows nothing by ${direction.toLowerCase()} rules of its own`)];
  return rules.map((rule) => {
    const open = publicPlace(rule);
    if (open.read === UNKNOWN || (open.read && isolates(policy, direction) === UNKNOWN))
      return unknown(open.at, `whom ${labelOf(policy)} allows is not known before the deployment`);
    return open.read ? fail(open.at, message) : pass();
  });
}

function publicPlace({ at, peers }: PolicyRule): { readonly read: Read<boolean>; readonly at: Cursor } {
  if (at.isUnknown) return { read: UNKNOWN, at };
  if (peers.isUnknown) return { read: UNKNOWN, at: peers };
  if (peers.items().length === 0) return { read: true, at };
  const blocks = peers.items().map((peer) => peer.at("ipBlock", "cidr"));
  const open = blocks.find((block) => {
    const text = block.string();
    return typeof text === "string" && openness(text) === "world";
  });
  if (open !== undefined) return { read: true, at: open };
  const hidden = blocks.find((block) => block.string() === UNKNOWN);
  return hidden === undefined ? { read: false, at } : { read: UNKNOWN, at: hidden };
}

import { Cidr } from "../../core/cidr.js";
import type { Cursor, KubernetesObject, Read, Workload, World } from "../../plan/world/index.js";
import { selects, UNKNOWN } from "../../plan/world/index.js";
import { every, some } from "../verdicts.js";
import { neighbours } from "./namespaces.js";
import type { PolicyRule } from "./network-peers.js";
import { rulesIn } from "./network-peers.js";
import type { Direction } from "./network-policies.js";
import { isolates, NETWORK_POLICY } from "./network-policies.js";

/** What the NetworkPolicies of its namespace make of a workload's pods in a direction. */
export interface PodTraffic {
  /** Whether some policy isolates the pods, so that only what rules allow passes. */
  readonly isolated: Read<boolean>;
  /** The policies that isolate them, for certain. */
  readonly policies: readonly KubernetesObject[];
  /** What the policies allow together. */
  readonly rules: readonly PolicyRule[];
}

interface Selection {
  readonly policy: KubernetesObject;
  readonly read: Read<boolean>;
}

/** Reads the policies on a workload's pods (NetworkPolicySpec: what selects a pod adds up). */
export function trafficOf(world: World, { object, podLabels }: Workload, direction: Direction): PodTraffic {
  const reads = neighbours(world, object, NETWORK_POLICY.group, NETWORK_POLICY.kind).map((policy): Selection => {
    const match = selects(policy.root.at("spec", "podSelector"), podLabels);
    const selected: Read<boolean> = match === "unknown" ? UNKNOWN : match;
    return { policy, read: every([selected, isolates(policy, direction)]) };
  });
  const policies = reads.filter(({ read }) => read === true).map(({ policy }) => policy);
  const possible = reads.filter(({ read }) => read !== false).map(({ policy }) => policy);
  return {
    isolated: some(reads.map(({ read }) => read)),
    policies,
    rules: possible.flatMap((policy) => rulesIn(policy, direction)),
  };
}

/** Whether a rule names nobody, which means everybody. */
export function allowsEveryone({ at, peers }: PolicyRule): Read<boolean> {
  if (at.isUnknown || peers.isUnknown) return UNKNOWN;
  return peers.items().length === 0;
}

/** The address blocks of a rule. */
export function blocksOf({ peers }: PolicyRule): readonly Cursor[] {
  return peers
    .items()
    .map((peer) => peer.at("ipBlock", "cidr"))
    .filter((block) => !block.isAbsent);
}

/**
 * Whether a rule allows a port: it names none, all of the protocol, a range around it, or it. A port by name is resolved by
 * the pods at the other end, so that nobody knows.
 */
export function allowsPort({ at }: PolicyRule, protocol: "TCP" | "UDP", port: number): Read<boolean> {
  const ports = at.at("ports");
  if (at.isUnknown || ports.isUnknown) return UNKNOWN;
  if (ports.items().length === 0) return true;
  return some(
    ports.items().map((entry) => {
      const stated = entry.at("protocol").string();
      const from = entry.at("port");
      const isOf: Read<boolean> = stated === UNKNOWN ? UNKNOWN : (stated ?? "TCP") === protocol;
      if (from.isAbsent) return isOf;
      const [first, last] = [from.number(), entry.at("endPort").number()];
      if (typeof first !== "number" || last === UNKNOWN) return every([isOf, UNKNOWN]);
      return every([isOf, first <= port && port <= (typeof last === "number" ? last : first)]);
    }),
  );
}

/** Whether an address block holds an IPv4 address. */
export function holdsAddress(block: Cursor, address: string): Read<boolean> {
  const text = block.string();
  if (text === UNKNOWN) return UNKNOWN;
  const [outer, inner] = [text ?? "", `${address}/32`].map((one) => Cidr.tryParse(one));
  return outer !== undefined && inner !== undefined && Cidr.contains(outer, inner);
}

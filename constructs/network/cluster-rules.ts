import { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { checkName, checkPortNumber } from "../checks.js";
import { NAMESPACE_NAME_LABEL } from "../connection.js";
import type { Port } from "../port.js";

/** The instance metadata service, by IPv4 and IPv6: it hands out the credentials of the node. */
export const METADATA_CIDRS = ["169.254.169.254/32", "fd00:ec2::254/128"] as const;

/** One condition on the labels of a namespace, as Kubernetes writes it. */
export interface NamespaceCondition {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  /** For `In` and `NotIn`. @default - none */
  readonly values?: readonly string[];
}

/** Namespaces by their labels; all conditions hold. */
export class Namespaces {
  /** Every namespace. */
  static all(): Namespaces {
    return new Namespaces([]);
  }

  /** These, by their names. */
  static named(first: string, ...rest: readonly string[]): Namespaces {
    return new Namespaces([{ key: NAMESPACE_NAME_LABEL, operator: "In", values: [first, ...rest] }]);
  }

  /** All but these, by their names. */
  static except(first: string, ...rest: readonly string[]): Namespaces {
    return new Namespaces([{ key: NAMESPACE_NAME_LABEL, operator: "NotIn", values: [first, ...rest] }]);
  }

  /** Those with a label of this value. Whoever may label namespaces decides who is meant: see the control `psa-label-lock`. */
  static labelled(key: string, value: string): Namespaces {
    return new Namespaces([{ key, operator: "In", values: [value] }]);
  }

  /** Those that have the label, with another value. */
  static labelledOtherThan(key: string, value: string): Namespaces {
    return new Namespaces([
      { key, operator: "Exists" },
      { key, operator: "NotIn", values: [value] },
    ]);
  }

  private constructor(readonly conditions: readonly NamespaceCondition[]) {}
}

/** The far end of a rule: pods of namespaces, or addresses. */
export type ClusterPeer =
  | { readonly kind: "namespaces"; readonly namespaces: Namespaces }
  | { readonly kind: "addresses"; readonly cidrs: readonly Cidr[] };

/**
 * A way that stays closed whatever a network policy of a namespace says. There are only denials: these need no order, so
 * that all engines answer alike, and the namespaces' own policies open what remains.
 */
export class ClusterDeny {
  /** Pods cannot get the credentials of their node. Nodes should ask for tokens with one hop as well. */
  static instanceMetadata(): ClusterDeny {
    return ClusterDeny.egressTo("no-instance-metadata", ...METADATA_CIDRS.map((block) => Cidr.parse(block)));
  }

  /** The pods cannot reach these addresses. */
  static egressTo(name: string, ...cidrs: readonly Cidr[]): ClusterDeny {
    return new ClusterDeny(name, "egress", { kind: "addresses", cidrs }, []);
  }

  /** The pods cannot be reached from pods of these namespaces. */
  static ingressFrom(name: string, namespaces: Namespaces, ...ports: readonly Port[]): ClusterDeny {
    return new ClusterDeny(name, "ingress", { kind: "namespaces", namespaces }, ports);
  }

  /** The pods cannot reach pods of these namespaces. */
  static egressToNamespaces(name: string, namespaces: Namespaces, ...ports: readonly Port[]): ClusterDeny {
    return new ClusterDeny(name, "egress", { kind: "namespaces", namespaces }, ports);
  }

  private constructor(
    /** For people; at most 100 characters. */
    readonly name: string,
    readonly direction: "ingress" | "egress",
    readonly peer: ClusterPeer,
    /** Ports of the server; empty for all. */
    readonly ports: readonly Port[],
  ) {}
}

/** Rules for the pods of some namespaces, as data. */
export interface ClusterGuardRail {
  /** Namespaces whose pods the rules are for. */
  readonly subject: Namespaces;
  readonly rules: readonly ClusterDeny[];
}

/** Most addresses and namespaces of one peer (limits of the CustomResourceDefinitions). */
const MAX_NETWORKS = 25;

/** The issues of guard rails. */
export function checkGuardRail({ subject, rules }: ClusterGuardRail): readonly Issue[] {
  const selections = [subject, ...rules.flatMap(({ peer }) => (peer.kind === "namespaces" ? [peer.namespaces] : []))];
  return [
    ...(rules.length > 0 ? [] : [issue("Required", "rules", "must hold at least one", rules, "Name what is denied")]),
    ...selections.flatMap(checkSelection),
    ...rules.flatMap((rule) => [
      ...checkName("rules.name", rule.name, 100),
      ...checkAddresses(rule),
      ...rule.ports.flatMap(({ port }) => checkPortNumber(`rules.${rule.name}`, port)),
    ]),
  ];
}

function checkAddresses({ name, peer }: ClusterDeny): readonly Issue[] {
  if (peer.kind !== "addresses" || (peer.cidrs.length > 0 && peer.cidrs.length <= MAX_NETWORKS)) return [];
  const rule = `must have 1 to ${MAX_NETWORKS} address blocks`;
  return [issue("OutOfRange", `rules.${name}`, rule, peer.cidrs.length, "Join blocks, or make two rules")];
}

function checkSelection({ conditions }: Namespaces): readonly Issue[] {
  return conditions
    .filter(({ key }) => key === NAMESPACE_NAME_LABEL)
    .flatMap(({ values }) => (values ?? []).flatMap((name) => checkName("subject", name)));
}

import type { Cidr } from "../core/cidr.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { checkHost, checkPortNumber } from "./checks.js";
import type { StringMap } from "./manifest.js";
import { checkHttpRules } from "./port.js";
import type { Port } from "./port.js";

/** The label that the API server puts on every namespace with its name, and that nobody can forge. */
export const NAMESPACE_NAME_LABEL = "kubernetes.io/metadata.name";

/** Port entries that the VPC CNI's agent keeps for one peer; what exceeds it is dropped (facts of amazon-network-policy). */
export const MAX_PORTS_PER_PEER = 24;

/**
 * What an end is to the cluster, for engines that know it by more than its address or labels: its name servers, its API
 * server, or a process on the node of the pod itself.
 */
export type EndRole = "dns" | "apiServer" | "nodeAgent";

/** Pods with these labels in one namespace. */
export interface PodsEnd {
  readonly kind: "pods";
  /** For people: the workload's name. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: StringMap;
  /** @default - none that engines know of */
  readonly role?: EndRole;
}

/** Every pod of one namespace. */
export interface NamespaceEnd {
  readonly kind: "namespace";
  readonly name: string;
  readonly namespace: string;
}

/** Addresses outside the pods that Kubernetes knows of. */
export interface AddressesEnd {
  readonly kind: "addresses";
  /** For people: what is there. */
  readonly name: string;
  readonly cidrs: readonly Cidr[];
  /** Blocks within `cidrs` that are left out. */
  readonly except: readonly Cidr[];
  /** Host names of what is meant there, for engines that can tell it from its neighbours. @default - all that lies there is meant */
  readonly hosts?: readonly string[];
  /** @default - none that engines know of */
  readonly role?: EndRole;
}

/** Hosts outside the cluster by their names, whatever their addresses are. Only some engines can tell. */
export interface HostsEnd {
  readonly kind: "hosts";
  readonly name: string;
  /** Full names; `*.` in front stands for one label. */
  readonly hosts: readonly string[];
}

/** One end of a {@link Connection}. */
export type ConnectionEnd = PodsEnd | NamespaceEnd | AddressesEnd | HostsEnd;

/**
 * One permitted way, as data: `from` may open connections to `to` on these ports. Everything that is no connection is
 * closed. Network policies of every engine, drawings and judgements all come from this.
 */
export interface Connection {
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  /** Ports of `to`, after address translation: those of the containers, not those of a Service. Never empty in a policy. */
  readonly ports: readonly Port[];
}

/** One way in or out of the pods that a policy is for. */
export interface Way {
  /** Who is at the other end. */
  readonly end: ConnectionEnd;
  /** Ports of the server of the two. */
  readonly ports: readonly Port[];
}

/** What holds for some pods of a namespace: these ways are open and no others, in both directions. An engine writes it down. */
export interface Isolation {
  readonly namespace: string;
  /** Labels of the pods; empty for every pod of the namespace. */
  readonly pods: StringMap;
  readonly ingress: readonly Way[];
  readonly egress: readonly Way[];
}

/** The isolation of the pods `self`: what the connections allow that begin or end there, each way once. */
export function isolationOf(self: PodsEnd, connections: readonly Connection[]): Isolation {
  const usable = connections.filter((c) => checkConnection("", c).length === 0);
  return {
    namespace: self.namespace,
    pods: self.labels,
    ingress: unique(usable.filter((c) => c.to === self).map(({ from, ports }) => ({ end: from, ports }))),
    egress: unique(usable.filter((c) => c.from === self).map(({ to, ports }) => ({ end: to, ports }))),
  };
}

/**
 * The issues of a connection. In a network policy an empty list means everything: no peers are all peers, no ports are all
 * ports. A connection that lacks either is an issue and never reaches a policy.
 */
export function checkConnection(path: string, { from, to, ports }: Connection): readonly Issue[] {
  return [...checkEnd(path, from), ...checkWay(path, { end: to, ports })];
}

/** The issues of a way. */
export function checkWay(path: string, { end, ports }: Way): readonly Issue[] {
  const issues = [...checkEnd(path, end)];
  if (ports.length === 0)
    issues.push(
      issue(
        "Required",
        path,
        "must name at least one port",
        undefined,
        "Name the ports, or declare them on the server",
      ),
    );
  if (ports.length > MAX_PORTS_PER_PEER)
    issues.push(
      issue(
        "OutOfRange",
        path,
        `must have at most ${MAX_PORTS_PER_PEER} ports`,
        ports.length,
        "The VPC CNI drops the rest: use fewer",
      ),
    );
  return [
    ...issues,
    ...ports.flatMap(({ port, http }) => [
      ...checkPortNumber(`${path}.ports`, port),
      ...checkHttpRules(`${path}.ports`, http ?? []),
    ]),
  ];
}

/** Ways that each have few enough ports, and together too many for one peer. */
export function checkPortSums({ ingress, egress }: Isolation): readonly Issue[] {
  return [
    { path: "allowFrom", ways: ingress },
    { path: "allowTo", ways: egress },
  ].flatMap(({ path, ways }) => {
    const byEnd = new Map<string, { readonly name: string; readonly ports: Set<string> }>();
    for (const { end, ports } of ways) {
      const key = JSON.stringify(end);
      const sum = byEnd.get(key) ?? { name: end.name, ports: new Set() };
      for (const { port, protocol } of ports) sum.ports.add(`${protocol} ${port}`);
      byEnd.set(key, sum);
    }
    return [...byEnd.values()]
      .filter(({ ports }) => ports.size > MAX_PORTS_PER_PEER)
      .map(({ name, ports }) =>
        issue(
          "OutOfRange",
          `${path}(${name})`,
          `must have at most ${MAX_PORTS_PER_PEER} ports in all its connections together`,
          ports.size,
          "The VPC CNI drops the rest: use fewer",
        ),
      );
  });
}

function checkEnd(path: string, end: ConnectionEnd): readonly Issue[] {
  switch (end.kind) {
    case "pods":
      return Object.keys(end.labels).length > 0
        ? []
        : [
            issue(
              "Required",
              path,
              "must select pods by at least one label",
              end.labels,
              "Give labels, or use Peer.namespace",
            ),
          ];
    case "namespace":
      return [];
    case "hosts":
      return end.hosts.flatMap((host) => checkHost(path, host.replace(/^\*\./, "")));
    case "addresses":
      return end.cidrs.length > 0
        ? []
        : [
            issue(
              "Required",
              path,
              `must have an address block of ${end.name}`,
              end.cidrs,
              "The cluster has none: switch it on there",
            ),
          ];
  }
}

/** The same connection asked for twice is one way. */
function unique(ways: readonly Way[]): readonly Way[] {
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}

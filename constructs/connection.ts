import type { Cidr } from "../core/cidr.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { checkPortNumber } from "./checks.js";
import type {
  NetworkPolicyPeerManifest,
  NetworkPolicyPortManifest,
  NetworkPolicySpecManifest,
  StringMap,
} from "./manifest.js";
import type { Port } from "./port.js";

/** The label that the API server puts on every namespace with its name, and that nobody can forge. */
export const NAMESPACE_NAME_LABEL = "kubernetes.io/metadata.name";

/** Port entries that the VPC CNI's agent keeps for one peer; what exceeds it is dropped (facts of amazon-network-policy). */
export const MAX_PORTS_PER_PEER = 24;

/** Pods with these labels in one namespace. */
export interface PodsEnd {
  readonly kind: "pods";
  /** For people: the workload's name. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: StringMap;
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
}

/** One end of a {@link Connection}. */
export type ConnectionEnd = PodsEnd | NamespaceEnd | AddressesEnd;

/**
 * One permitted way, as data: `from` may open connections to `to` on these ports. Everything that is no connection is
 * closed. Network policies, drawings and judgements all come from this.
 */
export interface Connection {
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  /** Ports of `to`, after address translation: those of the containers, not those of a Service. Never empty in a policy. */
  readonly ports: readonly Port[];
}

/**
 * The network policy of the pods `self`: what the connections that end there allow, and nothing else. Both directions are
 * always named, because the VPC CNI in strict mode opens a direction that no policy names.
 */
export function networkPolicySpec(self: PodsEnd, connections: readonly Connection[]): NetworkPolicySpecManifest {
  const usable = connections.filter((c) => checkConnection("", c).length === 0);
  const ingress = usable
    .filter((c) => c.to === self)
    .map((c) => ({ from: peersOf(c.from, self.namespace), ports: c.ports.map(portManifest) }));
  const egress = usable
    .filter((c) => c.from === self)
    .map((c) => ({ to: peersOf(c.to, self.namespace), ports: c.ports.map(portManifest) }));
  return {
    podSelector: { matchLabels: self.labels },
    policyTypes: ["Ingress", "Egress"],
    ...(ingress.length === 0 ? {} : { ingress: unique(ingress) }),
    ...(egress.length === 0 ? {} : { egress: unique(egress) }),
  };
}

/** The policy by which every pod of a namespace may reach `to`; otherwise it closes what the default closes. */
export function namespaceEgressSpec(
  namespace: string,
  to: ConnectionEnd,
  ports: readonly Port[],
): NetworkPolicySpecManifest {
  return {
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    egress: [{ to: peersOf(to, namespace), ports: ports.map(portManifest) }],
  };
}

/**
 * The issues of a connection. In a network policy an empty list means everything: no peers are all peers, no ports are all
 * ports. A connection that lacks either is an issue and never reaches a policy.
 */
export function checkConnection(path: string, { from, to, ports }: Connection): readonly Issue[] {
  const issues: Issue[] = [from, to].flatMap((end) => checkEnd(path, end));
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
  return [...issues, ...ports.flatMap(({ port }) => checkPortNumber(`${path}.ports`, port))];
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

/** One end as network policies of `namespace` name it. Selectors of namespace and pod stand in one item, so both must match. */
function peersOf(end: ConnectionEnd, namespace: string): readonly NetworkPolicyPeerManifest[] {
  switch (end.kind) {
    case "pods":
      return [
        {
          ...(end.namespace === namespace ? {} : { namespaceSelector: namespaceNamed(end.namespace) }),
          podSelector: { matchLabels: end.labels },
        },
      ];
    case "namespace":
      return [{ namespaceSelector: namespaceNamed(end.namespace) }];
    case "addresses":
      return end.cidrs.map((cidr) => ({
        ipBlock: { cidr, ...(end.except.length === 0 ? {} : { except: end.except }) },
      }));
  }
}

function namespaceNamed(namespace: string): { readonly matchLabels: StringMap } {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } };
}

function portManifest({ port, protocol }: Port): NetworkPolicyPortManifest {
  return { port, protocol };
}

/** The same connection asked for twice is one rule. */
function unique<T>(rules: readonly T[]): readonly T[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

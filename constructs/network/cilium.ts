import type { ConnectionEnd, Isolation, Way } from "../connection.js";
import type { StringMap } from "../manifest.js";
import type { Port } from "../port.js";

/** Label under which Cilium keeps the namespace of a pod. */
export const CILIUM_NAMESPACE_LABEL = "k8s:io.kubernetes.pod.namespace";

/** A list with one rule that names nobody: Cilium then closes the direction, where an empty list would leave it open. */
const NOBODY = [{}];

/**
 * `spec` of a CiliumNetworkPolicy (https://docs.cilium.io/en/stable/security/policy/). Address blocks there never match pods,
 * nodes or the API server, so these are named as what they are.
 */
export function ciliumSpec({ namespace, pods, ingress, egress }: Isolation): object {
  const incoming = ingress.flatMap(({ end, ports }) => peers("from", end, namespace).map((p) => rule(p, end, ports)));
  const outgoing = egress.flatMap(({ end, ports }) => peers("to", end, namespace).map((p) => rule(p, end, ports)));
  return {
    endpointSelector: Object.keys(pods).length === 0 ? {} : { matchLabels: kubernetesLabels(pods) },
    enableDefaultDeny: { ingress: true, egress: true },
    ingress: incoming.length === 0 ? NOBODY : incoming,
    egress: outgoing.length === 0 ? NOBODY : outgoing,
  };
}

/** Labels of Kubernetes, told apart from those that Cilium takes from elsewhere. */
export function kubernetesLabels(labels: StringMap): StringMap {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [`k8s:${key}`, value]));
}

function rule(peer: object, end: ConnectionEnd, ports: Way["ports"]): object {
  const plain = ports.filter(({ http }) => http === undefined);
  const looked = ports.filter(({ http }) => http !== undefined);
  const isDns = end.kind === "pods" && end.role === "dns";
  return {
    ...peer,
    toPorts: [
      ...(plain.length === 0
        ? []
        : // Cilium learns the addresses of hosts from the answers that it sees here.
          [{ ports: plain.map(portOf), ...(isDns ? { rules: { dns: [{ matchPattern: "*" }] } } : {}) }]),
      ...looked.map((port) => ({
        ports: [portOf(port)],
        rules: { http: (port.http ?? []).map(({ method, path }) => ({ method, path })) },
      })),
    ],
  };
}

function portOf({ port, protocol }: Port): object {
  return { port: `${port}`, protocol };
}

/** One item each: Cilium refuses an item with two kinds of peers. */
function peers(direction: "from" | "to", end: ConnectionEnd, namespace: string): readonly object[] {
  switch (end.kind) {
    case "pods":
      return [
        {
          [`${direction}Endpoints`]: [
            { matchLabels: { ...namespaceLabel(end.namespace, namespace), ...kubernetesLabels(end.labels) } },
          ],
        },
      ];
    case "namespace":
      return [{ [`${direction}Endpoints`]: [{ matchLabels: { [CILIUM_NAMESPACE_LABEL]: end.namespace } }] }];
    case "hosts":
      return direction === "to" ? [{ toFQDNs: end.hosts.map(fqdn) }] : [];
    case "addresses": {
      if (end.role === "apiServer") return [{ [`${direction}Entities`]: ["kube-apiserver"] }];
      if (direction === "to" && end.hosts !== undefined) return [{ toFQDNs: end.hosts.map(fqdn) }];
      const blocks = end.cidrs.map((cidr) => ({ cidr, ...(end.except.length === 0 ? {} : { except: end.except }) }));
      const byAddress = { [`${direction}CIDRSet`]: blocks };
      // Depending on its version, Cilium takes a link-local address of the node for the node or for the world.
      return end.role === "nodeAgent" ? [{ [`${direction}Entities`]: ["host"] }, byAddress] : [byAddress];
    }
  }
}

function namespaceLabel(namespace: string, own: string): StringMap {
  return namespace === own ? {} : { [CILIUM_NAMESPACE_LABEL]: namespace };
}

function fqdn(host: string): object {
  return host.startsWith("*.") ? { matchPattern: host } : { matchName: host };
}

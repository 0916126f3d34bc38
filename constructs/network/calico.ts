import { NAMESPACE_NAME_LABEL } from "../connection.js";
import type { ConnectionEnd, Isolation, Way } from "../connection.js";
import type { StringMap } from "../manifest.js";
import type { Protocol } from "../port.js";

/**
 * `spec` of a NetworkPolicy of Calico (https://docs.tigera.io/calico/latest/reference/resources/networkpolicy). A direction
 * that `types` names is closed but for its rules.
 */
export function calicoSpec({ namespace, pods, ingress, egress }: Isolation): object {
  return {
    selector: calicoSelector(pods),
    types: ["Ingress", "Egress"],
    ingress: ingress.flatMap((way) =>
      byProtocol(way).map(({ protocol, ports }) => ({
        action: "Allow",
        protocol,
        source: entity(way.end, namespace),
        destination: { ports },
      })),
    ),
    egress: egress.flatMap((way) =>
      byProtocol(way).map(({ protocol, ports }) => ({
        action: "Allow",
        protocol,
        destination: { ...entity(way.end, namespace), ports },
      })),
    ),
  };
}

/** Equality of labels in Calico's language; all pods without any. */
export function calicoSelector(labels: StringMap): string {
  const terms = Object.entries(labels).map(([key, value]) => `${key} == '${value}'`);
  return terms.length === 0 ? "all()" : terms.join(" && ");
}

/** A rule of Calico has one protocol. */
function byProtocol({ ports }: Way): readonly { readonly protocol: Protocol; readonly ports: readonly number[] }[] {
  const protocols = [...new Set(ports.map(({ protocol }) => protocol))];
  return protocols.map((protocol) => ({
    protocol,
    ports: ports.filter((port) => port.protocol === protocol).map(({ port }) => port),
  }));
}

/** Without a selector of namespaces, Calico looks in the policy's own. */
function entity(end: ConnectionEnd, namespace: string): object {
  switch (end.kind) {
    case "pods":
      return {
        ...(end.namespace === namespace ? {} : { namespaceSelector: namespaceNamed(end.namespace) }),
        selector: calicoSelector(end.labels),
      };
    case "namespace":
      return { namespaceSelector: namespaceNamed(end.namespace) };
    case "addresses":
      return { nets: end.cidrs, ...(end.except.length === 0 ? {} : { notNets: end.except }) };
    case "hosts":
      return {};
  }
}

function namespaceNamed(namespace: string): string {
  return calicoSelector({ [NAMESPACE_NAME_LABEL]: namespace });
}

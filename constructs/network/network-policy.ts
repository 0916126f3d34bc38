import { NAMESPACE_NAME_LABEL } from "../connection.js";
import type { ConnectionEnd, Isolation } from "../connection.js";
import type {
  NetworkPolicyPeerManifest,
  NetworkPolicyPortManifest,
  NetworkPolicySpecManifest,
  StringMap,
} from "../manifest.js";
import type { Port } from "../port.js";

/** `spec` of a NetworkPolicy of Kubernetes. */
export function networkPolicySpec({ namespace, pods, ingress, egress }: Isolation): NetworkPolicySpecManifest {
  return {
    podSelector: Object.keys(pods).length === 0 ? {} : { matchLabels: pods },
    policyTypes: ["Ingress", "Egress"],
    ...(ingress.length === 0
      ? {}
      : {
          ingress: ingress.map(({ end, ports }) => ({ from: peersOf(end, namespace), ports: ports.map(portManifest) })),
        }),
    ...(egress.length === 0
      ? {}
      : { egress: egress.map(({ end, ports }) => ({ to: peersOf(end, namespace), ports: ports.map(portManifest) })) }),
  };
}

/** One end as policies of `namespace` name it. Selectors of namespace and pod stand in one item, so both must match. */
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
    case "hosts":
      return [];
  }
}

function namespaceNamed(namespace: string): { readonly matchLabels: StringMap } {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } };
}

function portManifest({ port, protocol }: Port): NetworkPolicyPortManifest {
  return { port, protocol };
}

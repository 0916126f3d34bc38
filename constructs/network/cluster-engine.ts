import { calicoGuardRail, CALICO_TIER } from "./cluster-calico.js";
import type { ClusterDeny, ClusterGuardRail, NamespaceCondition, Namespaces } from "./cluster-rules.js";
import { CILIUM_NAMESPACE_LABEL } from "./cilium.js";
import { NAMESPACE_NAME_LABEL } from "../connection.js";
import type { RenderedNetworkPolicy } from "./engine.js";

/** Order among guard rails, the lowest first; denials do not depend on it. */
const PRIORITY = 100;

/** Label under which Cilium keeps the labels of a pod's namespace. */
const CILIUM_NAMESPACE_LABELS = "k8s:io.cilium.k8s.namespace.labels.";

/** The object of a guard rail. */
export interface RenderedGuardRail extends RenderedNetworkPolicy {
  /** Tier of Calico that it belongs to, which its name begins with; absent elsewhere. */
  readonly tier?: string;
}

/** Whose kind of policy a guard rail of the cluster is written as. */
export class ClusterEngine {
  /** The default: `ClusterNetworkPolicy` of EKS, tier `Admin`. Needs the VPC CNI 1.21.1 or later, with network policies switched on. */
  static eks(): ClusterEngine {
    return new ClusterEngine((guardRail) => ({
      apiVersion: "networking.k8s.aws/v1alpha1",
      kind: "ClusterNetworkPolicy",
      spec: adminSpec(guardRail, "ports", ({ port, protocol }) => ({ portNumber: { port, protocol } })),
    }));
  }

  /** `ClusterNetworkPolicy` of Kubernetes' network policy working group, tier `Admin`: what AdminNetworkPolicy became. */
  static upstream(): ClusterEngine {
    return new ClusterEngine((guardRail) => ({
      apiVersion: "policy.networking.k8s.io/v1alpha2",
      kind: "ClusterNetworkPolicy",
      spec: adminSpec(guardRail, "protocols", ({ port, protocol }) => ({
        [protocol.toLowerCase()]: { destinationPort: { number: port } },
      })),
    }));
  }

  /** `CiliumClusterwideNetworkPolicy` (Cilium 1.16 or later) with denials, which Cilium puts above everything that is allowed. */
  static cilium(): ClusterEngine {
    return new ClusterEngine((guardRail) => ({
      apiVersion: "cilium.io/v2",
      kind: "CiliumClusterwideNetworkPolicy",
      spec: ciliumSpec(guardRail),
    }));
  }

  /** `GlobalNetworkPolicy` of Calico (3.30 or later), in a tier of its own before the namespaces' policies. */
  static calico(): ClusterEngine {
    return new ClusterEngine((guardRail) => ({
      apiVersion: "projectcalico.org/v3",
      kind: "GlobalNetworkPolicy",
      tier: CALICO_TIER,
      spec: calicoGuardRail(guardRail, PRIORITY),
    }));
  }

  private constructor(
    /** The object for a guard rail. Pure. */
    readonly render: (guardRail: ClusterGuardRail) => RenderedGuardRail,
  ) {}
}

function adminSpec(
  { subject, rules }: ClusterGuardRail,
  portsField: "ports" | "protocols",
  port: (port: ClusterDeny["ports"][number]) => object,
): object {
  const rulesOf = (direction: "ingress" | "egress"): readonly object[] =>
    rules
      .filter((rule) => rule.direction === direction)
      .map((rule) => ({
        name: rule.name,
        action: "Deny",
        [direction === "ingress" ? "from" : "to"]: [
          rule.peer.kind === "addresses"
            ? { networks: rule.peer.cidrs }
            : { namespaces: kubernetesSelector(rule.peer.namespaces) },
        ],
        ...(rule.ports.length === 0 ? {} : { [portsField]: rule.ports.map(port) }),
      }));
  const [ingress, egress] = [rulesOf("ingress"), rulesOf("egress")];
  return {
    tier: "Admin",
    priority: PRIORITY,
    subject: { namespaces: kubernetesSelector(subject) },
    ...(ingress.length === 0 ? {} : { ingress }),
    ...(egress.length === 0 ? {} : { egress }),
  };
}

function kubernetesSelector({ conditions }: Namespaces): object {
  return conditions.length === 0 ? {} : { matchExpressions: conditions };
}

function ciliumSpec({ subject, rules }: ClusterGuardRail): object {
  const rulesOf = (direction: "ingress" | "egress"): readonly object[] =>
    rules.filter((rule) => rule.direction === direction).map((rule) => ciliumRule(rule));
  const [ingressDeny, egressDeny] = [rulesOf("ingress"), rulesOf("egress")];
  return {
    endpointSelector: { matchExpressions: ciliumConditions(subject) },
    // Denials alone must not close what nobody named.
    enableDefaultDeny: { ingress: false, egress: false },
    ...(ingressDeny.length === 0 ? {} : { ingressDeny }),
    ...(egressDeny.length === 0 ? {} : { egressDeny }),
  };
}

function ciliumRule({ direction, peer, ports }: ClusterDeny): object {
  const side = direction === "ingress" ? "from" : "to";
  return {
    ...(peer.kind === "addresses"
      ? { [`${side}CIDRSet`]: peer.cidrs.map((cidr) => ({ cidr })) }
      : { [`${side}Endpoints`]: [{ matchExpressions: ciliumConditions(peer.namespaces) }] }),
    ...(ports.length === 0
      ? {}
      : { toPorts: [{ ports: ports.map(({ port, protocol }) => ({ port: `${port}`, protocol })) }] }),
  };
}

/** Only pods have a namespace, so that a selection of all namespaces does not select Cilium's other endpoints. */
function ciliumConditions({ conditions }: Namespaces): readonly NamespaceCondition[] {
  return [
    { key: CILIUM_NAMESPACE_LABEL, operator: "Exists" },
    ...conditions.map((condition) => ({
      ...condition,
      key:
        condition.key === NAMESPACE_NAME_LABEL ? CILIUM_NAMESPACE_LABEL : `${CILIUM_NAMESPACE_LABELS}${condition.key}`,
    })),
  ];
}

import type { Manifest } from "../synth.js";
import { bothSides, inBlock, labelsOf, selects } from "./world.js";
import type { Direction, Endpoint, Evaluator, Flow, NamespaceLabels, Selector } from "./world.js";

interface Peer {
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port?: number; readonly protocol?: string }[];
}

interface Spec {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/** NetworkPolicy of Kubernetes, as https://kubernetes.io/docs/concepts/services-networking/network-policies/ says. */
export const kubernetes: Evaluator = (policies, flow, namespaces) =>
  bothSides(flow, (self, far, direction) => {
    const { isIsolated, isAllowed } = kubernetesAnswer(policies, flow, self, far, direction, namespaces);
    return !isIsolated || isAllowed;
  });

/** What the NetworkPolicies of Kubernetes say of one side, for engines that enforce them beside their own. */
export function kubernetesAnswer(
  policies: readonly Manifest[],
  flow: Flow,
  self: Endpoint,
  far: Endpoint,
  direction: Direction,
  namespaces?: NamespaceLabels,
): { readonly isIsolated: boolean; readonly isAllowed: boolean } {
  if (self.pod === undefined) return { isIsolated: false, isAllowed: true };
  const { namespace, labels } = self.pod;
  const selecting = policies
    .filter((p) => p.apiVersion === "networking.k8s.io/v1" && p.metadata.namespace === namespace)
    .map((p) => p["spec"] as Spec)
    .filter((spec) => selects(spec.podSelector ?? {}, labels) && typesOf(spec).includes(direction));
  const isAllowed = selecting.some((spec) =>
    (spec[direction] ?? []).some((rule) => matches(rule, direction, namespace, far, flow, namespaces)),
  );
  return { isIsolated: selecting.length > 0, isAllowed };
}

function typesOf(spec: Spec): readonly string[] {
  const defaults = ["Ingress", ...((spec.egress ?? []).length > 0 ? ["Egress"] : [])];
  return (spec.policyTypes ?? defaults).map((type) => type.toLowerCase());
}

/** Missing and empty lists both mean everybody, and every port. */
function matches(
  rule: Rule,
  direction: Direction,
  own: string,
  far: Endpoint,
  flow: Flow,
  namespaces: NamespaceLabels | undefined,
): boolean {
  const peers = (direction === "ingress" ? rule.from : rule.to) ?? [];
  const ports = rule.ports ?? [];
  return (
    (peers.length === 0 || peers.some((peer) => isPeer(peer, own, far, namespaces))) &&
    (ports.length === 0 ||
      ports.some((p) => (p.protocol ?? "TCP") === (flow.protocol ?? "TCP") && (p.port ?? flow.port) === flow.port))
  );
}

function isPeer(peer: Peer, own: string, far: Endpoint, namespaces: NamespaceLabels | undefined): boolean {
  if (peer.ipBlock !== undefined) return inBlock(far.ip, peer.ipBlock.cidr, peer.ipBlock.except);
  if (far.pod === undefined) return false;
  const inNamespace =
    peer.namespaceSelector === undefined
      ? far.pod.namespace === own
      : selects(peer.namespaceSelector, labelsOf(far.pod.namespace, namespaces));
  return inNamespace && selects(peer.podSelector ?? {}, far.pod.labels);
}

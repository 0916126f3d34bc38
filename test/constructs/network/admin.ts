import { kubernetes } from "./kubernetes.js";
import { bothSides, inBlock, labelsOf, selects } from "./world.js";
import type { Endpoint, Evaluator, Flow, NamespaceLabels, Selector } from "./world.js";

interface Rule {
  readonly action: "Accept" | "Deny" | "Pass";
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly portNumber: { readonly port: number; readonly protocol: string } }[];
  readonly protocols?: readonly Readonly<Record<string, { readonly destinationPort: { readonly number: number } }>>[];
}

interface Peer {
  readonly namespaces?: Selector;
  readonly networks?: readonly string[];
}

interface Spec {
  readonly tier: "Admin" | "Baseline";
  readonly priority: number;
  readonly subject: { readonly namespaces: Selector };
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/**
 * ClusterNetworkPolicy of tier Admin, of EKS and of the working group alike (https://network-policy-api.sigs.k8s.io): the first
 * rule that matches decides, by priority; what none decides goes on to the network policies of the namespaces.
 */
export const admin: Evaluator = (policies, flow, namespaces) => {
  const specs = policies
    .filter(({ kind }) => kind === "ClusterNetworkPolicy")
    .map((p) => p["spec"] as Spec)
    .filter(({ tier }) => tier === "Admin")
    .sort((a, b) => a.priority - b.priority);
  const isOpen = bothSides(flow, (self, far, direction) => {
    if (self.pod === undefined) return true;
    const labels = labelsOf(self.pod.namespace, namespaces);
    const rules = specs.filter((s) => selects(s.subject.namespaces, labels)).flatMap((s) => s[direction] ?? []);
    const first = rules.find(
      (rule) =>
        ((direction === "ingress" ? rule.from : rule.to) ?? []).some((peer) => isPeer(peer, far, namespaces)) &&
        isPort(rule, flow),
    );
    return first?.action !== "Deny";
  });
  return isOpen && kubernetes(policies, flow, namespaces);
};

function isPeer(peer: Peer, far: Endpoint, namespaces: NamespaceLabels | undefined): boolean {
  if (peer.networks !== undefined) return peer.networks.some((block) => inBlock(far.ip, block));
  return (
    peer.namespaces !== undefined &&
    far.pod !== undefined &&
    selects(peer.namespaces, labelsOf(far.pod.namespace, namespaces))
  );
}

function isPort({ ports, protocols }: Rule, { port, protocol = "TCP" }: Flow): boolean {
  if (ports !== undefined) return ports.some(({ portNumber: p }) => p.port === port && p.protocol === protocol);
  if (protocols === undefined) return true;
  return protocols.some((p) => p[protocol.toLowerCase()]?.destinationPort.number === port);
}

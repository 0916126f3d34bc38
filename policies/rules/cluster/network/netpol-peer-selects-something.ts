import type { Cursor, KubernetesObject, Read, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import { namespaceOf, SYSTEM_NAMESPACES } from "../../../lib/namespaces.js";
import { networkPolicy } from "../../../lib/network-examples.js";
import { DIRECTIONS } from "../../../lib/network-policies.js";
import { rulesIn } from "../../../lib/network-peers.js";
import { namespacesSelected, selectsPods } from "../../../lib/selecting.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });
const WEB = deployment("web", { containers: [] });

function from(peer: ExampleObject) {
  return networkPolicy({ policyTypes: ["Ingress"], ingress: [{ from: [peer] }] });
}

/**
 * Each peer of a NetworkPolicy selects pods of some planned workload. Peers by address, and those in namespaces that the plan
 * does not make, are left out.
 */
export const netpolPeerSelectsSomething = defineRule({
  id: "netpol-peer-selects-something",
  title: "the peers of a network policy are pods that there are",
  ring: "cluster",
  severity: "low",
  rationale:
    "A peer that no pod is blocks what was meant to pass, until somebody opens more than that; and the next pod with these labels, whoever runs it, is let in.",
  remediation: 'from: [{ podSelector: { matchLabels: { app: "web" } } }]  // labels of the pod template',
  references: references("catalogue/rules.csv: KL dangling-networkpolicypeer-podselector", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the label of no pod",
        resources: [from({ podSelector: { matchLabels: { app: "wbe" } } }), WEB, NAMESPACE],
        path: "spec.ingress[0].from[0]",
      },
    ],
    pass: [
      {
        title: "the label of the pods",
        resources: [from({ podSelector: { matchLabels: { app: "web" } } }), WEB, NAMESPACE],
      },
      {
        title: "pods of a namespace by its name",
        resources: [
          from({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "vote" } } }),
          WEB,
          NAMESPACE,
        ],
      },
    ],
    unknown: [
      {
        title: "the peers are an output",
        resources: [networkPolicy({ policyTypes: ["Ingress"], ingress: [{ from: unresolved("list") }] })],
        path: "spec.ingress[0].from",
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:NetworkPolicy"], ({ object, world }) => {
    const undecided = `whom ${labelOf(object)} allows is not known before the deployment`;
    const lists = DIRECTIONS.flatMap((direction) => rulesIn(object, direction)).map(({ peers }) => peers);
    const verdicts = lists.flatMap((list) => {
      if (list.isUnknown) return [unknown(list, undecided)];
      return list.items().map((peer) => {
        const found = selects(world, object, peer);
        if (found === undefined) return notApplicable("it is about addresses, or about namespaces of others");
        if (found === UNKNOWN) return unknown(peer, undecided);
        return found ? pass() : fail(peer, `${labelOf(object)} names a peer that is no pod of this plan`);
      });
    });
    return verdicts.length === 0 ? notApplicable("it names no peers") : verdicts;
  }),
  reads: ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "kubernetes:core/v1:Namespace", ...WORKLOAD_TYPES],
});

/** Whether a peer is some planned pod; `undefined` where the plan does not make the namespaces that it is about. */
function selects(world: World, policy: KubernetesObject, peer: Cursor): Read<boolean> | undefined {
  const [pods, namespaces] = [peer.at("podSelector"), peer.at("namespaceSelector")];
  if (peer.isUnknown || pods.isUnknown || namespaces.isUnknown) return UNKNOWN;
  if (!peer.at("ipBlock").isAbsent || (pods.isAbsent && namespaces.isAbsent)) return undefined;
  const { cluster, namespace } = policy;
  if (namespaces.isAbsent) {
    const planned = namespaceOf(world, policy)?.kind === "Namespace";
    return namespace === undefined || !planned ? undefined : selectsPods(world, pods, cluster, namespace);
  }
  const found = namespacesSelected(world, namespaces, cluster);
  if (found === UNKNOWN) return UNKNOWN;
  if (found.length === 0 || found.some(({ name }) => SYSTEM_NAMESPACES.has(name))) return undefined;
  let hidden = false;
  for (const { name } of found) {
    const read = selectsPods(world, pods, cluster, name);
    if (read === true) return true;
    hidden ||= read === UNKNOWN;
  }
  return hidden ? UNKNOWN : false;
}

import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { networkPolicy } from "../../../lib/network-examples.js";
import { judgePublic } from "../../../lib/network-peers.js";
import { labelOf, onKubernetes } from "../../../shapes.js";

/**
 * No NetworkPolicy lets pods out to the internet: by a block that holds most of it, or by a rule without `to`, which
 * leads everywhere.
 */
export const netpolNoPublicEgress = defineRule({
  id: "netpol-no-public-egress",
  title: "network policies do not let pods out to the internet",
  ring: "cluster",
  severity: "medium",
  rationale:
    "A pod that reaches every address can carry data out and fetch what an intruder needs, also over the port of a harmless protocol such as DNS.",
  remediation:
    "egress: [{ to: [{ ipBlock: { cidr: 203.0.113.10/32 } }], ports: [{ port: 443 }] }]  // for DNS: the namespace kube-system and k8s-app: kube-dns",
  references: references("catalogue/rules.csv: KUBE-0002", { "owasp-k8s": ["K05"], attack: ["T1048"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "every address but private ones",
        resources: [networkPolicy({ egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }] })],
        path: "spec.egress[0].to[0].ipBlock.cidr",
      },
      {
        title: "one port, to everybody",
        resources: [networkPolicy({ egress: [{ ports: [{ port: 53, protocol: "UDP" }] }] })],
        path: "spec.egress[0]",
      },
    ],
    pass: [
      {
        title: "DNS of the cluster",
        resources: [
          networkPolicy({
            egress: [
              {
                to: [
                  {
                    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                    podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
                  },
                ],
                ports: [{ port: 53, protocol: "UDP" }],
              },
            ],
          }),
        ],
      },
      {
        title: "one partner's addresses",
        resources: [networkPolicy({ egress: [{ to: [{ ipBlock: { cidr: "203.0.113.0/24" } }] }] })],
      },
    ],
    unknown: [
      {
        title: "the rules are an output",
        resources: [networkPolicy({ policyTypes: ["Egress"], egress: unresolved("list") })],
        path: "spec.egress",
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:NetworkPolicy"], ({ object }) =>
    judgePublic(object, "Egress", `${labelOf(object)} lets the pods it selects reach every address`),
  ),
});

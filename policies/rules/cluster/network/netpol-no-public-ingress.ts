import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import { networkPolicy } from "../../../lib/network-examples.js";
import { judgePublic } from "../../../lib/network-peers.js";
import { labelOf, onKubernetes } from "../../../shapes.js";

/**
 * No NetworkPolicy lets the internet in: by a block that holds most of it, or by a rule without `from`, which lets
 * everybody in.
 */
export const netpolNoPublicIngress = defineRule({
  id: "netpol-no-public-ingress",
  title: "network policies do not let the internet in",
  ring: "cluster",
  severity: "high",
  rationale:
    "A policy that admits every address admits whatever reaches the pod: the internet through a load balancer that passes client addresses on, and every other pod of the cluster.",
  remediation:
    "ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/20 } }], ports: [{ port: 8080 }] }]  // the subnets of the load balancer, or a podSelector",
  references: references("catalogue/rules.csv: KUBE-0001", { "owasp-k8s": ["K05"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "every address",
        resources: [
          networkPolicy({ ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: 80 }] }] }),
        ],
        path: "spec.ingress[0].from[0].ipBlock.cidr",
      },
      {
        title: "every address but some, of the other family too",
        resources: [
          networkPolicy({
            ingress: [
              { from: [{ podSelector: { matchLabels: { app: "vote" } } }] },
              { from: [{ ipBlock: { cidr: "::/0", except: ["fd00::/8"] } }] },
            ],
          }),
        ],
        path: "spec.ingress[1].from[0].ipBlock.cidr",
      },
      {
        title: "a rule that names nobody lets everybody in",
        resources: [networkPolicy({ ingress: [{ ports: [{ port: 80 }] }] })],
        path: "spec.ingress[0]",
      },
    ],
    pass: [
      {
        title: "the subnets of the load balancer",
        resources: [networkPolicy({ ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/20" } }] }] })],
      },
      {
        title: "every namespace is not the internet",
        resources: [networkPolicy({ ingress: [{ from: [{ namespaceSelector: {} }] }] })],
      },
      {
        title: "rules of a direction that the policy does not isolate do nothing",
        resources: [
          networkPolicy({ policyTypes: ["Egress"], ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] }),
        ],
      },
    ],
    unknown: [
      {
        title: "the block is an output",
        resources: [networkPolicy({ ingress: [{ from: [{ ipBlock: { cidr: unresolved("string") } }] }] })],
        path: "spec.ingress[0].from[0].ipBlock.cidr",
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:NetworkPolicy"], ({ object }) =>
    judgePublic(object, "Ingress", `${labelOf(object)} lets every address in to the pods it selects`),
  ),
});

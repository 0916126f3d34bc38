import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import { namespaceOf } from "../../../lib/namespaces.js";
import { networkPolicy } from "../../../lib/network-examples.js";
import { selectsAllPods } from "../../../lib/network-policies.js";
import { selectsPods } from "../../../lib/selecting.js";
import { labelOf, onKubernetes, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });
const WEB = deployment("web", { containers: [] });

/** Each NetworkPolicy selects pods of some planned workload, or all of its namespace. */
export const netpolSelectsSomething = defineRule({
  id: "netpol-selects-something",
  title: "a network policy selects some pods",
  ring: "cluster",
  severity: "low",
  rationale:
    "A policy whose labels match nothing keeps nothing apart. Mostly the pods were renamed and the policy was not, so that they are open while it looks otherwise.",
  remediation: 'podSelector: { matchLabels: { app: "web" } }  // labels of the pod template',
  references: references(
    "catalogue/rules.csv: KL dangling-networkpolicy, KSc networkpolicy-targets-pod, C-0299, KICS 85ab1c5b",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the label of no pod",
        resources: [
          networkPolicy({ podSelector: { matchLabels: { app: "wbe" } } }),
          deployment("api", { containers: [] }),
          NAMESPACE,
        ],
        path: "spec.podSelector",
      },
    ],
    pass: [
      { title: "the label of the pods", resources: [networkPolicy({}), WEB, NAMESPACE] },
      { title: "all pods, those to come too", resources: [networkPolicy({ podSelector: {} }), NAMESPACE] },
    ],
    unknown: [
      {
        title: "whom it selects is an output",
        resources: [networkPolicy({ podSelector: unresolved("object") })],
        path: "spec.podSelector",
      },
      {
        title: "the namespace is made elsewhere, perhaps the pods too",
        resources: [networkPolicy({})],
        path: "spec.podSelector",
      },
    ],
  },
  ...onKubernetes(["kubernetes:networking.k8s.io/v1:NetworkPolicy"], ({ object, root, world }) => {
    const selector = root.at("spec", "podSelector");
    const undecided = `whether ${labelOf(object)} selects any pods is not known from this plan`;
    if (selectsAllPods(object) === true) return pass();
    if (selector.isUnknown || object.namespace === undefined) return unknown(selector, undecided);
    const found = selectsPods(world, selector, object.cluster, object.namespace);
    if (found === true) return pass();
    return found === UNKNOWN || namespaceOf(world, object)?.kind !== "Namespace"
      ? unknown(selector, undecided)
      : fail(selector, `${labelOf(object)} selects pods of no workload in its namespace, and keeps nothing apart`);
  }),
  reads: ["kubernetes:networking.k8s.io/v1:NetworkPolicy", ...WORKLOAD_TYPES],
});

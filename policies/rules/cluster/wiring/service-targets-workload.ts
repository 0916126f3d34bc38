import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import { workloadsOf } from "../../../lib/service-pods.js";
import { namespaceOf } from "../../../lib/namespaces.js";
import { service } from "../../../lib/service-examples.js";
import { labelOf, onKubernetes, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });
const WEB = deployment("web", { containers: [] });

/** The selector of each Service selects pods of some planned workload. A Service without a selector has its endpoints from elsewhere. */
export const serviceTargetsWorkload = defineRule({
  id: "service-targets-workload",
  title: "a Service has pods behind it",
  ring: "cluster",
  severity: "low",
  rationale:
    "A selector that selects nothing is an outage today, and an open place: the next pod with these labels, whoever runs it, gets the traffic.",
  remediation: 'selector: { app: "web" }  // labels of the pod template',
  references: references(
    "catalogue/rules.csv: KL dangling-service, C-0293, KSc service-targets-pod, KICS, KL invalid-target-ports",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a label that no pod has",
        resources: [service({ selector: { app: "wbe" } }), WEB, NAMESPACE],
        path: "spec.selector",
      },
    ],
    pass: [{ title: "the label of the pods", resources: [service({ selector: { app: "web" } }), WEB, NAMESPACE] }],
    unknown: [
      {
        title: "the selector is an output",
        resources: [service({ selector: unresolved("object") })],
        path: "spec.selector",
      },
      {
        title: "the namespace is made elsewhere, perhaps the pods too",
        resources: [service({ selector: { app: "wbe" } })],
        path: "spec.selector",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Service"], ({ object, root, world }) => {
    const selector = root.at("spec", "selector");
    const undecided = `whether ${labelOf(object)} has pods behind it is not known from this plan`;
    if (selector.isUnknown || selector.entries().some(([, value]) => value.string() === UNKNOWN))
      return unknown(selector, undecided);
    if (selector.entries().length === 0 || root.at("spec", "type").string() === "ExternalName")
      return notApplicable("it selects no pods by itself");
    if (workloadsOf(world, object).length > 0) return pass();
    return namespaceOf(world, object)?.kind === "Namespace"
      ? fail(selector, `${labelOf(object)} selects pods of no workload in its namespace`)
      : unknown(selector, undecided);
  }),
  reads: ["kubernetes:core/v1:Service", ...WORKLOAD_TYPES],
});

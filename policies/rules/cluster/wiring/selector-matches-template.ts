import { UNKNOWN, selects } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleValue } from "../../../model.js";
import { labelOf, onPods } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

/** Kinds whose selector the API server compares with the labels of their template. */
const KINDS: ReadonlySet<string> = new Set(["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"]);

function deployment(matchLabels: ExampleValue, labels: ExampleValue = { app: "web" }) {
  return manifest({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "vote" },
    spec: { selector: { matchLabels }, template: { metadata: { labels }, spec: { containers: [] } } },
  });
}

/** The selector of a Deployment, StatefulSet, DaemonSet or ReplicaSet selects the labels of its own template. */
export const selectorMatchesTemplate = defineRule({
  id: "selector-matches-template",
  title: "a workload selects its own pods",
  ring: "cluster",
  severity: "info",
  rationale:
    "The API server refuses a workload whose selector does not select its own pods, in the middle of a deployment. A preview can say so before.",
  remediation: 'selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } } }',
  references: references("catalogue/rules.csv: KL mismatching-selector, KSc ×2, C-0296", {}),
  since: "0.1.0",
  examples: {
    fail: [{ title: "another label", resources: [deployment({ app: "wbe" })], path: "spec.selector" }],
    pass: [
      { title: "the same label", resources: [deployment({ app: "web" })] },
      { title: "the template has more", resources: [deployment({ app: "web" }, { app: "web", tier: "edge" })] },
    ],
    unknown: [
      {
        title: "the labels are an output",
        resources: [deployment({ app: "web" }, unresolved("object"))],
        path: "spec.selector",
      },
    ],
  },
  ...onPods(({ label, workload: { object, podLabels, podMetadata } }) => {
    const selector = object.root.at("spec", "selector");
    if (object.group !== "apps" || !KINDS.has(object.kind)) return notApplicable("it has no selector of its own");
    if (selector.isAbsent && object.version !== "v1")
      return notApplicable("its version selects what its template says");
    const labels = podMetadata.at("labels");
    const late = labels.isUnknown || labels.entries().some(([, value]) => value.string() === UNKNOWN);
    const match = selects(selector, podLabels);
    if (match === true && !selector.isAbsent) return pass();
    if (match === "unknown" || late)
      return unknown(selector, `whether ${label} selects its own pods is not known before the deployment`);
    return fail(selector, `${labelOf(object)} does not select its own pods: the API server refuses it`);
  }),
});

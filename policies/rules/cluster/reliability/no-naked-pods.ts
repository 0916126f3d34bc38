import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes, WORKLOAD_TYPES } from "../../../shapes.js";
import { failWhole, notApplicable, pass, unknown } from "../../../verdicts.js";

function pod(metadata: ExampleObject = {}) {
  return manifest({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", namespace: "vote", ...metadata },
    spec: { containers: [] },
  });
}

/** Pods are made by something that replaces them. Those of a Helm test hook, which run once, are left out. */
export const noNakedPods = defineRule({
  id: "no-naked-pods",
  title: "pods are made by something that replaces them",
  ring: "cluster",
  severity: "info",
  rationale: "A pod by itself is gone with its node and nobody brings it back; updates of it mean to delete it first.",
  remediation: "kind: Deployment  // or a Job, for what runs once",
  references: references("catalogue/rules.csv: C-0073, KY prevent-bare-pods, PCP disallow-pod, HE", {}),
  since: "0.1.0",
  examples: {
    fail: [{ title: "a pod by itself", resources: [pod()], path: "" }],
    pass: [
      { title: "a Deployment makes it", resources: [container("web", {})] },
      {
        title: "a test of a chart",
        resources: [pod({ annotations: { "helm.sh/hook": "test" } }), container("web", {})],
      },
    ],
    unknown: [
      {
        title: "its annotations are an output",
        resources: [pod({ annotations: unresolved("object") })],
        path: "metadata.annotations",
      },
    ],
  },
  ...onKubernetes(WORKLOAD_TYPES, ({ object, root }) => {
    if (object.kind !== "Pod") return pass();
    const annotations = root.at("metadata", "annotations");
    if (annotations.isUnknown)
      return unknown(annotations, `whether ${labelOf(object)} runs only once is not known before the deployment`);
    if (!annotations.at("helm.sh/hook").isAbsent) return notApplicable("it runs once, for a chart");
    return failWhole(`${labelOf(object)} goes with its node, and nothing brings it back`);
  }),
});

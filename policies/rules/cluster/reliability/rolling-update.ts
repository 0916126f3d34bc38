import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleValue } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

function deployment(type: ExampleValue) {
  return manifest({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "vote" },
    spec: { strategy: { type }, template: { spec: { containers: [] } } },
  });
}

/** A Deployment is updated pod by pod (`strategy.type: RollingUpdate`, which it is unless told). */
export const rollingUpdate = defineRule({
  id: "rolling-update",
  title: "a Deployment is updated pod by pod",
  ring: "cluster",
  severity: "info",
  rationale:
    "Recreate stops every pod before it starts the first new one: each update is an outage, and a broken one stays one.",
  remediation: "strategy: { type: RollingUpdate }",
  references: references("catalogue/rules.csv: KL no-rolling-update-strategy, KSc deployment-strategy, C-0305", {}),
  since: "0.1.0",
  examples: {
    fail: [{ title: "all at once", resources: [deployment("Recreate")], path: "spec.strategy.type" }],
    pass: [{ title: "pod by pod", resources: [deployment("RollingUpdate")] }],
    unknown: [
      { title: "an output decides", resources: [deployment(unresolved("string"))], path: "spec.strategy.type" },
    ],
  },
  ...onKubernetes(["kubernetes:apps/v1:Deployment"], ({ object, root }) =>
    expectString(root.at("spec", "strategy", "type"), {
      absent: "RollingUpdate",
      accept: (type) => type !== "Recreate",
      message: `an update of ${labelOf(object)} stops every pod before the first new one starts`,
      undecided: `how ${labelOf(object)} is updated is not known before the deployment`,
    }),
  ),
});

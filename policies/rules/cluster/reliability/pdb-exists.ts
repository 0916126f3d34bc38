import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { BUDGET, budgetsOf, limits, replicasOf } from "../../../lib/disruption.js";
import type { ExampleObject, ExampleValue } from "../../../model.js";
import { onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { failWhole, notApplicable, pass, some, unknownWhole } from "../../../verdicts.js";

function deployment(replicas: ExampleValue) {
  return manifest({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "vote" },
    spec: { replicas, template: { metadata: { labels: { app: "web" } }, spec: { containers: [] } } },
  });
}

function budget(spec: ExampleObject, apiVersion = "policy/v1") {
  return manifest(
    { apiVersion, kind: "PodDisruptionBudget", metadata: { name: "web", namespace: "vote" }, spec },
    { as: "budget" },
  );
}

/** A Deployment or StatefulSet with more than one pod has a PodDisruptionBudget. */
export const pdbExists = defineRule({
  id: "pdb-exists",
  title: "replicas have a disruption budget",
  ring: "cluster",
  severity: "info",
  rationale:
    "An update of the nodes drains one after the other. Without a budget it may take all pods of a workload at once, however many there are.",
  remediation: "kind: PodDisruptionBudget, spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }",
  references: references("catalogue/rules.csv: KSc ×2, PO missingPodDisruptionBudget, KY require-pdb, KICS ×2", {}),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "three pods, no budget", resources: [deployment(3)], path: "" },
      {
        title: "an empty selector of policy/v1beta1 selects nothing",
        resources: [deployment(3), budget({ selector: {} }, "policy/v1beta1")],
        path: "",
      },
    ],
    pass: [
      { title: "a budget", resources: [deployment(3), budget({ selector: { matchLabels: { app: "web" } } })] },
      { title: "an empty selector selects every pod", resources: [deployment(3), budget({ selector: {} })] },
    ],
    unknown: [{ title: "how many pods is an output", resources: [deployment(unresolved("number"))], path: "" }],
  },
  ...onPods(({ label, workload, world }) => {
    const { object } = workload;
    if (object.kind !== "Deployment" && object.kind !== "StatefulSet")
      return notApplicable("it has no replicas to keep");
    const replicas = replicasOf(workload);
    if (replicas !== UNKNOWN && replicas < 2) return notApplicable("it has one pod, which no budget keeps");
    const limited = some(budgetsOf(world, workload).map((one) => limits(one, workload)));
    if (limited === true) return pass();
    return limited === UNKNOWN || replicas === UNKNOWN
      ? unknownWhole(`whether a disruption budget keeps ${label} is not known before the deployment`)
      : failWhole(`a drain of the nodes may take all ${replicas} pods of ${label} at once`);
  }),
  reads: [...WORKLOAD_TYPES, `kubernetes:${BUDGET.group}/v1:${BUDGET.kind}`],
});

import { UNKNOWN } from "../../../../plan/world/index.js";
import type { KubernetesObject, World } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { replicasOf } from "../../../lib/disruption.js";
import { neighbours } from "../../../lib/namespaces.js";
import { integer } from "../../../parameters.js";
import type { ExampleObject } from "../../../model.js";
import { onPods } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const LEAST = integer(
  { name: "least", about: "How many pods a Deployment must have at least.", fallback: 2 },
  { from: 1, to: 100 },
);

function deployment(fields: ExampleObject) {
  return manifest({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "vote" },
    spec: { template: { spec: { containers: [] } }, ...fields },
  });
}

/** A Deployment has at least two pods, or as many as the parameter `least` says. One that an autoscaler scales is left to that. */
export const workloadMinReplicas = defineRule({
  id: "workload-min-replicas",
  title: "a Deployment has more than one pod",
  ring: "cluster",
  severity: "info",
  rationale:
    "One pod is gone with its node, and for as long as its image takes to start elsewhere. Two on two nodes are not.",
  remediation: "replicas: 2",
  references: references(
    "catalogue/rules.csv: KL minimum-three-replicas, KSc deployment-replicas, PO deploymentMissingReplicas, PCP configure-minimum-replica-count, KY deployment-has-multiple-replicas, GK replicalimits, HE",
    {},
  ),
  since: "0.1.0",
  parameters: [LEAST],
  examples: {
    fail: [
      { title: "left out, which is one", resources: [deployment({})], path: "spec.replicas" },
      {
        title: "two, where three are asked for",
        resources: [deployment({ replicas: 2 })],
        path: "spec.replicas",
        parameters: { least: 3 },
      },
    ],
    pass: [
      { title: "two", resources: [deployment({ replicas: 2 })] },
      {
        title: "an autoscaler decides",
        resources: [
          deployment({}),
          manifest(
            {
              apiVersion: "autoscaling/v2",
              kind: "HorizontalPodAutoscaler",
              metadata: { name: "web", namespace: "vote" },
              spec: { scaleTargetRef: { kind: "Deployment", name: "web" } },
            },
            { as: "autoscaler" },
          ),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment({ replicas: unresolved("number") })],
        path: "spec.replicas",
      },
    ],
  },
  ...onPods(({ label, parameters, workload, world }) => {
    const { object } = workload;
    if (object.kind !== "Deployment") return notApplicable("it is no Deployment");
    if (isScaled(world, object)) return notApplicable("an autoscaler decides");
    const at = object.root.at("spec", "replicas");
    const replicas = replicasOf(workload);
    if (replicas === UNKNOWN) return unknown(at, `how many pods ${label} has is not known before the deployment`);
    const least = parameters.of(LEAST);
    // None at all is a workload that is switched off.
    if (replicas === 0 || replicas >= least) return pass();
    return fail(
      at,
      `${label} has ${replicas} ${replicas === 1 ? "pod, which goes with its node" : `pods, fewer than ${least}`}`,
    );
  }),
});

function isScaled(world: World, object: KubernetesObject): boolean {
  const autoscalers = [
    ...neighbours(world, object, "autoscaling", "HorizontalPodAutoscaler"),
    ...neighbours(world, object, "keda.sh", "ScaledObject"),
  ];
  return autoscalers.some(({ root }) => root.at("spec", "scaleTargetRef", "name").string() === object.name);
}

import type { KubernetesObject, World } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { judgeNamed, plannedBeside } from "../../../lib/wiring.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });

function autoscaler(fields: ExampleObject = {}) {
  return manifest(
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "web", namespace: "vote" },
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
        minReplicas: 2,
        maxReplicas: 5,
        ...fields,
      },
    },
    { as: "autoscaler" },
  );
}

function deployment(fields: ExampleObject = {}) {
  return manifest({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "vote" },
    spec: { template: { spec: { containers: [] } }, ...fields },
  });
}

/**
 * A HorizontalPodAutoscaler scales a workload that there is, keeps at least two pods, may add some, and is alone to say how
 * many: its workload states no `replicas`, which each deployment would set back.
 */
export const hpaValid = defineRule({
  id: "hpa-valid",
  title: "an autoscaler scales a workload that there is, alone",
  ring: "cluster",
  severity: "info",
  rationale:
    "An autoscaler without its workload does nothing, and one that shares the number of pods with the program is set back at each deployment, under load too.",
  remediation:
    "scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 2  // and no replicas there",
  references: references(
    "catalogue/rules.csv: KL dangling-horizontalpodautoscaler, KSc ×3, C-0300, GK horizontalpodautoscaler, PO ×3, KICS ×2",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the workload was renamed",
        resources: [
          autoscaler({ scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "wbe" } }),
          NAMESPACE,
        ],
        path: "spec.scaleTargetRef.name",
      },
      {
        title: "one pod is enough",
        resources: [autoscaler({ minReplicas: 1 }), deployment(), NAMESPACE],
        path: "spec.minReplicas",
      },
      {
        title: "the workload says how many too",
        resources: [autoscaler(), deployment({ replicas: 2 }), NAMESPACE],
        path: "spec.scaleTargetRef.name",
      },
    ],
    pass: [{ title: "from two to five", resources: [autoscaler(), deployment(), NAMESPACE] }],
    unknown: [
      {
        title: "an output decides",
        resources: [autoscaler({ minReplicas: unresolved("number") }), deployment()],
        path: "spec.minReplicas",
      },
    ],
  },
  ...onKubernetes(["kubernetes:autoscaling/v2:HorizontalPodAutoscaler"], ({ object, world }) => [
    judgeTarget(world, object),
    judgeBounds(object),
  ]),
  reads: [
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:StatefulSet",
  ],
});

function judgeTarget(world: World, object: KubernetesObject): Verdict {
  const reference = object.root.at("spec", "scaleTargetRef");
  const at = reference.at("name");
  const [kind, version, name] = [reference.at("kind"), reference.at("apiVersion"), at].map((one) => one.string());
  if (kind === UNKNOWN || version === UNKNOWN)
    return unknown(reference, `what ${labelOf(object)} scales is not known before the deployment`);
  const group = (version ?? "").includes("/") ? ((version ?? "").split("/")[0] ?? "") : "";
  const wanted = { group, kind: kind ?? "" };
  const target = typeof name === "string" ? plannedBeside(world, object, wanted, name) : undefined;
  if (target !== undefined && !target.root.at("spec", "replicas").isAbsent)
    return fail(
      at,
      `${labelOf(target)} states its replicas: each deployment sets back what ${labelOf(object)} decided`,
    );
  return judgeNamed(world, object, at, wanted, "scales");
}

function judgeBounds(object: KubernetesObject): Verdict {
  const [min, max] = [object.root.at("spec", "minReplicas"), object.root.at("spec", "maxReplicas")];
  const from = min.number();
  const to = max.number();
  if (from === UNKNOWN || to === UNKNOWN)
    return unknown(min, `between how many pods ${labelOf(object)} scales is not known before the deployment`);
  const least = from ?? 1;
  if (least < 2) return fail(min, `${labelOf(object)} may leave one pod, which no update or failure spares`);
  return to !== undefined && to <= least
    ? fail(max, `${labelOf(object)} can add no pod to the least it keeps`)
    : pass();
}

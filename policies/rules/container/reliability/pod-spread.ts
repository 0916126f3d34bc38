import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { replicasOf } from "../../../lib/disruption.js";
import type { ExampleObject } from "../../../model.js";
import { onPods } from "../../../shapes.js";
import { failWhole, notApplicable, pass, unknown } from "../../../verdicts.js";

function deployment(pod: ExampleObject, replicas = 3) {
  return manifest({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "vote" },
    spec: { replicas, template: { spec: { containers: [], ...pod } } },
  });
}

/** The replicas of a workload are kept apart: by topology spread constraints, or by affinity against themselves. */
export const podSpread = defineRule({
  id: "pod-spread",
  title: "replicas run on different nodes",
  ring: "container",
  severity: "info",
  rationale:
    "The scheduler may put all replicas on one node or into one zone. Its failure is then the failure of all of them, which they were to survive.",
  remediation:
    "topologySpreadConstraints: [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: web } } }]",
  references: references(
    "catalogue/rules.csv: KL no-anti-affinity, KSc ×3, PO topologySpreadConstraint, KY ×2, HE, KICS ×2",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [{ title: "nothing keeps them apart", resources: [deployment({})], path: "" }],
    pass: [
      {
        title: "over zones",
        resources: [
          deployment({ topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "topology.kubernetes.io/zone" }] }),
        ],
      },
      {
        title: "against each other",
        resources: [
          deployment({
            affinity: {
              podAntiAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: "kubernetes.io/hostname" }],
              },
            },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment({ topologySpreadConstraints: unresolved("list") })],
        path: "spec.template.spec.topologySpreadConstraints",
      },
    ],
  },
  ...onPods(({ label, spec, workload }) => {
    const { kind } = workload.object;
    if (kind !== "Deployment" && kind !== "StatefulSet") return notApplicable("it has no replicas to spread");
    const replicas = replicasOf(workload);
    if (replicas !== UNKNOWN && replicas < 2) return notApplicable("it has one pod");
    const places = [spec.at("topologySpreadConstraints"), spec.at("affinity", "podAntiAffinity")];
    const hidden = places.find((at) => at.isUnknown);
    if (hidden !== undefined)
      return unknown(hidden, `whether the pods of ${label} are kept apart is not known before the deployment`);
    const kept = places.some(
      (at) => at.items().length > 0 && at.entries().length + at.items().length > 0 && !at.isAbsent,
    );
    return kept ? pass() : failWhole(`nothing keeps the pods of ${label} on different nodes`);
  }),
});

import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { judgeProbe } from "../../../lib/probes.js";
import { onContainers } from "../../../shapes.js";

const PROBE = { readinessProbe: { httpGet: { path: "/health", port: 8080 } } };

/** Each container that stays has a probe `readinessProbe`. Jobs and init containers end by themselves. */
export const containerReadinessProbe = defineRule({
  id: "container-readiness-probe",
  title: "a container gets requests when it can answer",
  ring: "container",
  severity: "info",
  rationale:
    "Without the probe a pod counts as ready the moment it starts: each update sends requests to programs that are still loading.",
  remediation: 'readinessProbe: { httpGet: { path: "/health", port: 8080 } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_9, C-0018, KL no-readiness-probe, KSc pod-probes, PO readinessProbeMissing, AC_K8S_0072, HE",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "none",
        resources: [container("web", {})],
        path: "spec.template.spec.containers[0].readinessProbe",
      },
    ],
    pass: [
      { title: "one", resources: [container("web", PROBE)] },
      {
        title: "a job ends by itself",
        resources: [
          container("web", PROBE),
          manifest({
            apiVersion: "batch/v1",
            kind: "Job",
            metadata: { name: "migrate", namespace: "vote" },
            spec: { template: { spec: { containers: [{ name: "migrate", image: "migrate" }] } } },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("web", { readinessProbe: unresolved("object") })],
        path: "spec.template.spec.containers[0].readinessProbe",
      },
    ],
  },
  ...onContainers((view) => judgeProbe(view, "readinessProbe", "gets requests before it can answer")),
});

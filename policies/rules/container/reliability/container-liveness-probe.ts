import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { judgeProbe } from "../../../lib/probes.js";
import { onContainers } from "../../../shapes.js";

const PROBE = { livenessProbe: { httpGet: { path: "/health", port: 8080 } } };

/** Each container that stays has a probe `livenessProbe`. Jobs and init containers end by themselves. */
export const containerLivenessProbe = defineRule({
  id: "container-liveness-probe",
  title: "a container that hangs is started anew",
  ring: "container",
  severity: "info",
  rationale:
    "A program that hangs without ending looks alive for ever, and answers nobody. The kubelet starts it anew when a probe says so.",
  remediation: 'livenessProbe: { httpGet: { path: "/health", port: 8080 } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_8, C-0056, KL no-liveness-probe, KSc pod-probes, PO livenessProbeMissing, AC_K8S_0070, KY require-pod-probes, HE, KICS",
    {},
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "none",
        resources: [container("web", {})],
        path: "spec.template.spec.containers[0].livenessProbe",
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
        resources: [container("web", { livenessProbe: unresolved("object") })],
        path: "spec.template.spec.containers[0].livenessProbe",
      },
    ],
  },
  ...onContainers((view) => judgeProbe(view, "livenessProbe", "stays as it is when it hangs")),
});

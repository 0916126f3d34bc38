import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { judgeResource } from "../../../lib/container-resources.js";
import { onContainers } from "../../../shapes.js";

/**
 * Every container requests processor time: itself, by its limit, by its pod (from 1.34), or by a LimitRange of its
 * namespace.
 */
export const containerCpuRequest = defineRule({
  id: "container-cpu-request",
  title: "containers request processor time",
  ring: "container",
  severity: "low",
  rationale:
    "The scheduler places pods by their requests. One without is placed anywhere, and gets what the others leave when the node is busy.",
  remediation: 'resources: { requests: { cpu: "100m" } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_10, KSV-0015, C-0268, GK containerrequests, KL unset-cpu-requirements, KSc container-resources, PO cpuRequestsMissing, KSEC RequestsCPU, AC_K8S_0097, KY require-requests-limits",
    { "nsa-cisa": ["hardening"], attack: ["T1496"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "none",
        resources: [container("web", {})],
        path: "spec.template.spec.containers[0].resources.requests.cpu",
      },
    ],
    pass: [
      { title: "its own", resources: [container("web", { resources: { requests: { cpu: "100m" } } })] },
      {
        title: "its limit, which is then its request",
        resources: [container("web", { resources: { limits: { cpu: 1 } } })],
      },
    ],
    unknown: [
      {
        title: "they are an output",
        resources: [container("web", { resources: { requests: unresolved("object") } })],
        path: "spec.template.spec.containers[0].resources.requests.cpu",
      },
    ],
  },
  ...onContainers((view) =>
    judgeResource(view, "requests", "cpu", {
      message: `${view.containerLabel} is placed without regard to the processor time it needs`,
      undecided: `whether ${view.containerLabel} requests processor time is not known before the deployment`,
    }),
  ),
});

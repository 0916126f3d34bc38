import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { judgeResource } from "../../../lib/container-resources.js";
import { onContainers } from "../../../shapes.js";

/**
 * Every container has a limit of processor time: its own, its pod's (from 1.34), or that of a LimitRange of its
 * namespace.
 */
export const containerCpuLimit = defineRule({
  id: "container-cpu-limit",
  title: "containers have a limit of processor time",
  ring: "container",
  severity: "low",
  rationale:
    "A container without a limit takes all the time that its node has left: a miner uses that, and a fault in a loop does. Where latency matters more, leave this rule out: limits slow a container down in bursts.",
  remediation: 'resources: { limits: { cpu: "500m" } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_11, KSV-0011, C-0270, GK containerlimits, PO cpuLimitsMissing, KSEC LimitsCPU, AC_K8S_0098, KY require-cpu-limits",
    { "nsa-cisa": ["hardening"], attack: ["T1496", "T1499"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "none",
        resources: [container("web", {})],
        path: "spec.template.spec.containers[0].resources.limits.cpu",
      },
    ],
    pass: [
      { title: "its own", resources: [container("web", { resources: { limits: { cpu: "500m" } } })] },
      {
        title: "the namespace gives one: the most that it allows",
        resources: [
          container("web", {}),
          manifest({
            apiVersion: "v1",
            kind: "LimitRange",
            metadata: { name: "defaults", namespace: "vote" },
            spec: { limits: [{ type: "Container", max: { cpu: 2 } }] },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "they are an output",
        resources: [container("web", { resources: { limits: unresolved("object") } })],
        path: "spec.template.spec.containers[0].resources.limits.cpu",
      },
    ],
  },
  ...onContainers((view) =>
    judgeResource(view, "limits", "cpu", {
      message: `${view.containerLabel} can take all the processor time of its node`,
      undecided: `whether ${view.containerLabel} has a limit of processor time is not known before the deployment`,
    }),
  ),
});

import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { judgeResource } from "../../../lib/container-resources.js";
import { onContainers } from "../../../shapes.js";

/**
 * Every container has a memory limit: its own, the pod's (`spec.resources`, from 1.34), or the default of a LimitRange
 * in its namespace. Ephemeral containers can have none.
 */
export const containerMemoryLimit = defineRule({
  id: "container-memory-limit",
  title: "containers have a memory limit",
  ring: "container",
  severity: "medium",
  rationale:
    "A container without a limit takes the memory of its node, and the kernel then ends whatever it likes, other pods included.",
  remediation: 'resources: { requests: { memory: "128Mi" }, limits: { memory: "128Mi" } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_13, KSV-0018, C-0271, GK containerlimits, KL unset-memory-requirements, KSc container-resources, PO memoryLimitsMissing, KSEC LimitsMemory, AC_K8S_0100, HE set_requests_limits_for_containers",
    { "nsa-cisa": ["hardening"], attack: ["T1499"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "no limit",
        resources: [container("vote", {})],
        path: "spec.template.spec.containers[0].resources.limits.memory",
      },
    ],
    pass: [
      { title: "its own limit", resources: [container("vote", { resources: { limits: { memory: "128Mi" } } })] },
      {
        title: "the namespace gives one",
        resources: [
          container("vote", {}),
          manifest({
            apiVersion: "v1",
            kind: "LimitRange",
            metadata: { name: "defaults", namespace: "vote" },
            spec: { limits: [{ type: "Container", default: { memory: "256Mi" } }] },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the limits are an output",
        resources: [container("vote", { resources: { limits: unresolved("object") } })],
        path: "spec.template.spec.containers[0].resources.limits.memory",
      },
    ],
  },
  ...onContainers((view) =>
    judgeResource(view, "limits", "memory", {
      message: `${view.containerLabel} can take all the memory of its node`,
      undecided: `whether ${view.containerLabel} has a memory limit is not known before the deployment`,
    }),
  ),
});

import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { judgeResource } from "../../../lib/container-resources.js";
import { onContainers } from "../../../shapes.js";

/**
 * Every container requests memory: itself, by its limit, by its pod (from 1.34), or by a LimitRange of its namespace.
 */
export const containerMemoryRequest = defineRule({
  id: "container-memory-request",
  title: "containers request memory",
  ring: "container",
  severity: "low",
  rationale:
    "The scheduler places pods by their requests, and a node short of memory evicts first what uses more than it asked for. One without has asked for nothing.",
  remediation: 'resources: { requests: { memory: "128Mi" } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_12, KSV-0016, C-0269, GK containerrequests, KSc container-resources, PO memoryRequestsMissing, KSEC RequestsMemory, AC_K8S_0099",
    { "nsa-cisa": ["hardening"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "none",
        resources: [container("web", {})],
        path: "spec.template.spec.containers[0].resources.requests.memory",
      },
    ],
    pass: [
      { title: "its own", resources: [container("web", { resources: { requests: { memory: "128Mi" } } })] },
      {
        title: "the namespace gives one",
        resources: [
          container("web", {}),
          manifest({
            apiVersion: "v1",
            kind: "LimitRange",
            metadata: { name: "defaults", namespace: "vote" },
            spec: { limits: [{ type: "Container", min: { memory: "64Mi" } }] },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "they are an output",
        resources: [container("web", { resources: { requests: unresolved("object") } })],
        path: "spec.template.spec.containers[0].resources.requests.memory",
      },
    ],
  },
  ...onContainers((view) =>
    judgeResource(view, "requests", "memory", {
      message: `${view.containerLabel} is placed without regard to the memory it needs, and evicted first`,
      undecided: `whether ${view.containerLabel} requests memory is not known before the deployment`,
    }),
  ),
});

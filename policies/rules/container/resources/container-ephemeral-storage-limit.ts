import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { judgeResource } from "../../../lib/container-resources.js";
import { onContainers } from "../../../shapes.js";

/**
 * Every container has a limit of ephemeral storage, its own or that of a LimitRange of its namespace. Volumes of kind
 * emptyDir count towards it.
 */
export const containerEphemeralStorageLimit = defineRule({
  id: "container-ephemeral-storage-limit",
  title: "containers have a limit of ephemeral storage",
  ring: "container",
  severity: "info",
  rationale:
    "Logs and scratch files of a container lie on the disk of its node. Without a limit one container fills it, and the node evicts the others.",
  remediation: 'resources: { limits: { "ephemeral-storage": "256Mi" } }',
  references: references(
    "catalogue/rules.csv: GK ephemeralstoragelimit, KSc container-ephemeral-storage-request-and-limit, KY require-emptydir-requests-and-limits",
    { attack: ["T1499"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "none",
        resources: [container("web", {})],
        path: "spec.template.spec.containers[0].resources.limits.ephemeral-storage",
      },
    ],
    pass: [
      { title: "its own", resources: [container("web", { resources: { limits: { "ephemeral-storage": "256Mi" } } })] },
      {
        title: "the namespace gives one",
        resources: [
          container("web", {}),
          manifest({
            apiVersion: "v1",
            kind: "LimitRange",
            metadata: { name: "defaults", namespace: "vote" },
            spec: { limits: [{ type: "Container", default: { "ephemeral-storage": "1Gi" } }] },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "they are an output",
        resources: [container("web", { resources: { limits: unresolved("object") } })],
        path: "spec.template.spec.containers[0].resources.limits.ephemeral-storage",
      },
    ],
  },
  ...onContainers((view) =>
    judgeResource(view, "limits", "ephemeral-storage", {
      message: `${view.containerLabel} can fill the disk of its node`,
      undecided: `whether ${view.containerLabel} has a limit of ephemeral storage is not known before the deployment`,
    }),
  ),
});

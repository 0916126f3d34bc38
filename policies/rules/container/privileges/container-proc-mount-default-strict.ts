import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { procMount } from "../../../lib/pod-security/baseline.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/**
 * The container keeps the masks of /proc, whatever its user namespace (`procMount`, Pod Security Standards,
 * restricted, from 1.35).
 */
export const containerProcMountDefaultStrict = defineRule({
  id: "container-proc-mount-default-strict",
  title: "the masks of /proc stay, in user namespaces too",
  ring: "container",
  severity: "medium",
  rationale:
    "A user namespace takes the power from what stands unmasked in /proc, not the sight of it. An application has no use for either; builders of containers inside containers are who asks for it.",
  remediation: 'securityContext: { procMount: "Default" }  // or leave it out',
  references: references("catalogue/rules.csv: none (PSA only)", { pss: ["restricted/procMount_restricted"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the masks are off, in a user namespace of its own",
        resources: [
          deployment("builder", {
            hostUsers: false,
            containers: [{ name: "builder", image: "builder", securityContext: { procMount: "Unmasked" } }],
          }),
        ],
        path: "spec.template.spec.containers[0].securityContext.procMount",
      },
    ],
    pass: [
      {
        title: "said, as it is by default",
        resources: [container("builder", { securityContext: { procMount: "Default" } })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("builder", { securityContext: { procMount: unresolved("string") } })],
        path: "spec.template.spec.containers[0].securityContext.procMount",
      },
    ],
  },
  ...onContainerCheck(procMount),
});

import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { procMountBaseline } from "../../../lib/pod-security/baseline.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/**
 * The container keeps the masks of /proc; from 1.35 a pod with a user namespace of its own need not (`procMount`, Pod
 * Security Standards, baseline).
 */
export const containerProcMountDefault = defineRule({
  id: "container-proc-mount-default",
  title: "the masks of /proc stay",
  ring: "container",
  severity: "medium",
  rationale:
    "Parts of /proc speak of the node, and some can be written to. The runtime hides them; without the masks a container sees, and as root changes, its node's kernel.",
  remediation:
    'securityContext: { procMount: "Default" }  // or leave it out; where it is needed, hostUsers: false for the pod',
  references: references(
    "catalogue/rules.csv: KSV-0027, KY disallow-proc-mount, GK proc-mount, KL unsafe-proc-mount, PO procMount, AC_K8S_0077, KICS",
    { pss: ["baseline/procMount"], attack: ["T1611"] },
  ),
  since: "0.1.0",
  covers: ["container-proc-mount-default-strict"],
  examples: {
    fail: [
      {
        title: "the masks are off",
        resources: [container("builder", { securityContext: { procMount: "Unmasked" } })],
        path: "spec.template.spec.containers[0].securityContext.procMount",
      },
    ],
    pass: [
      { title: "left out, which masks", resources: [container("builder", {})] },
      {
        title: "off, in a user namespace of its own",
        resources: [
          deployment("builder", {
            hostUsers: false,
            containers: [{ name: "builder", image: "builder", securityContext: { procMount: "Unmasked" } }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("builder", { securityContext: { procMount: unresolved("string") } })],
        path: "spec.template.spec.containers[0].securityContext.procMount",
      },
      {
        title: "an output decides whether there is a user namespace",
        resources: [
          deployment("builder", {
            hostUsers: unresolved("boolean"),
            containers: [{ name: "builder", image: "builder", securityContext: { procMount: "Unmasked" } }],
          }),
        ],
        path: "spec.template.spec.containers[0].securityContext.procMount",
      },
    ],
  },
  ...onContainerCheck(procMountBaseline),
});

import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { seccompBaseline } from "../../../lib/pod-security/profiles.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/**
 * Seccomp is not switched off: `seccompProfile.type` of pod and containers, before 1.19 the annotations (Pod Security
 * Standards, baseline). Left out is not judged here.
 */
export const podSeccompNotUnconfined = defineRule({
  id: "pod-seccomp-not-unconfined",
  title: "seccomp is not switched off",
  ring: "container",
  severity: "medium",
  rationale:
    "Unconfined is a choice: every system call is allowed, even on nodes whose kubelet gives every other pod the runtime's filter.",
  remediation: 'securityContext: { seccompProfile: { type: "RuntimeDefault" } }',
  references: references(
    "catalogue/rules.csv: KSV-0104, KY restrict-seccomp, GK seccomp/seccompv2, KSEC SeccompUnconfined, semgrep",
    { pss: ["baseline/seccompProfile_baseline"], attack: ["T1611"] },
  ),
  since: "0.1.0",
  covers: ["pod-seccomp-runtime-default"],
  examples: {
    fail: [
      {
        title: "switched off for a container",
        resources: [container("debug", { securityContext: { seccompProfile: { type: "Unconfined" } } })],
        path: "spec.template.spec.containers[0].securityContext.seccompProfile.type",
      },
      {
        title: "switched off for the pod",
        resources: [
          deployment("debug", {
            securityContext: { seccompProfile: { type: "Unconfined" } },
            containers: [{ name: "debug", image: "debug" }],
          }),
        ],
        path: "spec.template.spec.securityContext.seccompProfile.type",
      },
    ],
    pass: [
      { title: "left out, which is for another rule", resources: [container("debug", {})] },
      {
        title: "a profile of the node",
        resources: [
          container("debug", {
            securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "debug.json" } },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("debug", { securityContext: { seccompProfile: { type: unresolved("string") } } })],
        path: "spec.template.spec.containers[0].securityContext.seccompProfile.type",
      },
    ],
  },
  ...onContainerCheck(seccompBaseline),
});

import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";
import { seccompRestricted } from "../../../lib/pod-security/profiles.js";

/**
 * Every container has a seccomp profile, its own or the pod's: `RuntimeDefault` or `Localhost` (Pod Security Standards,
 * restricted). Left out, there is none.
 */
export const podSeccompRuntimeDefault = defineRule({
  id: "pod-seccomp-runtime-default",
  title: "system calls are filtered",
  ring: "container",
  severity: "medium",
  rationale:
    "Without a seccomp profile a container may make every system call, among them the rarely used ones in which flaws of the kernel are found.",
  remediation: 'securityContext: { seccompProfile: { type: "RuntimeDefault" } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_31, KSV-0030, C-0210, KY restrict-seccomp-strict, GK seccompv2, KSc container-seccomp-profile, KSEC SeccompAny, AC_K8S_0080, PRW",
    {
      "cis-kubernetes": ["5.6.2"],
      pss: ["restricted/seccompProfile_restricted"],
      "nsa-cisa": ["hardening"],
      "owasp-k8s": ["K01"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "left out, which filters nothing",
        resources: [container("vote", {})],
        path: "spec.template.spec.containers[0].securityContext.seccompProfile.type",
      },
      {
        title: "switched off for the pod",
        resources: [
          deployment("vote", {
            securityContext: { seccompProfile: { type: "Unconfined" } },
            containers: [{ name: "vote", image: "vote" }],
          }),
        ],
        path: "spec.template.spec.securityContext.seccompProfile.type",
      },
    ],
    pass: [
      {
        title: "said once, for the pod",
        resources: [
          deployment("vote", {
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
            containers: [{ name: "vote", image: "vote" }],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("vote", { securityContext: { seccompProfile: { type: unresolved("string") } } })],
        path: "spec.template.spec.containers[0].securityContext.seccompProfile.type",
      },
    ],
  },
  ...onContainerCheck(seccompRestricted),
});

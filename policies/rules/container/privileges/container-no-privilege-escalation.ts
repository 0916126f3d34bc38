import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";
import { allowPrivilegeEscalation } from "../../../lib/pod-security/restricted.js";

/**
 * `allowPrivilegeEscalation: false` stands at every container; left out, escalation is allowed (Pod Security Standards,
 * restricted).
 */
export const containerNoPrivilegeEscalation = defineRule({
  id: "container-no-privilege-escalation",
  title: "processes gain no more privileges than their parent",
  ring: "container",
  severity: "high",
  rationale:
    "A file that belongs to root and is marked set-user-ID turns an ordinary process into root. The setting switches that off for the whole container; without it, it is on.",
  remediation: "securityContext: { allowPrivilegeEscalation: false }",
  references: references(
    "catalogue/rules.csv: CKV_K8S_20, KSV-0001, C-0016, C-0197, KY disallow-privilege-escalation, GK allow-privilege-escalation, KL privilege-escalation-container, PO privilegeEscalationAllowed, KSEC AllowPrivilegeEscalation, AC_K8S_0085, semgrep, PRW, PPB",
    {
      "cis-eks-1.8.0": ["4.2.5"],
      "cis-kubernetes": ["5.2.6"],
      pss: ["restricted/allowPrivilegeEscalation"],
      "nsa-cisa": ["hardening"],
      "owasp-k8s": ["K01"],
      attack: ["T1068"],
    },
  ),
  since: "0.1.0",
  covers: ["pod-security-context-present"],
  examples: {
    fail: [
      {
        title: "left out, which allows it",
        resources: [container("vote", {})],
        path: "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation",
      },
    ],
    pass: [
      {
        title: "switched off",
        resources: [container("vote", { securityContext: { allowPrivilegeEscalation: false } })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("vote", { securityContext: { allowPrivilegeEscalation: unresolved("boolean") } })],
        path: "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation",
      },
    ],
  },
  ...onContainerCheck(allowPrivilegeEscalation),
});

import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";
import { runAsNonRoot } from "../../../lib/pod-security/restricted.js";

/**
 * `runAsNonRoot: true` holds for every container, by its own setting or the pod's; from 1.35 on a user namespace does
 * as well (Pod Security Standards, restricted).
 */
export const podRunAsNonRoot = defineRule({
  id: "pod-run-as-non-root",
  title: "containers must not run as root",
  ring: "container",
  severity: "high",
  rationale:
    "Root in a container is root to the kernel: a flaw there, or one wrong mount, is root on the node. Most images run as root when nobody says otherwise.",
  remediation: "securityContext: { runAsNonRoot: true, runAsUser: 10001 }",
  references: references(
    "catalogue/rules.csv: CKV_K8S_23, KSV-0012, C-0013, C-0198, KY require-run-as-nonroot, GK users, KL run-as-non-root, PO runAsRootAllowed, KSEC RunAsNonRoot, AC_K8S_0087, semgrep, PRW",
    {
      "cis-kubernetes": ["5.2.7"],
      pss: ["restricted/runAsNonRoot"],
      "nsa-cisa": ["hardening"],
      "pci-dss-4": ["7.2.1", "10.3.2"],
      "owasp-k8s": ["K01"],
      attack: ["T1611"],
    },
  ),
  since: "0.1.0",
  covers: ["container-high-uid"],
  examples: {
    fail: [
      {
        title: "nobody says so",
        resources: [container("vote", {})],
        path: "spec.template.spec.containers[0].securityContext.runAsNonRoot",
      },
      {
        title: "one container takes it back",
        resources: [
          deployment("vote", {
            securityContext: { runAsNonRoot: true },
            containers: [{ name: "vote", image: "vote", securityContext: { runAsNonRoot: false } }],
          }),
        ],
        path: "spec.template.spec.containers[0].securityContext.runAsNonRoot",
      },
    ],
    pass: [
      {
        title: "said once, for the pod",
        resources: [
          deployment("vote", {
            securityContext: { runAsNonRoot: true },
            containers: [{ name: "vote", image: "vote" }],
          }),
        ],
      },
      {
        title: "a user namespace of its own",
        resources: [deployment("vote", { hostUsers: false, containers: [{ name: "vote", image: "vote" }] })],
      },
    ],
    unknown: [
      {
        title: "an output decides for the pod",
        resources: [
          deployment("vote", {
            securityContext: { runAsNonRoot: unresolved("boolean") },
            containers: [{ name: "vote", image: "vote" }],
          }),
        ],
        path: "spec.template.spec.containers[0].securityContext.runAsNonRoot",
      },
    ],
  },
  ...onContainerCheck(runAsNonRoot),
});

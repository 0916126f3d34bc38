import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { privileged } from "../../../lib/pod-security/baseline.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/** No container of the three lists is privileged (`securityContext.privileged`, Pod Security Standards, baseline). */
export const podNoPrivileged = defineRule({
  id: "pod-no-privileged",
  title: "no container is privileged",
  ring: "container",
  severity: "critical",
  rationale:
    "A privileged container has every capability and every device of its node. Whoever gets into it owns the node, and with it every other pod there.",
  remediation: "securityContext: { privileged: false }  // and add the one capability that is needed, if any",
  references: references(
    "catalogue/rules.csv: CKV_K8S_16, KSV-0017, C-0057, C-0193, KY disallow-privileged-containers, GK privileged-containers, KL privileged-container, KSc container-security-context-privileged, PO runAsPrivileged, KSEC Privileged, AC_K8S_0046, KICS, PRW, PPB",
    {
      "cis-eks-1.8.0": ["4.2.1"],
      "cis-kubernetes": ["5.2.2"],
      pss: ["baseline/privileged"],
      "nsa-cisa": ["pod-security"],
      "pci-dss-4": ["7.2.1"],
      "owasp-k8s": ["K01"],
      attack: ["T1611", "T1610"],
    },
  ),
  since: "0.1.0",
  covers: [
    "container-capabilities-baseline",
    "container-drop-all-capabilities",
    "container-drop-net-raw",
    "container-no-privilege-escalation",
    "container-no-sys-admin",
    "container-no-sys-module",
    "container-proc-mount-default",
    "container-proc-mount-default-strict",
    "namespace-plaintext-traffic-interceptable",
    "pod-apparmor-not-overridden",
    "pod-seccomp-not-unconfined",
    "pod-seccomp-runtime-default",
    "pod-selinux-allowed",
  ],
  examples: {
    fail: [
      {
        title: "a privileged container",
        resources: [container("db", { securityContext: { privileged: true } })],
        path: "spec.template.spec.containers[0].securityContext.privileged",
      },
      {
        title: "an init container of a CronJob",
        resources: [
          manifest({
            apiVersion: "batch/v1",
            kind: "CronJob",
            metadata: { name: "backup", namespace: "vote" },
            spec: {
              jobTemplate: {
                spec: {
                  template: {
                    spec: {
                      initContainers: [{ name: "prepare", image: "busybox", securityContext: { privileged: true } }],
                      containers: [{ name: "backup", image: "busybox" }],
                    },
                  },
                },
              },
            },
          }),
        ],
        path: "spec.jobTemplate.spec.template.spec.initContainers[0].securityContext.privileged",
      },
    ],
    pass: [{ title: "left out, which is not privileged", resources: [container("db", {})] }],
    unknown: [
      {
        title: "an output decides",
        resources: [container("db", { securityContext: { privileged: unresolved("boolean") } })],
        path: "spec.template.spec.containers[0].securityContext.privileged",
      },
    ],
  },
  ...onContainerCheck(privileged),
});

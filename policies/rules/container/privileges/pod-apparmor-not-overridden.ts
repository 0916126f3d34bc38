import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { appArmorProfile } from "../../../lib/pod-security/profiles.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/**
 * AppArmor keeps the runtime's profile, or one of the node's: `appArmorProfile.type` of pod and containers, and the
 * annotation before it (Pod Security Standards, baseline).
 */
export const podApparmorNotOverridden = defineRule({
  id: "pod-apparmor-not-overridden",
  title: "AppArmor is not switched off",
  ring: "container",
  severity: "medium",
  rationale:
    "The runtime's AppArmor profile keeps a container from writing to /proc and /sys and from mounting file systems. Unconfined, nothing does but its capabilities.",
  remediation: 'securityContext: { appArmorProfile: { type: "RuntimeDefault" } }  // or leave it out',
  references: references(
    "catalogue/rules.csv: KSV-0002, KY restrict-apparmor-profiles, GK apparmor, KSEC ApparmorUnconfined, AC_K8S_0073",
    { pss: ["baseline/appArmorProfile"], "nsa-cisa": ["hardening"], "owasp-k8s": ["K01"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "switched off for a container",
        resources: [container("vpn", { securityContext: { appArmorProfile: { type: "Unconfined" } } })],
        path: "spec.template.spec.containers[0].securityContext.appArmorProfile.type",
      },
      {
        title: "the annotation of older versions",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Pod",
            metadata: {
              name: "vpn",
              namespace: "vote",
              annotations: { "container.apparmor.security.beta.kubernetes.io/vpn": "unconfined" },
            },
            spec: { containers: [{ name: "vpn", image: "vpn" }] },
          }),
        ],
        path: 'metadata.annotations["container.apparmor.security.beta.kubernetes.io/vpn"]',
      },
    ],
    pass: [
      { title: "left out, which is the runtime's", resources: [container("vpn", {})] },
      {
        title: "a profile of the node",
        resources: [
          container("vpn", { securityContext: { appArmorProfile: { type: "Localhost", localhostProfile: "vpn" } } }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("vpn", { securityContext: { appArmorProfile: { type: unresolved("string") } } })],
        path: "spec.template.spec.containers[0].securityContext.appArmorProfile.type",
      },
    ],
  },
  ...onContainerCheck(appArmorProfile),
});

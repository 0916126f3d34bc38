import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { seLinuxOptions } from "../../../lib/pod-security/baseline.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/**
 * SELinux keeps the types meant for containers, `container_engine_t` among them from 1.31, and no user or role is set
 * (`seLinuxOptions`, Pod Security Standards, baseline).
 */
export const podSelinuxAllowed = defineRule({
  id: "pod-selinux-allowed",
  title: "SELinux types are those meant for containers",
  ring: "container",
  severity: "medium",
  rationale:
    "On Bottlerocket and other nodes with SELinux, the type is what keeps a container from the node's files. A type such as spc_t takes that away; so does another user or role.",
  remediation: 'securityContext: { seLinuxOptions: { type: "container_t" } }  // or leave it out',
  references: references("catalogue/rules.csv: KSV-0025, KY disallow-selinux, GK selinux", {
    pss: ["baseline/seLinuxOptions"],
    "nsa-cisa": ["hardening"],
    "owasp-k8s": ["K01"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a type without bounds",
        resources: [container("agent", { securityContext: { seLinuxOptions: { type: "spc_t" } } })],
        path: "spec.template.spec.containers[0].securityContext.seLinuxOptions.type",
      },
      {
        title: "a user of the node",
        resources: [
          deployment("agent", {
            securityContext: { seLinuxOptions: { user: "system_u" } },
            containers: [{ name: "agent", image: "agent" }],
          }),
        ],
        path: "spec.template.spec.securityContext.seLinuxOptions.user",
      },
    ],
    pass: [
      {
        title: "a level alone, which only narrows",
        resources: [container("agent", { securityContext: { seLinuxOptions: { level: "s0:c123,c456" } } })],
      },
      {
        title: "a type for containers",
        resources: [container("agent", { securityContext: { seLinuxOptions: { type: "container_init_t" } } })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("agent", { securityContext: { seLinuxOptions: { type: unresolved("string") } } })],
        path: "spec.template.spec.containers[0].securityContext.seLinuxOptions.type",
      },
    ],
  },
  ...onContainerCheck(seLinuxOptions),
});

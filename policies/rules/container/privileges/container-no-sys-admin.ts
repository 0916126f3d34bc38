import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { judgeGrants } from "../../../lib/capabilities.js";
import { onContainers } from "../../../shapes.js";

/**
 * No container adds `SYS_ADMIN`, by name in any spelling that runtimes read, or with `ALL`. In a privileged container
 * the lists mean nothing.
 */
export const containerNoSysAdmin = defineRule({
  id: "container-no-sys-admin",
  title: "no container may administer the system",
  ring: "container",
  severity: "high",
  rationale:
    "SYS_ADMIN is so many rights in one that it is nearly root of the node: mounting, namespaces, the release agent of control groups. Ways out of a container begin with it.",
  remediation:
    'securityContext: { capabilities: { drop: ["ALL"] } }  // and add the narrower one that is needed, if any',
  references: references("catalogue/rules.csv: CKV_K8S_39, KSV-0005, KSEC CapSysAdmin, AC_K8S_0075, KICS", {
    "cis-kubernetes": ["5.2.9"],
    attack: ["T1611"],
  }),
  since: "0.1.0",
  coversAtPath: ["container-capabilities-baseline", "container-drop-all-capabilities"],
  covers: ["container-no-privilege-escalation"],
  examples: {
    fail: [
      {
        title: "by its name",
        resources: [container("agent", { securityContext: { capabilities: { add: ["SYS_ADMIN"] } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]",
      },
      {
        title: "with all the others",
        resources: [container("agent", { securityContext: { capabilities: { add: ["all"] } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]",
      },
    ],
    pass: [
      {
        title: "a capability of the network only",
        resources: [container("agent", { securityContext: { capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } } })],
      },
    ],
    unknown: [
      {
        title: "one name is an output",
        resources: [container("agent", { securityContext: { capabilities: { add: [unresolved("string")] } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]",
      },
    ],
  },
  ...onContainers((container) =>
    judgeGrants(container, "SYS_ADMIN", "mounts file systems and enters namespaces of its node"),
  ),
});

import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { judgeGrants } from "../../../lib/capabilities.js";
import { onContainers } from "../../../shapes.js";

/**
 * No container adds `SYS_MODULE`, by name in any spelling that runtimes read, or with `ALL`. In a privileged container
 * the lists mean nothing.
 */
export const containerNoSysModule = defineRule({
  id: "container-no-sys-module",
  title: "no container may load kernel modules",
  ring: "container",
  severity: "high",
  rationale:
    "A kernel module is code in the node's kernel. Who loads one owns the node and everything on it, and nothing on the node can see him.",
  remediation:
    'securityContext: { capabilities: { drop: ["ALL"] } }  // and add the narrower one that is needed, if any',
  references: references("catalogue/rules.csv: KSV-0120", { "cis-kubernetes": ["5.2.9"], attack: ["T1611"] }),
  since: "0.1.0",
  coversAtPath: ["container-capabilities-baseline", "container-drop-all-capabilities"],
  examples: {
    fail: [
      {
        title: "by its name",
        resources: [container("agent", { securityContext: { capabilities: { add: ["SYS_MODULE"] } } })],
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
        title: "a capability that runtimes give anyway",
        resources: [container("agent", { securityContext: { capabilities: { add: ["NET_BIND_SERVICE"] } } })],
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
  ...onContainers((container) => judgeGrants(container, "SYS_MODULE", "loads modules into the kernel of its node")),
});

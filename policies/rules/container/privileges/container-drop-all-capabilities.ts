import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";
import { capabilitiesRestricted } from "../../../lib/pod-security/restricted.js";

/** Every container drops `ALL` and adds nothing but `NET_BIND_SERVICE` (Pod Security Standards, restricted). */
export const containerDropAllCapabilities = defineRule({
  id: "container-drop-all-capabilities",
  title: "containers drop all capabilities",
  ring: "container",
  severity: "medium",
  rationale:
    "Left alone, a container may change the owner of files, forge packets and bind any port. Almost no program needs it; an intruder does.",
  remediation: 'securityContext: { capabilities: { drop: ["ALL"] } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_37, KSV-0003, KSV-0004, KSV-0106, C-0201, KY disallow-capabilities-strict/drop-all-capabilities, KSEC CapDropAll, KICS, PRW",
    {
      "cis-kubernetes": ["5.2.9"],
      pss: ["restricted/capabilities_restricted"],
      "nsa-cisa": ["hardening"],
      "owasp-k8s": ["K01"],
      attack: ["T1611"],
    },
  ),
  since: "0.1.0",
  coversAtPath: ["container-drop-net-raw"],
  examples: {
    fail: [
      {
        title: "left out, which keeps fourteen",
        resources: [container("vote", {})],
        path: "spec.template.spec.containers[0].securityContext.capabilities.drop",
      },
      {
        title: "one is added back",
        resources: [container("vote", { securityContext: { capabilities: { drop: ["ALL"], add: ["NET_ADMIN"] } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]",
      },
    ],
    pass: [
      {
        title: "all dropped, one harmless added",
        resources: [
          container("vote", { securityContext: { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } } }),
        ],
      },
    ],
    unknown: [
      {
        title: "the list is an output",
        resources: [container("vote", { securityContext: { capabilities: { drop: unresolved("list") } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.drop",
      },
    ],
  },
  ...onContainerCheck(capabilitiesRestricted),
});

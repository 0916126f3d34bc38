import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { capabilitiesBaseline } from "../../../lib/pod-security/baseline.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/**
 * No container adds a capability but the thirteen that the baseline allows (`capabilities.add`, Pod Security
 * Standards, baseline). Names count as written: `ALL`, `chown` and `CAP_CHOWN` are none of them.
 */
export const containerCapabilitiesBaseline = defineRule({
  id: "container-capabilities-baseline",
  title: "containers add no capability beyond the usual ones",
  ring: "container",
  severity: "high",
  rationale:
    "The capabilities that runtimes give by default stay inside the container. Most of the others reach past it: to the node's network, its kernel modules, the memory of other processes.",
  remediation: 'securityContext: { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }',
  references: references(
    "catalogue/rules.csv: CKV_K8S_25, KSV-0022 (over-strict, trivy#9844), C-0046, C-0200, KY disallow-capabilities, GK capabilities, PO insecure/dangerousCapabilities, KICS, PRW",
    {
      "cis-kubernetes": ["5.2.9"],
      pss: ["baseline/capabilities_baseline"],
      "nsa-cisa": ["hardening"],
      "owasp-k8s": ["K01"],
      attack: ["T1611"],
    },
  ),
  since: "0.1.0",
  coversAtPath: ["container-drop-all-capabilities", "container-drop-net-raw"],
  examples: {
    fail: [
      {
        title: "administration of the network",
        resources: [container("vpn", { securityContext: { capabilities: { add: ["NET_ADMIN"] } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]",
      },
      {
        title: "all of them",
        resources: [container("vpn", { securityContext: { capabilities: { add: ["CHOWN", "ALL"] } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.add[1]",
      },
    ],
    pass: [
      {
        title: "one that runtimes give anyway",
        resources: [
          container("web", {
            securityContext: { capabilities: { drop: ["ALL"], add: ["CHOWN", "NET_BIND_SERVICE"] } },
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "one name is an output",
        resources: [container("vpn", { securityContext: { capabilities: { add: [unresolved("string")] } } })],
        path: "spec.template.spec.containers[0].securityContext.capabilities.add[0]",
      },
    ],
  },
  ...onContainerCheck(capabilitiesBaseline),
});

import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { hostPorts } from "../../../lib/pod-security/baseline.js";
import { onContainerCheck } from "../../../lib/pod-security/index.js";

/** No container takes a port of its node (`ports[*].hostPort`, Pod Security Standards, baseline). 0 is none. */
export const containerNoHostPorts = defineRule({
  id: "container-no-host-ports",
  title: "containers take no port of their node",
  ring: "container",
  severity: "medium",
  rationale:
    "A port of the node is reachable wherever the node is, without a Service, and only one pod on each node can have it. Who watches Services and Ingresses does not see it.",
  remediation: "ports: [{ containerPort: 8080 }]  // and a Service in front of it",
  references: references(
    "catalogue/rules.csv: CKV_K8S_26, KSV-0024, C-0044, C-0204, KY disallow-host-ports(-range), GK host-network-ports, PO hostPortSet, PRW, KICS",
    {
      "cis-kubernetes": ["5.2.12"],
      pss: ["baseline/hostPorts"],
      "nsa-cisa": ["hardening"],
      "pci-dss-4": ["1.2.5", "1.2.8"],
      attack: ["T1610"],
    },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a port of the node",
        resources: [container("web", { ports: [{ containerPort: 8080, hostPort: 80 }] })],
        path: "spec.template.spec.containers[0].ports[0].hostPort",
      },
    ],
    pass: [
      {
        title: "a port of the container only",
        resources: [container("web", { ports: [{ containerPort: 8080 }, { containerPort: 9090, hostPort: 0 }] })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("web", { ports: [{ containerPort: 8080, hostPort: unresolved("number") }] })],
        path: "spec.template.spec.containers[0].ports[0].hostPort",
      },
      {
        title: "the ports are an output",
        resources: [container("web", { ports: unresolved("list") })],
        path: "spec.template.spec.containers[0].ports",
      },
    ],
  },
  ...onContainerCheck(hostPorts),
});

import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { onContainers } from "../../../shapes.js";
import { expectNumber, pass, unknown } from "../../../verdicts.js";

/** No container listens, by what it declares, below port 1024 (`ports[*].containerPort`). */
export const containerNoPrivilegedPorts = defineRule({
  id: "container-no-privileged-ports",
  title: "containers listen on ports that need no privilege",
  ring: "container",
  severity: "info",
  rationale:
    "Ports below 1024 are for root, for the capability NET_BIND_SERVICE, or for a kernel parameter. A Service can show port 80 all the same.",
  remediation: "ports: [{ containerPort: 8080 }]  // and the Service: { port: 80, targetPort: 8080 }",
  references: references("catalogue/rules.csv: KSV-0117, KL privileged-ports", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "port 80",
        resources: [container("web", { ports: [{ containerPort: 80 }] })],
        path: "spec.template.spec.containers[0].ports[0].containerPort",
      },
    ],
    pass: [{ title: "port 8080", resources: [container("web", { ports: [{ containerPort: 8080 }] })] }],
    unknown: [
      {
        title: "an output decides",
        resources: [container("web", { ports: [{ containerPort: unresolved("number") }] })],
        path: "spec.template.spec.containers[0].ports[0].containerPort",
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const ports = at.at("ports");
    const undecided = `the ports of ${containerLabel} are not known before the deployment`;
    if (ports.isUnknown) return unknown(ports, undecided);
    const verdicts = ports.items().map((port) =>
      expectNumber(port.at("containerPort"), {
        absent: undefined,
        accept: (number) => number === undefined || number >= 1024,
        message: `${containerLabel} listens on a port that is kept for root`,
        undecided,
      }),
    );
    return verdicts.length === 0 ? pass() : verdicts;
  }),
});

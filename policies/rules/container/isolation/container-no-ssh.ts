import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import type { Verdict } from "../../../model.js";
import { labelOf, onContainers, onKubernetes } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/** Where SSH servers listen: the assigned port, and the one that images choose which do not run as root. */
const SSH_PORTS: ReadonlySet<number> = new Set([22, 2222]);

const containers = onContainers(({ at, containerLabel }) =>
  judgePorts(at.at("ports"), ["containerPort"], `${containerLabel} serves SSH`),
);

const services = onKubernetes(["kubernetes:core/v1:Service"], ({ object, root }) =>
  judgePorts(root.at("spec", "ports"), ["port", "targetPort"], `${labelOf(object)} leads to SSH`),
);

/** No container declares, and no Service reaches, TCP port 22 or 2222, where SSH servers listen. */
export const containerNoSsh = defineRule({
  id: "container-no-ssh",
  title: "no container serves SSH",
  ring: "container",
  severity: "medium",
  rationale:
    "A shell server in a container is a second way in, with passwords and keys that Kubernetes knows nothing of: no RBAC, no audit log, no end of a session.",
  remediation:
    "Remove the port and the server; kubectl exec reaches a container with each person's own rights, and is logged",
  references: references("catalogue/rules.csv: C-0042, KL ssh-port", { attack: ["T1133"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the port of SSH",
        resources: [container("git", { ports: [{ containerPort: 22 }] })],
        path: "spec.template.spec.containers[0].ports[0].containerPort",
      },
      {
        title: "a Service that leads to it",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Service",
            metadata: { name: "git", namespace: "vote" },
            spec: { selector: { app: "git" }, ports: [{ port: 2022, targetPort: 22 }] },
          }),
        ],
        path: "spec.ports[0].targetPort",
      },
    ],
    pass: [
      {
        title: "another port",
        resources: [container("git", { ports: [{ containerPort: 8080 }, { containerPort: 22222 }] })],
      },
      {
        title: "the same number by UDP",
        resources: [container("game", { ports: [{ containerPort: 2222, protocol: "UDP" }, { containerPort: 8080 }] })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("git", { ports: [{ containerPort: unresolved("number") }] })],
        path: "spec.template.spec.containers[0].ports[0].containerPort",
      },
    ],
  },
  reads: [...containers.reads, ...services.reads],
  check: function* (context) {
    yield* containers.check(context);
    yield* services.check(context);
  },
});

function judgePorts(ports: Cursor, fields: readonly string[], message: string): readonly Verdict[] {
  const undecided = `whether ${message} is not known before the deployment`;
  if (ports.isUnknown) return [unknown(ports, undecided)];
  return ports
    .items()
    .filter((port) => !["UDP", "SCTP"].some((protocol) => port.at("protocol").string() === protocol))
    .map((port) => judgePort(port, fields, message, undecided));
}

function judgePort(port: Cursor, fields: readonly string[], message: string, undecided: string): Verdict {
  const numbers = fields.map((field) => port.at(field));
  const found = numbers.find((at) => isSsh(at));
  const late = numbers.find((at) => at.number() === UNKNOWN);
  const protocolLate = port.at("protocol").string() === UNKNOWN;
  if (found !== undefined) return protocolLate ? unknown(found, undecided) : fail(found, message);
  return late === undefined ? pass() : unknown(late, undecided);
}

function isSsh(at: Cursor): boolean {
  const number = at.number();
  return typeof number === "number" && SSH_PORTS.has(number);
}

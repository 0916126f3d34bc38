import { defineRule, references } from "../../../define.js";
import { container, manifest, unresolved } from "../../../examples.js";
import { onPods } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/** A planned Pod has no ephemeral containers (`spec.ephemeralContainers`). */
export const podNoEphemeralContainers = defineRule({
  id: "pod-no-ephemeral-containers",
  title: "no ephemeral container is planned",
  ring: "container",
  severity: "low",
  rationale:
    "Ephemeral containers are for a person who looks for a fault. In a program they are what was left behind: a shell with tools next to the application.",
  remediation: "Remove ephemeralContainers; `kubectl debug` adds one when it is needed",
  references: references("catalogue/rules.csv: KY block-ephemeral-containers", { attack: ["T1609"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a shell that stayed",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name: "web", namespace: "vote" },
            spec: {
              containers: [{ name: "web", image: "web" }],
              ephemeralContainers: [{ name: "debug", image: "busybox" }],
            },
          }),
        ],
        path: "spec.ephemeralContainers",
      },
    ],
    pass: [{ title: "containers only", resources: [container("web", {})] }],
    unknown: [
      {
        title: "an output decides",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name: "web", namespace: "vote" },
            spec: { containers: [], ephemeralContainers: unresolved("list") },
          }),
        ],
        path: "spec.ephemeralContainers",
      },
    ],
  },
  ...onPods((pod) => {
    const at = pod.spec.at("ephemeralContainers");
    if (at.isUnknown)
      return unknown(at, `whether ${pod.label} has ephemeral containers is not known before the deployment`);
    return at.items().length === 0 ? pass() : fail(at, `${pod.label} has an ephemeral container in the program`);
  }),
});

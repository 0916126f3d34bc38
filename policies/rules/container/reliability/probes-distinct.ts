import { renderPlanned } from "../../../../plan/model/index.js";
import { defineRule, references } from "../../../define.js";
import { container, unresolved } from "../../../examples.js";
import { onContainers } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

const ASK = { httpGet: { path: "/health", port: 8080 } };
const PATH = "spec.template.spec.containers[0].livenessProbe";

/** What decides that a container is started anew differs from what decides that it gets requests. */
export const probesDistinct = defineRule({
  id: "probes-distinct",
  title: "liveness and readiness ask different things",
  ring: "container",
  severity: "info",
  rationale:
    "A probe that waits for the database fails with it. As a readiness probe that is right; as a liveness probe it restarts every pod at once, and keeps them away from the database that is back.",
  remediation: 'livenessProbe: { httpGet: { path: "/live", port: 8080 } }  // what asks nobody else',
  references: references("catalogue/rules.csv: KSc pod-probes-identical, KY validate-probes", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "one and the same",
        resources: [container("web", { livenessProbe: ASK, readinessProbe: ASK })],
        path: PATH,
      },
    ],
    pass: [
      {
        title: "two paths",
        resources: [
          container("web", { livenessProbe: { httpGet: { path: "/live", port: 8080 } }, readinessProbe: ASK }),
        ],
      },
      {
        title: "one that waits longer before it acts",
        resources: [container("web", { livenessProbe: { ...ASK, failureThreshold: 10 }, readinessProbe: ASK })],
      },
    ],
    unknown: [
      {
        title: "one of them is an output",
        resources: [container("web", { livenessProbe: unresolved("object"), readinessProbe: ASK })],
        path: PATH,
      },
    ],
  },
  ...onContainers(({ at, containerLabel }) => {
    const [live, ready] = [at.at("livenessProbe"), at.at("readinessProbe")];
    if (live.isAbsent || ready.isAbsent) return notApplicable("it has not both probes");
    if (live.isUnknown || ready.isUnknown)
      return unknown(live, `whether the probes of ${containerLabel} differ is not known before the deployment`);
    return renderPlanned(live.value) === renderPlanned(ready.value)
      ? fail(live, `${containerLabel} is started anew whenever it is not ready, also when it only waits for others`)
      : pass();
  }),
});

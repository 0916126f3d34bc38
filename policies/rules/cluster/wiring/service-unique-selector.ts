import type { KubernetesObject } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onWorld } from "../../../shapes.js";
import { fail, notApplicable, pass, unknown } from "../../../verdicts.js";

function service(name: string, spec: ExampleObject) {
  return manifest({ apiVersion: "v1", kind: "Service", metadata: { name, namespace: "vote" }, spec });
}

/**
 * No two Services of a namespace select the same pods by the same labels, unless one of them is headless: a StatefulSet needs
 * both kinds.
 */
export const serviceUniqueSelector = defineRule({
  id: "service-unique-selector",
  title: "each Service selects pods of its own",
  ring: "cluster",
  severity: "info",
  rationale:
    "Two Services with one selector are mostly a copy whose labels were forgotten: what is opened by the one, or watched by the other, is not what somebody thinks.",
  remediation: 'selector: { app: "result" }  // the labels of the pods that are meant',
  references: references("catalogue/rules.csv: GK uniqueserviceselector, KY require-unique-service-selector", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a copy",
        resources: [service("vote", { selector: { app: "vote" } }), service("result", { selector: { app: "vote" } })],
        path: "spec.selector",
        on: "vote",
      },
    ],
    pass: [
      {
        title: "labels of its own",
        resources: [service("vote", { selector: { app: "vote" } }), service("result", { selector: { app: "result" } })],
      },
      {
        title: "one of the two is headless",
        resources: [
          service("db", { selector: { app: "db" } }),
          service("db-pods", { selector: { app: "db" }, clusterIP: "None" }),
        ],
      },
    ],
    unknown: [
      {
        title: "the selector is an output",
        resources: [service("vote", { selector: unresolved("object") })],
        path: "spec.selector",
      },
    ],
  },
  ...onWorld(["kubernetes:core/v1:Service"], function* ({ world }) {
    const known = new Map<string, KubernetesObject>();
    const services = [...world.find({ kind: "Service", group: "" })].sort((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1));
    for (const object of services) {
      const { resource, root } = object;
      const selector = root.at("spec", "selector");
      const labels = selector.entries().map(([key, value]) => [key, value.string()] as const);
      if (selector.isUnknown || labels.some(([, value]) => value === UNKNOWN))
        yield {
          resource,
          verdict: unknown(selector, `what ${labelOf(object)} selects is not known before the deployment`),
        };
      else if (labels.length === 0 || root.at("spec", "clusterIP").string() === "None")
        yield { resource, verdict: notApplicable("it selects no pods, or is headless") };
      else {
        const chosen = labels.map(([key, value]) => `${key}=${String(value)}`).sort();
        const key = [object.cluster, object.namespace ?? "", ...chosen].join("|");
        const other = known.get(key);
        known.set(key, other ?? object);
        yield {
          resource,
          verdict:
            other === undefined
              ? pass()
              : fail(selector, `${labelOf(object)} selects the same pods as ${labelOf(other)}`),
        };
      }
    }
  }),
});

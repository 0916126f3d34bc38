import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { judgeNamed } from "../../../lib/wiring.js";
import type { ExampleObject } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { fail } from "../../../verdicts.js";

const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });

function statefulSet(fields: ExampleObject) {
  return manifest({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db", namespace: "vote" },
    spec: { selector: { matchLabels: { app: "db" } }, template: {}, ...fields },
  });
}

const SERVICE = manifest(
  { apiVersion: "v1", kind: "Service", metadata: { name: "db", namespace: "vote" }, spec: { clusterIP: "None" } },
  { as: "service" },
);

/** A StatefulSet names the Service that gives its pods their names (`serviceName`), and the Service is there. */
export const statefulsetHeadlessService = defineRule({
  id: "statefulset-headless-service",
  title: "a StatefulSet names the Service of its pods",
  ring: "cluster",
  severity: "info",
  rationale:
    "Without its Service the pods of a StatefulSet have no names in the DNS: replicas that look for each other by name never find each other.",
  remediation: 'serviceName: "db"  // and a Service of that name with clusterIP: None',
  references: references("catalogue/rules.csv: KSc statefulset-has-servicename, KICS", {}),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "none is named", resources: [statefulSet({})], path: "spec.serviceName" },
      {
        title: "it is not there",
        resources: [statefulSet({ serviceName: "db" }), NAMESPACE],
        path: "spec.serviceName",
      },
    ],
    pass: [{ title: "it is there", resources: [statefulSet({ serviceName: "db" }), NAMESPACE, SERVICE] }],
    unknown: [
      {
        title: "an output decides",
        resources: [statefulSet({ serviceName: unresolved("string") })],
        path: "spec.serviceName",
      },
    ],
  },
  ...onKubernetes(["kubernetes:apps/v1:StatefulSet"], ({ object, root, world }) => {
    const at = root.at("spec", "serviceName");
    if (at.isAbsent || at.string() === "")
      return fail(at, `${labelOf(object)} names no Service: its pods have no names`);
    return judgeNamed(world, object, at, { group: "", kind: "Service" }, "names its pods by");
  }),
  reads: ["kubernetes:apps/v1:StatefulSet", "kubernetes:core/v1:Service"],
});

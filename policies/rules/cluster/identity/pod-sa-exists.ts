import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import { judgeNamed } from "../../../lib/wiring.js";
import { onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { notApplicable } from "../../../verdicts.js";

const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });
const ACCOUNT = manifest(
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "web", namespace: "vote" } },
  { as: "account" },
);
const PATH = "spec.template.spec.serviceAccountName";

/** The service account that a pod names is in the plan, where the plan makes the namespace. `default` is always there. */
export const podSaExists = defineRule({
  id: "pod-sa-exists",
  title: "a pod names a service account that there is",
  ring: "cluster",
  severity: "low",
  rationale:
    "Admission refuses a pod whose service account is missing, and no pod starts. Whoever may create service accounts makes it, with a role of the cloud in its annotation.",
  remediation: "kind: ServiceAccount, metadata: { name: web, namespace: vote }",
  references: references("catalogue/rules.csv: KL non-existent-service-account, C-0307, KY check-sa", {}),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "nobody makes it",
        resources: [deployment("web", { serviceAccountName: "web", containers: [] }), NAMESPACE],
        path: PATH,
      },
    ],
    pass: [
      {
        title: "it is there",
        resources: [deployment("web", { serviceAccountName: "web", containers: [] }), NAMESPACE, ACCOUNT],
      },
      {
        title: "that of the namespace",
        resources: [deployment("web", { serviceAccountName: "default", containers: [] }), NAMESPACE],
      },
    ],
    unknown: [
      {
        title: "the namespace is made elsewhere, perhaps the account too",
        resources: [deployment("web", { serviceAccountName: "web", containers: [] })],
        path: PATH,
      },
      {
        title: "the name is an output",
        resources: [deployment("web", { serviceAccountName: unresolved("string"), containers: [] })],
        path: PATH,
      },
    ],
  },
  ...onPods(({ spec, workload: { object }, world }) => {
    const stated = spec.at("serviceAccountName");
    const at = stated.isAbsent ? spec.at("serviceAccount") : stated;
    if (at.isAbsent || at.string() === "default") return notApplicable("the default service account is always there");
    return judgeNamed(world, object, at, { group: "", kind: "ServiceAccount" }, "runs as");
  }),
  reads: [...WORKLOAD_TYPES, "kubernetes:core/v1:ServiceAccount"],
});

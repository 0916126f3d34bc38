import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { workloadsIn } from "../../../lib/selecting.js";
import type { ExampleValue } from "../../../model.js";
import { labelOf, onKubernetes, WORKLOAD_TYPES } from "../../../shapes.js";
import { failWhole, notApplicable, pass, unknownWhole } from "../../../verdicts.js";

const PART_OF = "app.kubernetes.io/part-of";
const NAMESPACE = manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name: "vote" } }, { as: "ns" });

function deployment(name: string, app: ExampleValue) {
  return manifest({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: "vote", labels: { [PART_OF]: app } },
    spec: { template: { spec: { containers: [] } } },
  });
}

/** The workloads of a namespace belong to one application, by their label `app.kubernetes.io/part-of`. */
export const namespaceBoundaries = defineRule({
  id: "namespace-boundaries",
  title: "a namespace holds one application",
  ring: "cluster",
  severity: "info",
  rationale:
    "Rights, Secrets, quotas and policies end at the namespace. Applications that share one share all of them, whoever looks after each.",
  remediation: "metadata: { namespace: shop }  // a namespace for each application",
  references: references("catalogue/rules.csv: C-0209 manual", {
    "cis-eks-1.8.0": ["4.5.1"],
    "cis-kubernetes": ["5.6.1"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "two applications",
        resources: [NAMESPACE, deployment("vote", "voting"), deployment("shop", "shop")],
        path: "",
      },
    ],
    pass: [
      {
        title: "two parts of one",
        resources: [NAMESPACE, deployment("vote", "voting"), deployment("result", "voting")],
      },
    ],
    unknown: [
      {
        title: "what one belongs to is an output",
        resources: [NAMESPACE, deployment("vote", "voting"), deployment("shop", unresolved("string"))],
        path: "",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Namespace"], ({ object, world }) => {
    const labels = workloadsIn(world, object.cluster, object.name).map(({ object: { root } }) =>
      root.at("metadata", "labels").at(PART_OF).string(),
    );
    const apps = new Set(labels.filter((label) => typeof label === "string"));
    if (apps.size > 1)
      return failWhole(`${labelOf(object)} holds ${apps.size} applications: ${[...apps].sort().join(", ")}`);
    if (labels.includes(UNKNOWN))
      return unknownWhole(`which applications ${labelOf(object)} holds is not known before the deployment`);
    return apps.size === 0 ? notApplicable("its workloads say nothing of their application") : pass();
  }),
  reads: ["kubernetes:core/v1:Namespace", ...WORKLOAD_TYPES],
});

import type { Cursor } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, manifest, unresolved } from "../../../examples.js";
import type { ExampleObject } from "../../../model.js";
import { textList } from "../../../parameters.js";
import { labelOf, onKubernetes, WORKLOAD_TYPES } from "../../../shapes.js";
import { expectPresent, notApplicable } from "../../../verdicts.js";

const LABELS = textList({
  name: "labels",
  about: "Labels that each workload, Service and ingress must carry.",
  fallback: ["app.kubernetes.io/name"],
});
const ANNOTATIONS = textList({
  name: "annotations",
  about: "Annotations that each workload, Service and ingress must carry.",
  fallback: [],
});
const NAME = "app.kubernetes.io/name";
const PATH = `metadata.labels["${NAME}"]`;

function service(metadata: ExampleObject) {
  return manifest({ apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "vote", ...metadata } });
}

/**
 * Workloads, Services and ingresses carry the labels and annotations that the parameters name: `app.kubernetes.io/name` unless
 * told.
 */
export const requiredLabelsAnnotations = defineRule({
  id: "required-labels-annotations",
  title: "objects say what they belong to",
  ring: "code",
  severity: "info",
  rationale:
    "In an incident somebody asks whose this is. A label answers, to people, to bills and to policies that select by it.",
  remediation: 'labels: { "app.kubernetes.io/name": "vote", "app.kubernetes.io/part-of": "voting" }',
  references: references(
    "catalogue/rules.csv: KL required-label-owner/-annotation-email, GK requiredlabels/requiredannotations, KY require-labels, AC_K8S_0013, PCP ×7, C-0076, C-0077",
    {},
  ),
  since: "0.1.0",
  parameters: [LABELS, ANNOTATIONS],
  examples: {
    fail: [
      { title: "no label", resources: [deployment("web", { containers: [] })], path: PATH },
      {
        title: "an annotation that was asked for",
        resources: [service({ labels: { [NAME]: "web" } })],
        path: "metadata.annotations.owner",
        parameters: { annotations: ["owner"] },
      },
    ],
    pass: [
      { title: "it has the label", resources: [service({ labels: { [NAME]: "web" } })] },
      {
        title: "another label was asked for",
        resources: [service({ labels: { team: "shop" } })],
        parameters: { labels: ["team"] },
      },
    ],
    unknown: [
      { title: "the labels are an output", resources: [service({ labels: unresolved("object") })], path: PATH },
    ],
  },
  ...onKubernetes(
    [...WORKLOAD_TYPES, "kubernetes:core/v1:Service", "kubernetes:networking.k8s.io/v1:Ingress"],
    ({ object, parameters, root }) => {
      const at = (field: string, names: readonly string[]): readonly Cursor[] =>
        names.map((name) => root.at("metadata", field).at(name));
      const wanted = [...at("labels", parameters.of(LABELS)), ...at("annotations", parameters.of(ANNOTATIONS))];
      if (wanted.length === 0) return notApplicable("nothing is asked for");
      return wanted.map((place) =>
        expectPresent(place, {
          message: `${labelOf(object)} does not say what it belongs to`,
          undecided: `what ${labelOf(object)} says of itself is not known before the deployment`,
        }),
      );
    },
  ),
});

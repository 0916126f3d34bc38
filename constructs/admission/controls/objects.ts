import { issue } from "../../../core/issue.js";
import type { Issue } from "../../../core/issue.js";
import { celList, LABELS } from "../cel.js";
import type { ExpressionControl } from "../control.js";
import { APPLICATION_OBJECTS, NAMESPACES, WORKLOADS } from "../resources.js";

/** Nothing of an application lies in the namespace `default`. */
export function noDefaultNamespace(): ExpressionControl {
  return {
    kind: "expression",
    id: "no-default-namespace",
    title: "nothing of an application lies in the namespace default",
    rationale: "what careless commands leave there shares identity, network and quota with everything else",
    matches: APPLICATION_OBJECTS,
    // What lies there already may be changed and taken down.
    unchanged: "true",
    exemptions: "namespaced",
    validations: [
      {
        expression: "object.metadata.namespace != 'default'",
        message: "give the application a namespace of its own",
      },
    ],
  };
}

/** Arguments of {@link requiredLabels}. */
export interface RequiredLabelsOptions {
  /** Keys, at least one; each must have a value that is not empty. */
  readonly labels: readonly string[];
  /** @default "workloads" */
  readonly on?: "namespaces" | "workloads";
}

/** Workloads, or namespaces, say to whom they belong. */
export function requiredLabels({ labels, on = "workloads" }: RequiredLabelsOptions): ExpressionControl {
  const old = LABELS.replaceAll("object.", "oldObject.");
  return {
    kind: "expression",
    id: "required-labels",
    title: `${on} carry the labels that people look for`,
    rationale: "in an incident nobody knows whom to call",
    matches: on === "workloads" ? WORKLOADS : NAMESPACES,
    unchanged: `${LABELS} == ${old}`,
    exemptions: on === "workloads" ? "namespaced" : "namespace",
    variables: [{ name: "labels", expression: LABELS }],
    validations: [
      {
        expression: `${celList(labels)}.all(label, label in variables.labels && variables.labels[label] != '')`,
        message: `the object must have the labels ${labels.join(", ")}`,
      },
    ],
    issues: checkLabels(labels),
  };
}

/** The keys that Kubernetes takes (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/). */
const LABEL_KEY = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

function checkLabels(labels: readonly string[]): readonly Issue[] {
  if (labels.length === 0)
    return [issue("Required", "labels", "must name at least one label", labels, "Say which labels are missed")];
  return labels.flatMap((label, i) =>
    LABEL_KEY.test(label)
      ? []
      : [issue("Malformed", `labels[${i}]`, "must be the key of a label", label, "Write it like 'example.com/team'")],
  );
}

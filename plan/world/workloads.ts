import { isBuiltInGroup } from "../../core/data/cluster-scoped-kinds.js";
import type { Cursor } from "./cursor.js";
import { POD_TEMPLATES } from "./data/pod-templates.js";
import type { TemplatePath } from "./data/pod-templates.js";
import type { KubernetesObject } from "./kubernetes.js";
import { knownLabels } from "./kubernetes.js";

/** The three lists of containers of a pod, in the order in which Kubernetes runs them. */
export type ContainerKind = "initContainers" | "containers" | "ephemeralContainers";

/** One container of a workload. */
export interface WorkloadContainer {
  readonly kind: ContainerKind;
  readonly name: string;
  readonly at: Cursor;
}

/** Anything that runs pods, with the pod it runs. */
export interface Workload {
  readonly object: KubernetesObject;
  /** The pod's spec, wherever the kind keeps it. */
  readonly podSpec: Cursor;
  /** The pod's metadata: the template's, or the Pod's own. */
  readonly podMetadata: Cursor;
  /** Labels of the pods, as selectors see them. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly containers: readonly WorkloadContainer[];
}

const CONTAINER_KINDS: readonly ContainerKind[] = ["initContainers", "containers", "ephemeralContainers"];

/** The first of {@link workloadsOf}; `undefined` for kinds that run no pods. */
export function workloadOf(object: KubernetesObject): Workload | undefined {
  return workloadsOf(object)[0];
}

/**
 * What an object runs: one workload for each of its pod templates. Kinds of operators (Rollouts, JobSets, ...) may have
 * several, and none where they leave their template out.
 */
export function workloadsOf(object: KubernetesObject): readonly Workload[] {
  const paths = POD_TEMPLATES[`${object.group}/${object.kind}`];
  if (paths === undefined) return [];
  const templates = paths.flatMap((path) => placesAt(object.root, path));
  const there = isBuiltInGroup(object.group) ? templates : templates.filter((t) => !t.at("spec").isAbsent);
  return there.map((template) => workloadAt(object, template));
}

/** The places that a path leads to; `*` is every item of a list and every value of a map. */
function placesAt(from: Cursor, path: TemplatePath): readonly Cursor[] {
  const star = path.indexOf("*");
  if (star === -1) return [from.at(...path)];
  const holder = from.at(...path.slice(0, star));
  const entries = holder.entries().map(([, value]) => value);
  return (entries.length > 0 ? entries : holder.items()).flatMap((place) => placesAt(place, path.slice(star + 1)));
}

function workloadAt(object: KubernetesObject, template: Cursor): Workload {
  const podSpec = template.at("spec");
  const podMetadata = template.at("metadata");
  return {
    object,
    podSpec,
    podMetadata,
    podLabels: knownLabels(podMetadata.at("labels")),
    containers: CONTAINER_KINDS.flatMap((kind) => containersOf(podSpec, kind)),
  };
}

function containersOf(podSpec: Cursor, kind: ContainerKind): WorkloadContainer[] {
  return podSpec
    .at(kind)
    .items()
    .map((at, i) => {
      const name = at.at("name").string();
      return { kind, name: typeof name === "string" ? name : `${kind}[${i}]`, at };
    });
}

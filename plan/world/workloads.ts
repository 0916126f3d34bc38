import type { Cursor } from "./cursor.js";
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

/** Where each kind keeps its pod template; a Pod is its own. */
const TEMPLATE: Readonly<Record<string, readonly string[]>> = {
  "/Pod": [],
  "/PodTemplate": ["template"],
  "/ReplicationController": ["spec", "template"],
  "apps/ReplicaSet": ["spec", "template"],
  "apps/Deployment": ["spec", "template"],
  "apps/StatefulSet": ["spec", "template"],
  "apps/DaemonSet": ["spec", "template"],
  "batch/Job": ["spec", "template"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
};

const CONTAINER_KINDS: readonly ContainerKind[] = ["initContainers", "containers", "ephemeralContainers"];

/** The workload that an object is; `undefined` for kinds that run no pods. */
export function workloadOf(object: KubernetesObject): Workload | undefined {
  const steps = TEMPLATE[`${object.group}/${object.kind}`];
  if (steps === undefined) return undefined;
  const template = object.root.at(...steps);
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

import { ApiObject, Chart, JsonPatch, Lazy } from "cdk8s";
import type { Construct, IConstruct } from "constructs";
import { issue } from "../core/issue.js";
import { RELAXATIONS_ANNOTATION } from "../core/relaxation.js";
import type { Relaxation } from "../core/relaxation.js";
import { validateWith } from "./checks.js";
import type { StringMap } from "./manifest.js";

/** Value of the label `app.kubernetes.io/managed-by` on every object made here. */
export const MANAGED_BY = "ringfence";

/** The label by which a workload's pods are selected, by its services, spread, budget and network policies alike. */
export const NAME_LABEL = "app.kubernetes.io/name";

/** What {@link objectOf} writes beside `metadata`; `spec`, `rules`, `data` and so on, as the kind has it. */
export interface ObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Left out for objects of the cluster. */
  readonly namespace?: string;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  /** Written into {@link RELAXATIONS_ANNOTATION}; asked for at synthesis, so that later calls count. */
  readonly relaxations?: () => readonly Relaxation[];
  /** All of the manifest but its type and metadata. */
  readonly body: object;
}

/** One Kubernetes object. Without a namespace it is one of the cluster, also in a chart that has a namespace. */
export function objectOf(scope: Construct, id: string, props: ObjectProps): ApiObject {
  const { relaxations } = props;
  const object = new ApiObject(scope, id, {
    apiVersion: props.apiVersion,
    kind: props.kind,
    metadata: {
      name: props.name,
      ...(props.namespace === undefined ? {} : { namespace: props.namespace }),
      labels: { ...props.labels, "app.kubernetes.io/managed-by": MANAGED_BY },
      annotations: {
        ...props.annotations,
        ...(relaxations === undefined ? {} : { [RELAXATIONS_ANNOTATION]: lazy(() => annotationOf(relaxations())) }),
      },
    },
    ...props.body,
  });
  if (props.namespace === undefined) {
    if (Chart.of(scope).namespace !== undefined) object.addJsonPatch(JsonPatch.remove("/metadata/namespace"));
    takeName(object, props);
  }
  return object;
}

/** How many objects of the cluster there are by kind and name in a construct tree. */
const TAKEN = new WeakMap<IConstruct, Map<string, number>>();

/** Counts an object of the cluster now, and tells at synthesis, once all are made, whether another has its name: the last one applied would win. */
function takeName(object: ApiObject, { apiVersion, kind, name }: ObjectProps): void {
  const taken = TAKEN.get(object.node.root) ?? new Map<string, number>();
  const key = `${apiVersion} ${kind} ${name}`;
  TAKEN.set(object.node.root, taken.set(key, (taken.get(key) ?? 0) + 1));
  const advice = "Choose another name, or make it once";
  validateWith(object, () =>
    taken.get(key) === 1 ? [] : [issue("Duplicate", "name", `must be the only ${kind} of that name`, name, advice)],
  );
}

/** A value that is asked for at synthesis, when every call on the constructs has been made. */
export function lazy<T>(produce: () => T | undefined): T {
  return Lazy.any({ produce }) as T;
}

/** The text of {@link RELAXATIONS_ANNOTATION}; nothing when nothing was loosened. */
export function annotationOf(relaxations: readonly Relaxation[]): string | undefined {
  if (relaxations.length === 0) return undefined;
  return JSON.stringify(relaxations.map(({ choice, reason }) => ({ choice, reason })));
}

import type { PlannedResource } from "../plan/model/index.js";
import type { Cursor, KubernetesObject, World, Workload, WorkloadContainer } from "../plan/world/index.js";
import type { Outcome, Rule, RuleContext, Verdict } from "./model.js";
import { notApplicable, unknown } from "./verdicts.js";

/** One verdict, or one for each place within the resource. */
export type Verdicts = Verdict | readonly Verdict[];

/** A verdict and the resource it is about. */
export interface Found {
  readonly resource: PlannedResource;
  readonly verdict: Verdict;
}

/** The part of a rule that reads and judges. */
export type RuleBody = Pick<Rule, "reads" | "check">;

/** A resource under judgement. */
export interface ResourceView extends RuleContext {
  readonly resource: PlannedResource;
  /** Its inputs. */
  readonly inputs: Cursor;
}

/** A Kubernetes object under judgement. */
export interface ObjectView extends RuleContext {
  readonly object: KubernetesObject;
  /** The object itself. */
  readonly root: Cursor;
}

/** The pods of a workload under judgement. */
export interface PodView extends RuleContext {
  readonly workload: Workload;
  /** The pod's spec. */
  readonly spec: Cursor;
  /** For messages: `Deployment 'vote/db'`. */
  readonly label: string;
}

/** One container of a pod under judgement. */
export interface ContainerView extends PodView {
  readonly container: WorkloadContainer;
  readonly at: Cursor;
  /** For messages: `container 'db' of Deployment 'vote/db'`. */
  readonly containerLabel: string;
}

/** Everything that runs pods; of each kind the stable version. */
export const WORKLOAD_TYPES = [
  "kubernetes:core/v1:Pod",
  "kubernetes:core/v1:PodTemplate",
  "kubernetes:core/v1:ReplicationController",
  "kubernetes:apps/v1:ReplicaSet",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:batch/v1:Job",
  "kubernetes:batch/v1:CronJob",
] as const;

const KUBERNETES_TYPE = /^kubernetes:([^/]+)\/[^:]+:(.+)$/;

/** Judges each resource of these wire tokens by itself. */
export function onResource(types: readonly string[], check: (view: ResourceView) => Verdicts): RuleBody {
  return {
    reads: types,
    check: function* (context) {
      for (const resource of context.world.ofType(...types))
        yield* outcomes(resource, () => check({ ...context, resource, inputs: context.world.inputsOf(resource) }));
    },
  };
}

/**
 * Judges each Kubernetes object of these kinds by itself. A token names group and kind; every version of the group is
 * read.
 */
export function onKubernetes(types: readonly string[], check: (view: ObjectView) => Verdicts): RuleBody {
  return {
    reads: types,
    check: function* (context) {
      for (const object of types.flatMap((type) => objectsOf(context.world, type)))
        yield* outcomes(object.resource, () => check({ ...context, object, root: object.root }));
    },
  };
}

/** Judges the pods of each workload of every kind. */
export function onPods(check: (view: PodView) => Verdicts): RuleBody {
  return {
    reads: WORKLOAD_TYPES,
    check: function* (context) {
      for (const workload of context.world.workloads)
        yield* outcomes(workload.object.resource, () => check(podView(context, workload)));
    },
  };
}

/** Judges each container of the three lists of each workload. A list that is not known yet gives `unknown`. */
export function onContainers(check: (view: ContainerView) => Verdicts): RuleBody {
  return onPods((pod) => [...unreadableLists(pod), ...containersOf(pod).flatMap((container) => check(container))]);
}

/** Judges what several resources make together; the check says which resource each verdict is about. */
export function onWorld(reads: readonly string[], check: (context: RuleContext) => Iterable<Found>): RuleBody {
  return {
    reads,
    check: function* (context) {
      try {
        yield* check(context);
      } catch (thrown) {
        yield { resource: undefined, thrown };
      }
    },
  };
}

/** The Kubernetes objects of a token's group and kind, at any version. */
export function objectsOf(world: World, type: string): readonly KubernetesObject[] {
  const [, group = "", kind = ""] = KUBERNETES_TYPE.exec(type) ?? [];
  return world.find({ kind, group: group === "core" ? "" : group });
}

/** Views by judgement and workload: many rules look at the same pods. */
const views = new WeakMap<RuleContext, Map<Workload, PodView>>();
const containerViews = new WeakMap<PodView, readonly ContainerView[]>();

/** A workload as its rules see it. */
export function podView(context: RuleContext, workload: Workload): PodView {
  let known = views.get(context);
  if (known === undefined) views.set(context, (known = new Map<Workload, PodView>()));
  let view = known.get(workload);
  if (view === undefined)
    known.set(workload, (view = { ...context, workload, spec: workload.podSpec, label: labelOf(workload.object) }));
  return view;
}

/** The containers of the three lists, as rules see them. */
export function containersOf(pod: PodView): readonly ContainerView[] {
  let found = containerViews.get(pod);
  if (found === undefined) {
    found = pod.workload.containers.map((container) => ({
      ...pod,
      container,
      at: container.at,
      containerLabel: `container '${container.name}' of ${pod.label}`,
    }));
    containerViews.set(pod, found);
  }
  return found;
}

const unreadable = new WeakMap<PodView, readonly Verdict[]>();

/** An `unknown` for each list of containers that cannot be read yet. */
export function unreadableLists(pod: PodView): readonly Verdict[] {
  let found = unreadable.get(pod);
  if (found === undefined) unreadable.set(pod, (found = findUnreadableLists(pod)));
  return found;
}

function findUnreadableLists(pod: PodView): readonly Verdict[] {
  const lists = pod.spec.isUnknown
    ? [pod.spec]
    : (["initContainers", "containers", "ephemeralContainers"] as const).map((kind) => pod.spec.at(kind));
  return lists
    .filter((list) => list.isUnknown)
    .map((at) => unknown(at, `the containers of ${pod.label} are not known before the deployment`));
}

/** An object as messages name it: `Deployment 'vote/db'`, `Namespace 'vote'`; a patch by the kind that it patches. */
export function labelOf(object: KubernetesObject): string {
  const place = object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
  return `${object.kind.replace(/Patch$/, "")} '${place}'`;
}

function* outcomes(resource: PlannedResource, check: () => Verdicts): Iterable<Outcome> {
  let verdicts: Verdicts;
  try {
    verdicts = check();
  } catch (thrown) {
    yield { resource, thrown };
    return;
  }
  const list = "kind" in verdicts ? [verdicts] : verdicts;
  if (list.length === 0) yield { resource, verdict: notApplicable("nothing of it is here") };
  for (const verdict of list) yield { resource, verdict };
}

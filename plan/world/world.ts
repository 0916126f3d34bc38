import { DEFAULT_KUBERNETES_VERSION } from "../../core/data/kubernetes-versions.js";
import type { Plan, PlannedResource } from "../model/resource.js";
import type { PlannedValue, Urn } from "../model/values.js";
import { Concat, isPlannedList, isPlannedObject, Ref, Secret, Unknown, walk } from "../model/values.js";
import type { ClassicView } from "./aws-forms/index.js";
import { classicToken, classicViews } from "./aws-forms/index.js";
import { Cursor } from "./cursor.js";
import type { KubernetesObject } from "./kubernetes.js";
import { kubernetesObject } from "./kubernetes.js";
import type { Workload } from "./workloads.js";
import { workloadsOf } from "./workloads.js";

/** One mention of a resource in the inputs of another. */
export interface Mention {
  readonly resource: PlannedResource;
  /** Where in the inputs: `vpcConfig.subnetIds[0]`. */
  readonly path: string;
}

/** Which Kubernetes objects to look for; what is left out does not restrict. */
export interface ObjectQuery {
  /** API group, empty for the core group. Any when left out. */
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** See {@link KubernetesObject.cluster}. */
  readonly cluster?: string;
}

/** The index that rules and facts read: built once from a plan, in one pass, and never changed. */
export class World {
  readonly plan: Plan;
  /**
   * What will be there after the deployment: all of the plan but what it deletes. Resources of AWS stand in the form of
   * `@pulumi/aws`, whatever form the plan has them in; see {@link World.plannedAt}.
   */
  readonly resources: readonly PlannedResource[];
  /** Every Kubernetes object in the plan. */
  readonly objects: readonly KubernetesObject[];
  /** Everything that runs pods. */
  readonly workloads: readonly Workload[];
  /** Minor version that the objects are judged at: as given, else the plan's only cluster version, else 1.36. */
  readonly kubernetesVersion: string;

  readonly #byUrn = new Map<string, PlannedResource>();
  readonly #byType = new Map<string, PlannedResource[]>();
  readonly #byKind = new Map<string, KubernetesObject[]>();
  readonly #byKindAndNamespace = new Map<string, KubernetesObject[]>();
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #children = new Map<string, PlannedResource[]>();
  readonly #views = new Map<PlannedResource, ClassicView>();
  #mentions: Map<string, Mention[]> | undefined;

  constructor(plan: Plan, options: { readonly kubernetesVersion?: string } = {}) {
    this.plan = plan;
    this.resources = plan.resources.filter((r) => r.operation !== "delete").flatMap((r) => this.#classic(r));
    for (const resource of this.resources) {
      this.#byUrn.set(resource.urn, resource);
      push(this.#byType, resource.type, resource);
      if (resource.parent !== undefined) push(this.#children, resource.parent, resource);
      const object = kubernetesObject(resource);
      if (object !== undefined) this.#objects.set(resource.urn, object);
    }
    for (const lookup of plan.lookups ?? []) push(this.#byType, lookup.type, lookup);
    this.objects = [...this.#objects.values()].map((object) => this.#placed(object));
    for (const object of this.objects) {
      this.#objects.set(object.resource.urn, object);
      push(this.#byKind, object.kind, object);
      push(this.#byKindAndNamespace, `${object.kind}/${object.namespace ?? ""}`, object);
    }
    this.workloads = this.objects.flatMap(workloadsOf);
    this.kubernetesVersion = options.kubernetesVersion ?? this.#clusterVersion() ?? DEFAULT_KUBERNETES_VERSION;
  }

  /** The resource with this URN. */
  byUrn(urn: Urn): PlannedResource | undefined {
    return this.#byUrn.get(urn);
  }

  /** The Kubernetes object that a resource is; `undefined` for what is none. */
  objectOf(resource: PlannedResource): KubernetesObject | undefined {
    return this.#objects.get(resource.urn);
  }

  /** The resources of these wire tokens, in order of registration within each; former tokens of AWS mean today's. */
  ofType(...types: readonly string[]): readonly PlannedResource[] {
    return [...new Set(types.map(classicToken))].flatMap((type) => this.#byType.get(type) ?? []);
  }

  /** What a resource is in the plan itself, where the world has it in another form. */
  plannedOf(resource: PlannedResource): PlannedResource {
    return this.#views.get(resource)?.planned ?? resource;
  }

  /** What a resource and a place of its inputs are in the plan itself, where the world has them in another form. */
  plannedAt(resource: PlannedResource, path: string): Mention {
    const view = this.#views.get(resource);
    return view === undefined ? { resource, path } : { resource: view.planned, path: view.pathOf(path) };
  }

  /** The children of a component. */
  childrenOf(urn: Urn): readonly PlannedResource[] {
    return this.#children.get(urn) ?? [];
  }

  /** The Kubernetes objects that a query describes. */
  find(query: ObjectQuery): readonly KubernetesObject[] {
    const { group, namespace, name, cluster } = query;
    return this.#ofKind(query).filter(
      (o) =>
        (group === undefined || o.group === group) &&
        (namespace === undefined || o.namespace === namespace) &&
        (name === undefined || o.name === name) &&
        (cluster === undefined || o.cluster === cluster),
    );
  }

  /** Labels of a namespace, with `kubernetes.io/metadata.name`, which every namespace carries. */
  namespaceLabels(namespace: string, cluster = ""): Readonly<Record<string, string>> {
    const [object] = this.find({ kind: "Namespace", group: "", name: namespace, cluster });
    return { ...object?.labels, "kubernetes.io/metadata.name": namespace };
  }

  /** The inputs of a resource, to read from. */
  inputsOf(resource: PlannedResource): Cursor {
    return new Cursor(resource.inputs);
  }

  /**
   * The resources that a value of `from` refers to. A reference is its own answer, text answers with those in it. A plain
   * string (a name that the program chose, or any value in a state file) is compared with the outputs of the resources
   * that its property is computed from, and with nothing else.
   */
  resolve(from: PlannedResource, cursor: Cursor): readonly PlannedResource[] {
    const value = cursor.value;
    const urns = urnsIn(value);
    if (urns.length > 0) return urns.flatMap((urn) => this.#byUrn.get(urn) ?? []);
    if (typeof value !== "string") return [];
    const property = /^[^.[]+/.exec(cursor.path)?.[0] ?? "";
    const candidates = from.propertyDependencies[property] ?? [];
    return candidates.flatMap((urn) => this.#byUrn.get(urn) ?? []).filter((r) => hasOutput(r, value));
  }

  /** Everything that mentions a resource in its inputs, as {@link World.resolve} understands it. */
  mentionsOf(urn: Urn): readonly Mention[] {
    this.#mentions ??= this.#indexMentions();
    return this.#mentions.get(urn) ?? [];
  }

  /**
   * An object whose namespace is the output of a planned Namespace, as when Pulumi invents its name, gets that
   * Namespace's name as {@link find} knows it.
   */
  #placed(object: KubernetesObject): KubernetesObject {
    const stated = object.root.at("metadata", "namespace");
    if (!stated.isUnknown) return object;
    const namespaces = this.resolve(object.resource, stated).flatMap((r) => this.#objects.get(r.urn) ?? []);
    const [namespace, ...others] = namespaces.filter((o) => o.kind === "Namespace" && o.group === "");
    return namespace === undefined || others.length > 0 ? object : { ...object, namespace: namespace.name };
  }

  #classic(planned: PlannedResource): readonly PlannedResource[] {
    const views = classicViews(planned);
    if (views === undefined) return [planned];
    for (const view of views) this.#views.set(view.resource, view);
    return views.map(({ resource }) => resource);
  }

  #ofKind({ kind, namespace }: ObjectQuery): readonly KubernetesObject[] {
    if (kind === undefined) return this.objects;
    const found =
      namespace === undefined ? this.#byKind.get(kind) : this.#byKindAndNamespace.get(`${kind}/${namespace}`);
    return found ?? [];
  }

  #indexMentions(): Map<string, Mention[]> {
    const mentions = new Map<string, Mention[]>();
    for (const resource of this.resources)
      walk(resource.inputs, (value, path) => {
        if (isPlannedList(value) || isPlannedObject(value) || value instanceof Concat || value instanceof Secret)
          return;
        for (const { urn } of this.resolve(resource, new Cursor(value, path))) push(mentions, urn, { resource, path });
      });
    return mentions;
  }

  #clusterVersion(): string | undefined {
    const versions = this.ofType("aws:eks/cluster:Cluster").map((c) => this.inputsOf(c).at("version").string());
    const [first] = versions;
    return typeof first === "string" && versions.every((v) => v === first) ? first : undefined;
  }
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Whether an output of the resource, as far as it is known, is this very text. Kubernetes names are outputs one level down. */
function hasOutput(resource: PlannedResource, text: string): boolean {
  const known = [...Object.values(resource.outputs), ...Object.values(resource.inputs)];
  const metadata = new Cursor(resource.inputs).at("metadata");
  return known.includes(text) || metadata.at("name").value === text || metadata.at("namespace").value === text;
}

function urnsIn(value: PlannedValue | undefined): readonly Urn[] {
  if (value instanceof Secret) return urnsIn(value.reveal());
  if (value instanceof Ref) return [value.urn];
  if (value instanceof Unknown) return value.dependencies;
  if (value instanceof Concat) return value.parts.flatMap((part) => (typeof part === "string" ? [] : urnsIn(part)));
  return [];
}

import { ApiObject } from "cdk8s";
import type { App } from "cdk8s";
import type { IConstruct } from "constructs";
import { groupOf } from "./manifests.js";
import type { Manifest, SynthesizedObject } from "./manifests.js";

/** An object and those of the same app that must be there before it. */
export interface OrderedObject extends SynthesizedObject {
  readonly after: readonly SynthesizedObject[];
}

/** The objects, each behind those that it waits for, and the circles that make that impossible. */
export interface Order {
  readonly objects: readonly OrderedObject[];
  readonly problems: readonly string[];
}

/**
 * Orders the objects of an app: by the dependencies between its constructs, a Namespace before what lies in it, and a
 * CustomResourceDefinition before its custom resources. Otherwise the order of the tree stays.
 */
export function orderObjects(app: App, objects: readonly SynthesizedObject[]): Order {
  const before = new Map<SynthesizedObject, Set<SynthesizedObject>>(objects.map((object) => [object, new Set()]));
  const wait = (object: SynthesizedObject, other: SynthesizedObject): void => {
    if (object !== other) before.get(object)?.add(other);
  };
  const bySource = new Map(objects.map((object) => [object.source, object]));
  const below = objectsBelow(bySource);
  for (const construct of app.node.findAll())
    for (const dependency of construct.node.dependencies)
      for (const object of below(construct)) for (const other of below(dependency)) wait(object, other);

  const providers = new Map(
    objects.flatMap((object) => provides(object.manifest).map((key) => [key, object] as const)),
  );
  for (const object of objects)
    for (const key of needs(object.manifest)) {
      const other = providers.get(key);
      if (other !== undefined) wait(object, other);
    }
  return sort(objects, before);
}

/** What an object brings that others need, as keys: a namespace, or a kind of custom resource. */
export function provides(manifest: Manifest): readonly string[] {
  if (manifest.apiVersion === "v1" && manifest.kind === "Namespace") return [`namespace ${manifest.metadata.name}`];
  if (manifest.kind !== "CustomResourceDefinition") return [];
  const spec = manifest["spec"] as { readonly group?: string; readonly names?: { readonly kind?: string } } | undefined;
  return [`kind ${spec?.group ?? ""}/${spec?.names?.kind ?? ""}`];
}

/** What an object needs of others, as keys of {@link provides}. */
export function needs(manifest: Manifest): readonly string[] {
  const { namespace } = manifest.metadata;
  return [...(namespace === undefined ? [] : [`namespace ${namespace}`]), `kind ${groupOf(manifest)}/${manifest.kind}`];
}

/** The objects in the tree of a construct, itself included; each construct is looked through once. */
function objectsBelow(
  bySource: ReadonlyMap<ApiObject, SynthesizedObject>,
): (construct: IConstruct) => readonly SynthesizedObject[] {
  const known = new Map<IConstruct, readonly SynthesizedObject[]>();
  return (construct) => {
    let found = known.get(construct);
    if (found === undefined) {
      const sources = construct.node.findAll().filter((c) => ApiObject.isApiObject(c));
      found = sources.flatMap((source) => bySource.get(source) ?? []);
      known.set(construct, found);
    }
    return found;
  };
}

function sort(
  objects: readonly SynthesizedObject[],
  before: ReadonlyMap<SynthesizedObject, ReadonlySet<SynthesizedObject>>,
): Order {
  const sorted: OrderedObject[] = [];
  const problems: string[] = [];
  const state = new Map<SynthesizedObject, "open" | "done">();
  const visit = (object: SynthesizedObject, way: readonly SynthesizedObject[]): void => {
    if (state.get(object) === "done") return;
    if (state.get(object) === "open") {
      const circle = [...way.slice(way.indexOf(object)), object].map(({ source }) => source.node.path).join(" -> ");
      problems.push(`dependencies must not form a circle, got ${circle}. Remove one of them`);
      return;
    }
    state.set(object, "open");
    const after = [...(before.get(object) ?? [])];
    for (const other of after) visit(other, [...way, object]);
    state.set(object, "done");
    sorted.push({ ...object, after });
  };
  for (const object of objects) visit(object, []);
  return { objects: sorted, problems };
}

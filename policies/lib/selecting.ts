import { renderPlanned } from "../../plan/model/index.js";
import type { Cursor, KubernetesObject, Read, Workload, World } from "../../plan/world/index.js";
import { knownLabels, selects, UNKNOWN } from "../../plan/world/index.js";
import { some } from "../verdicts.js";
import { namespaceNamed } from "./namespaces.js";

const byNamespace = new WeakMap<World, ReadonlyMap<string, readonly Workload[]>>();

/** The workloads of a namespace of a cluster. */
export function workloadsIn(world: World, cluster: string, namespace: string): readonly Workload[] {
  let known = byNamespace.get(world);
  if (known === undefined) {
    const index = new Map<string, Workload[]>();
    for (const workload of world.workloads) {
      const key = `${workload.object.cluster}|${workload.object.namespace ?? ""}`;
      const list = index.get(key);
      if (list === undefined) index.set(key, [workload]);
      else list.push(workload);
    }
    byNamespace.set(world, (known = index));
  }
  return known.get(`${cluster}|${namespace}`) ?? [];
}

/** Whether a selector selects pods of some planned workload of a namespace. */
export function selectsPods(world: World, selector: Cursor, cluster: string, namespace: string): Read<boolean> {
  return some(workloadsIn(world, cluster, namespace).map(({ podLabels }) => read(selects(selector, podLabels))));
}

const selected = new WeakMap<World, Map<string, Read<readonly KubernetesObject[]>>>();

/** The planned Namespaces of a cluster that a selector selects, by their labels and their names. */
export function namespacesSelected(world: World, selector: Cursor, cluster: string): Read<readonly KubernetesObject[]> {
  let known = selected.get(world);
  if (known === undefined) selected.set(world, (known = new Map<string, Read<readonly KubernetesObject[]>>()));
  // As text, since most policies of a cluster use the same few selectors.
  const key = `${cluster}|${renderPlanned(selector.value)}`;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = findNamespaces(world, selector, cluster)));
  return found;
}

function findNamespaces(world: World, selector: Cursor, cluster: string): Read<readonly KubernetesObject[]> {
  const all = candidates(world, selector, cluster);
  const matches = all.map((namespace) =>
    selects(selector, {
      ...knownLabels(namespace.root.at("metadata", "labels")),
      [NAME_LABEL]: namespace.name,
    }),
  );
  if (matches.includes("unknown")) return UNKNOWN;
  return all.filter((_, i) => matches[i] === true);
}

/** The Namespaces that may be meant: one, where the selector says which by its name. */
function candidates(world: World, selector: Cursor, cluster: string): readonly KubernetesObject[] {
  const name = selector.at("matchLabels", NAME_LABEL).string();
  if (typeof name !== "string") return world.find({ kind: "Namespace", group: "", cluster });
  const one = namespaceNamed(world, cluster, name);
  return one?.kind === "Namespace" ? [one] : [];
}

/** The label with its name that the API server puts on each namespace. */
const NAME_LABEL = "kubernetes.io/metadata.name";

function read(match: ReturnType<typeof selects>): Read<boolean> {
  return match === "unknown" ? UNKNOWN : match;
}

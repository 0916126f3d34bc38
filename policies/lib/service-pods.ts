import { labelOf } from "../shapes.js";
import type { KubernetesObject, Workload, World } from "../../plan/world/index.js";

const byLabel = new WeakMap<World, ReadonlyMap<string, readonly Workload[]>>();

/** The workloads whose pods a Service sends requests to. */
export function workloadsOf(world: World, service: KubernetesObject): readonly Workload[] {
  const selector = service.root.at("spec", "selector");
  const [first] = selector.entries();
  if (first === undefined) return [];
  const candidates = indexed(world).get(labelKey(service, first[0], String(first[1].string()))) ?? [];
  return candidates.filter(({ podLabels }) =>
    selector.entries().every(([key, value]) => podLabels[key] === value.string()),
  );
}

function indexed(world: World): ReadonlyMap<string, readonly Workload[]> {
  let known = byLabel.get(world);
  if (known !== undefined) return known;
  const index = new Map<string, Workload[]>();
  for (const workload of world.workloads)
    for (const [key, value] of Object.entries(workload.podLabels)) {
      const place = labelKey(workload.object, key, value);
      const list = index.get(place);
      if (list === undefined) index.set(place, [workload]);
      else list.push(workload);
    }
  byLabel.set(world, (known = index));
  return known;
}

function labelKey({ cluster, namespace }: KubernetesObject, key: string, value: string): string {
  return [cluster, namespace, key, value].map(String).join("|");
}

const services = new WeakMap<World, ReadonlyMap<Workload, readonly KubernetesObject[]>>();

/** The Services that send requests to a workload's pods. */
export function servicesOf(world: World, workload: Workload): readonly KubernetesObject[] {
  let known = services.get(world);
  if (known === undefined) {
    const index = new Map<Workload, KubernetesObject[]>();
    for (const service of world.find({ kind: "Service", group: "" }))
      for (const one of workloadsOf(world, service)) {
        const list = index.get(one);
        if (list === undefined) index.set(one, [service]);
        else list.push(service);
      }
    services.set(world, (known = index));
  }
  return known.get(workload) ?? [];
}

/** Whose pods a Service leads to, for the end of a message: `, to Deployment 'shop/web'`; nothing where the plan shows none. */
export function leadingTo(world: World, service: KubernetesObject): string {
  const names = workloadsOf(world, service).map(({ object }) => labelOf(object));
  const [first, second] = names;
  if (first === undefined) return "";
  if (second === undefined) return `, to ${first}`;
  return `, to ${first} and ${names.length === 2 ? second : `${names.length - 1} others`}`;
}

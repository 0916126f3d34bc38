import type { PlannedResource } from "../model/index.js";
import { kubernetesObject } from "../world/kubernetes.js";

/** The resources that count, each once, and a sentence for each that stands twice. */
export interface Distinct {
  readonly resources: readonly Sourced[];
  readonly warnings: readonly string[];
}

/** A resource, and the file it comes from. */
export interface Sourced {
  readonly resource: PlannedResource;
  readonly file: string;
}

/** Of resources that are one and the same, the last counts, as with `kubectl apply`. Each stands where its last definition does. */
export function distinct(all: readonly Sourced[]): Distinct {
  const last = new Map<string, Sourced>();
  const warnings: string[] = [];
  const programs = new Map<string, number>();
  for (const sourced of all) {
    const key = keyOf(sourced.resource);
    const before = last.get(key);
    last.delete(key);
    last.set(key, sourced);
    if (before === undefined) continue;
    const { source } = sourced.resource;
    if (source === undefined) {
      const pair = `'${before.file}' and '${sourced.file}'`;
      programs.set(pair, (programs.get(pair) ?? 0) + 1);
    } else
      warnings.push(
        `${describe(sourced.resource)} is defined twice, ${placeOf(before)} and ${placeOf(sourced)}: the last counts`,
      );
  }
  for (const [pair, count] of programs)
    warnings.push(
      `${count === 1 ? "1 resource is" : `${count} resources are`} in both ${pair}: those of the last count`,
    );
  return { resources: [...last.values()], warnings };
}

/** What makes two resources the same: the URN in a program; kind, namespace and name in files, whatever the version. */
function keyOf(resource: PlannedResource): string {
  const object = resource.source === undefined ? undefined : kubernetesObject(resource);
  const isNamed = object?.root.at("metadata", "name").isAbsent === false;
  if (object === undefined || !isNamed) return resource.urn;
  return `${object.group}/${object.kind} ${object.namespace ?? ""}/${object.name}`;
}

function describe(resource: PlannedResource): string {
  const object = kubernetesObject(resource);
  const namespace = object?.namespace === undefined ? "" : `${object.namespace}/`;
  return `${object?.kind ?? resource.type} ${namespace}${object?.name ?? resource.name}`;
}

function placeOf({ resource: { source }, file }: Sourced): string {
  return source === undefined ? `in ${file}` : `in ${source.file}:${source.line}`;
}

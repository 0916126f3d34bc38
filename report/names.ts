import { findFragments } from "../core/symbolic.js";
import type { Plan, PlannedResource } from "../plan/model/index.js";
import { identityOf } from "../plan/world/index.js";
import type { ReportResource } from "./model.js";

/** Objects from files have a URN of this form, which no report shows. */
const FILE_URN = "urn:ringfence:";

/** A resource as reports name it. */
export function reportResource(resource: PlannedResource): ReportResource {
  const identity = identityOf(resource);
  return resource.urn.startsWith(FILE_URN) ? identity : { ...identity, urn: resource.urn };
}

/** The last part of a wire token: `Deployment`, `SecurityGroup`. */
export function kindOf(type: string): string {
  return type.split(":").at(-1) ?? type;
}

/** A resource's place within its kind: `vote/db`, `prod`. */
export function placeOf({ namespace, name }: Pick<ReportResource, "namespace" | "name">): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** A resource as text names it: `Deployment vote/db`, `Cluster prod`. */
export function labelOf(resource: ReportResource): string {
  return `${kindOf(resource.type)} ${placeOf(resource)}`;
}

/** Whether a resource would exist outside Pulumi's own books: components, providers and stack references do not. */
export function isReal({ custom, type }: PlannedResource): boolean {
  return custom && !type.startsWith("pulumi:");
}

/**
 * Takes symbolic text out of what a person reads. A program that registers resources inside `apply` builds their names
 * from outputs, which exist only as symbols: those runs of hexadecimal digits become `[unknown]`. `undefined` when there
 * are none.
 */
export function symbolHider(plan: Plan): ((text: string) => string) | undefined {
  const issued = new Set(plan.resources.flatMap(({ name }) => findFragments(name).map(({ fragment }) => fragment)));
  if (issued.size === 0) return undefined;
  const isSymbol = (run: string): boolean => findFragments(run).some(({ fragment }) => issued.has(fragment));
  return (text) => text.replace(/[0-9a-f]{12,}/gi, (run) => (isSymbol(run) ? "[unknown]" : run));
}

/** Applies a function to every text within a JSON value, keys included. */
export function mapTexts<T>(value: T, map: (text: string) => string): T {
  if (typeof value === "string") return map(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, map)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [map(key), mapTexts(item as unknown, map)]),
  ) as T;
}

import type { HardenedNamespace } from "./namespace.js";

/** A namespace of this app, or one that is there already by its name. */
export type NamespaceTarget = HardenedNamespace | string;

/** Name of a namespace, however it was given. */
export function namespaceName(target: NamespaceTarget): string {
  return typeof target === "string" ? target : target.name;
}

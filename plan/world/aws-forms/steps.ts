import { joinPath } from "../../model/values.js";

/** One step of a property path: a key, an index, or {@link EACH}. */
export type Step = string | number;

/** Every item of a list, in the paths of a table of moves. */
export const EACH = "[]";

const STEP = /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|(\[\])|([^.[\]]+)/g;

/** The steps of a property path: `ingress[0].cidrBlocks`, `tags["a.b"]`, `ingress[].cidrBlocks[0]`. */
export function stepsOf(path: string): readonly Step[] {
  return [...path.matchAll(STEP)].map(([, index, quoted, each, key]) =>
    index === undefined ? (each ?? quoted ?? key ?? "") : Number(index),
  );
}

/** The property path of steps. */
export function pathOf(steps: readonly Step[]): string {
  return steps.reduce<string>(
    (path, step) => (typeof step === "number" ? `${path}[${step}]` : joinPath(path, step)),
    "",
  );
}

/** Steps with the first {@link EACH} of them replaced by an index. */
export function withIndex(steps: readonly Step[], index: number): readonly Step[] {
  const at = steps.indexOf(EACH);
  return at < 0 ? steps : [...steps.slice(0, at), index, ...steps.slice(at + 1)];
}

import { splitPath } from "../../model/path.js";
import type { PathStep } from "../../model/path.js";

/** Every item of a list, in the paths of a table of moves. */
export const EACH = "[]";

/** The steps of a path in a table of moves: `ingress[].cidrBlocks[0]`, where {@link EACH} is a step of its own. */
export function stepsOf(path: string): readonly PathStep[] {
  return splitPath(path.replaceAll(EACH, `["${EACH}"]`));
}

/** Steps with the first {@link EACH} of them replaced by an index. */
export function withIndex(steps: readonly PathStep[], index: number): readonly PathStep[] {
  const at = steps.indexOf(EACH);
  return at < 0 ? steps : [...steps.slice(0, at), index, ...steps.slice(at + 1)];
}

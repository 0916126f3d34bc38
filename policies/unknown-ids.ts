import type { Issue } from "../core/issue.js";
import { issue } from "../core/issue.js";
import { nearest } from "../core/nearest.js";

/**
 * An issue for every id that is not known, with the nearest ones.
 *
 * @param what What the id is one of: `rule`.
 * @param at Where the ids stand. Defaults to `what`.
 */
export function unknownIds(
  what: "set" | "rule" | "parameter",
  given: readonly string[],
  known: readonly string[],
  at: string = what,
): readonly Issue[] {
  return given
    .filter((id) => !known.includes(id))
    .map((id) => {
      const near = nearest(id, known);
      const lists =
        what === "parameter" ? "`ringfence rules <id>` tells what a rule can be told" : "`ringfence rules` lists them";
      const advice = near.length === 0 ? lists : `Did you mean ${near.map((n) => `'${n}'`).join(" or ")}?`;
      return issue("NotFound", at, `must be the ${what === "parameter" ? "name" : "id"} of a ${what}`, id, advice);
    });
}

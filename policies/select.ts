import type { Issue } from "../core/issue.js";
import { InputError } from "../core/issue.js";
import type { Rule } from "./model.js";
import { unknownIds } from "./unknown-ids.js";
import type { Own, OwnSet } from "./own.js";
import { RULES } from "./rules/index.js";
import type { RuleSet } from "./sets/index.js";
import { SETS } from "./sets/index.js";

const NOTHING_OWN: Own = { rules: [], sets: [] };

/**
 * The rules of the sets and the rules named besides, each once, in order of their ids.
 *
 * @param sets Defaults to `["default"]` when neither is given.
 * @param rules Whatever the version.
 * @param minor Minor version of Kubernetes (36 for 1.36) that sets are read at; without one, all their rules count.
 * @param own Rules and sets of one's own. The rules are chosen besides those of the sets, unless rules alone are named.
 * @throws InputError for every id that does not exist, with the nearest ones.
 */
export function selectRules(
  sets?: readonly string[],
  rules?: readonly string[],
  minor?: number,
  own: Own = NOTHING_OWN,
): readonly Rule[] {
  const wantedSets = sets ?? (rules === undefined ? ["default"] : []);
  const all: readonly Rule[] = [...RULES, ...own.rules];
  const known: readonly (RuleSet | OwnSet)[] = [...SETS, ...own.sets];
  const issues: Issue[] = [
    ...unknownIds(
      "set",
      wantedSets,
      known.map((set) => set.id),
    ),
    ...unknownIds(
      "rule",
      rules ?? [],
      all.map((rule) => rule.id),
    ),
  ];
  if (issues.length > 0) throw new InputError("rules", issues);
  const wanted = new Set<string>([
    ...known.filter((set) => wantedSets.includes(set.id)).flatMap((set) => rulesAt(set, minor)),
    ...(rules ?? []),
    ...(sets === undefined && rules !== undefined ? [] : own.rules.map((rule) => rule.id)),
  ]);
  return all.filter((rule) => wanted.has(rule.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The rules of a set at a minor version; without one, all of them. */
function rulesAt(set: RuleSet | OwnSet, minor: number | undefined): readonly string[] {
  const appliesAt = "appliesAt" in set ? set.appliesAt : undefined;
  if (minor === undefined || appliesAt === undefined) return set.rules;
  return set.rules.filter((rule) => appliesAt(rule, minor));
}

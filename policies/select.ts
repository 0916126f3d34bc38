import type { Issue } from "../core/issue.js";
import { InputError } from "../core/issue.js";
import type { Rule } from "./model.js";
import { unknownIds } from "./nearest.js";
import { RULES } from "./rules/index.js";
import type { RuleSet } from "./sets/index.js";
import { SETS } from "./sets/index.js";

/**
 * The rules of the sets and the rules named besides, each once, in order of their ids.
 *
 * @param sets Defaults to `["default"]` when neither is given.
 * @param rules Whatever the version.
 * @param minor Minor version of Kubernetes (36 for 1.36) that sets are read at; without one, all their rules count.
 * @throws InputError for every id that does not exist, with the nearest ones.
 */
export function selectRules(sets?: readonly string[], rules?: readonly string[], minor?: number): readonly Rule[] {
  const wantedSets = sets ?? (rules === undefined ? ["default"] : []);
  const all: readonly Rule[] = RULES;
  const known: readonly RuleSet[] = SETS;
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
  ]);
  return all.filter((rule) => wanted.has(rule.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The rules of a set at a minor version; without one, all of them. */
function rulesAt({ rules, appliesAt }: RuleSet, minor: number | undefined): readonly string[] {
  if (minor === undefined || appliesAt === undefined) return rules;
  return rules.filter((rule) => appliesAt(rule, minor));
}

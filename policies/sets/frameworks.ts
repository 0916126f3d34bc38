import { FRAMEWORKS } from "../frameworks/index.js";
import { controlsWithRules } from "../frameworks/mapping.js";
import type { FrameworkTable } from "../frameworks/model.js";
import type { AnyRuleId } from "../rules/index.js";
import { RULES } from "../rules/index.js";
import type { RuleSet } from "./index.js";

/**
 * A set for each framework: the rules whose references name one of its controls, or that its table maps to one. Its version
 * is that of the framework and of the table; which rules it holds follows the references, release by release.
 */
export const FRAMEWORK_SETS: readonly RuleSet[] = FRAMEWORKS.map((table) => {
  let rules: readonly AnyRuleId[] | undefined;
  return {
    id: table.id,
    title: `rules that help to check ${table.title} ${table.version}: what was checked, no claim of compliance`,
    version: `${table.version} (${table.tableVersion})`,
    // Found when somebody asks: most runs ask for another set.
    get rules() {
      return (rules ??= rulesOf(table));
    },
  };
});

function rulesOf(table: FrameworkTable): readonly AnyRuleId[] {
  const named = controlsWithRules(table, RULES).flatMap((control) => control.rules.map(({ rule }) => rule.id));
  const ids = new Set<string>(named);
  return RULES.map(({ id }) => id)
    .filter((id) => ids.has(id))
    .sort();
}

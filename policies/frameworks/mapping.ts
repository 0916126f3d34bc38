import type { Rule } from "../model.js";
import type { FrameworkControl, FrameworkTable } from "./model.js";

/** A rule that checks a control, or helps to check it. */
export interface MappedRule {
  readonly rule: Rule;
  /** Where the mapping comes from. */
  readonly source: string;
}

/** A control with the rules that check it, by id of the rule. */
export interface MappedControl {
  readonly control: FrameworkControl;
  readonly rules: readonly MappedRule[];
}

/**
 * The controls of a framework with their rules, in the order of its table. A control that a rule's references name in the
 * framework's own name has a row even when the table does not list it, behind the others; a control of another name in
 * {@link FrameworkTable.namedBy} counts only when the table lists it.
 */
export function controlsWithRules(table: FrameworkTable, rules: readonly Rule[]): readonly MappedControl[] {
  const byId = new Map(
    table.controls.map((control) => [control.id, { control, rules: new Map<string, MappedRule>() }]),
  );
  for (const rule of rules)
    for (const { framework, id, source } of rule.references) {
      if (!table.namedBy.includes(framework)) continue;
      if (!byId.has(id) && framework === table.id) byId.set(id, { control: { id }, rules: new Map() });
      byId.get(id)?.rules.set(rule.id, { rule, source });
    }
  for (const { control, rules: mapped } of byId.values())
    for (const rule of rules.filter(({ id }) => control.rules?.includes(id) === true && !mapped.has(id)))
      mapped.set(rule.id, { rule, source: table.source });
  const listed = table.controls.length;
  const all = [...byId.values()].map((entry) => ({
    control: entry.control,
    rules: [...entry.rules.values()].sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1)),
  }));
  return [...all.slice(0, listed), ...all.slice(listed).sort((a, b) => compareIds(a.control.id, b.control.id))];
}

/** `1.2.8` before `1.2.10`. */
function compareIds(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

import type { Framework, Reference, Rule } from "./model.js";

/** Makes a rule, keeping the literal type of its id, from which {@link Rule} ids are typed. */
export function defineRule<const Id extends string>(rule: Rule<Id>): Rule<Id> {
  return rule;
}

/**
 * References of one rule that share their provenance.
 *
 * @param source Where the mapping comes from.
 * @param ids The frameworks' own ids.
 */
export function references(source: string, ids: Partial<Record<Framework, readonly string[]>>): readonly Reference[] {
  return Object.entries(ids).flatMap(([framework, list]) =>
    list.map((id) => ({ framework: framework as Framework, id, source })),
  );
}

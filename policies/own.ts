import type { Issue } from "../core/issue.js";
import { InputError, issue } from "../core/issue.js";
import type { Rule, Severity } from "./model.js";
import { SEVERITIES } from "./model.js";
import { unknownIds } from "./unknown-ids.js";
import { RULES } from "./rules/index.js";
import { SETS } from "./sets/index.js";

/** A set of one's own: rules of Ringfence, and rules of one's own. */
export interface OwnSet {
  readonly id: string;
  /** @default - the id */
  readonly title?: string;
  /** Ids of rules. */
  readonly rules: readonly string[];
}

/** Rules and sets besides those of Ringfence. */
export interface Own {
  readonly rules: readonly Rule[];
  readonly sets: readonly OwnSet[];
}

/** How much rules matter, by id: what a person set instead of the rule's own severity. */
export type SeveritySettings = Readonly<Record<string, Severity>>;

/** The form of an id of a rule or a set. */
export const ID_FORM = /^[a-z0-9]+(-[a-z0-9.]+)*$/;

/**
 * All rules that a judgement knows: those of Ringfence and one's own.
 *
 * @throws InputError for an id that is none or that another rule or set has, and for a set that names an unknown rule.
 */
export function knownRules(own: Own): readonly Rule[] {
  const all: readonly Rule[] = [...RULES, ...own.rules];
  const ids = all.map(({ id }) => id);
  const setIds: readonly string[] = [...SETS.map(({ id }) => id), ...own.sets.map(({ id }) => id)];
  const issues = [
    ...own.rules.flatMap(({ id }) => idIssues("rule", id, ids)),
    ...own.sets.flatMap(({ id }) => idIssues("set", id, setIds)),
    ...own.sets.flatMap(({ id, rules }) => unknownIds("rule", rules, ids, `set '${id}'`)),
  ];
  if (issues.length > 0) throw new InputError("own rules and sets", issues);
  return all;
}

/**
 * Checks severities that a person set.
 *
 * @throws InputError for a rule that does not exist, with the nearest ids, and for what is no severity.
 */
export function checkSeverities(severities: SeveritySettings, ids: readonly string[]): void {
  const given: Readonly<Record<string, unknown>> = severities;
  const issues = [
    ...unknownIds("rule", Object.keys(given), ids, "severities"),
    ...Object.entries(given)
      .filter(([, severity]) => !(SEVERITIES as readonly unknown[]).includes(severity))
      .map(([id, severity]) =>
        issue(
          "NotAllowed",
          `severities.${id}`,
          `must be one of ${SEVERITIES.join(", ")}`,
          severity,
          "Take one of them",
        ),
      ),
  ];
  if (issues.length > 0) throw new InputError("severities", issues);
}

function idIssues(what: "rule" | "set", id: string, all: readonly string[]): readonly Issue[] {
  if (!ID_FORM.test(id))
    return [issue("Malformed", what, "must have an id of small letters, digits and dashes", id, "Rename it")];
  if (all.indexOf(id) === all.lastIndexOf(id)) return [];
  return [
    issue(
      "Duplicate",
      what,
      `must have an id of its own`,
      id,
      `Another ${what} has it: prefix it with a name of yours`,
    ),
  ];
}

import type { Issue } from "../core/issue.js";
import { InputError, issue } from "../core/issue.js";
import type { Rule } from "./model.js";
import { unknownIds } from "./unknown-ids.js";

/** A JSON Schema (draft 7) of one value. */
export type ValueSchema = Readonly<Record<string, unknown>>;

/** Something of a rule that a person can set, with its default. */
export interface Parameter<T = unknown> {
  /** The name in the configuration, under the rule's id: `registries`. */
  readonly name: string;
  /** What it means, a sentence for editors and pages. */
  readonly about: string;
  readonly fallback: T;
  /** What its value looks like, for editors. */
  readonly schema: ValueSchema;
  /** The value, or `undefined` when what was given is none. */
  readonly parse: (given: unknown) => T | undefined;
  /** What a value must be, to complete "must be". */
  readonly rule: string;
}

/** What every parameter is described by. */
export type ParameterText<T> = Pick<Parameter<T>, "name" | "about" | "fallback">;

/** A list of texts, each of which may have to match a form. */
export function textList(
  text: ParameterText<readonly string[]>,
  form?: { readonly pattern: RegExp; readonly rule: string },
): Parameter<readonly string[]> {
  const fits = (item: unknown): item is string =>
    typeof item === "string" && item !== "" && (form === undefined || form.pattern.test(item));
  return {
    ...text,
    rule: form?.rule ?? "a list of texts",
    schema: {
      type: "array",
      items: { type: "string", minLength: 1, ...(form === undefined ? {} : { pattern: form.pattern.source }) },
    },
    parse: (given) => (Array.isArray(given) && given.every(fits) ? given : undefined),
  };
}

/** A list of whole numbers between two bounds, both included. */
export function integerList(
  text: ParameterText<readonly number[]>,
  { from, to }: { readonly from: number; readonly to: number },
): Parameter<readonly number[]> {
  const fits = (item: unknown): item is number =>
    typeof item === "number" && Number.isInteger(item) && item >= from && item <= to;
  return {
    ...text,
    rule: `a list of whole numbers from ${from} to ${to}`,
    schema: { type: "array", items: { type: "integer", minimum: from, maximum: to } },
    parse: (given) => (Array.isArray(given) && given.every(fits) ? given : undefined),
  };
}

/** A whole number between two bounds, both included. */
export function integer(
  text: ParameterText<number>,
  { from, to }: { readonly from: number; readonly to: number },
): Parameter<number> {
  return {
    ...text,
    rule: `a whole number from ${from} to ${to}`,
    schema: { type: "integer", minimum: from, maximum: to },
    parse: (given) =>
      typeof given === "number" && Number.isInteger(given) && given >= from && given <= to ? given : undefined,
  };
}

/** The parameters of one judgement: what was set, and the defaults of the rest. */
export class ParameterValues {
  readonly #set: ReadonlyMap<Parameter, unknown>;

  /** @param set Values that {@link Parameter.parse} gave. */
  constructor(set: ReadonlyMap<Parameter, unknown> = new Map()) {
    this.#set = set;
  }

  /** The value of a parameter. */
  of<T>(parameter: Parameter<T>): T {
    const key = parameter as Parameter;
    return this.#set.has(key) ? (this.#set.get(key) as T) : parameter.fallback;
  }
}

/** What a person sets: by id of the rule, then by name of the parameter. */
export type ParameterSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Reads what a person set.
 *
 * @param known The rules that it may be about.
 * @param at Where the settings stand, for messages: `rules`.
 * @throws InputError for every rule and parameter that does not exist, with the nearest ones, and for every value that is none.
 */
export function readParameters(
  settings: ParameterSettings,
  known: readonly Rule[],
  at = "parameters",
): ParameterValues {
  const issues: Issue[] = [];
  const set = new Map<Parameter, unknown>();
  const ids = known.map(({ id }) => id);
  issues.push(...unknownIds("rule", Object.keys(settings), ids, at));
  for (const { id, parameters = [] } of known) {
    const given = Object.hasOwn(settings, id) ? (settings[id] ?? {}) : {};
    const names = parameters.map(({ name }) => name);
    issues.push(...unknownIds("parameter", Object.keys(given), names, `${at}.${id}`));
    for (const parameter of parameters.filter(({ name }) => Object.hasOwn(given, name))) {
      const value = given[parameter.name];
      const parsed = parameter.parse(value);
      const path = `${at}.${id}.${parameter.name}`;
      if (parsed === undefined)
        issues.push(issue("Malformed", path, `must be ${parameter.rule}`, value, parameter.about));
      else set.set(parameter, parsed);
    }
  }
  if (issues.length > 0) throw new InputError("parameters of rules", issues);
  return new ParameterValues(set);
}

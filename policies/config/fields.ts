import type { Issue } from "../../core/issue.js";
import { issue } from "../../core/issue.js";
import { nearest } from "../../core/nearest.js";
import type { Step } from "./yaml.js";

/** Names a place of what a person wrote, for messages. */
export type Where = (path: readonly Step[]) => string;

/**
 * The fields of a map that a person wrote. Whatever is not as it must be becomes an issue and reads as absent, so that all
 * problems come out at once.
 */
export class Fields {
  private constructor(
    readonly values: Readonly<Record<string, unknown>>,
    readonly path: readonly Step[],
    readonly where: Where,
    readonly issues: Issue[],
  ) {}

  /**
   * A map with these fields and no others; `undefined`, with an issue, for what is no map.
   *
   * @param names Its fields; without them any key may stand there.
   */
  static of(
    value: unknown,
    path: readonly Step[],
    where: Where,
    issues: Issue[],
    names?: readonly string[],
  ): Fields | undefined {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      const advice = names === undefined ? "Write 'key: value'" : `Its fields are ${names.join(", ")}`;
      issues.push(issue("Malformed", where(path), "must be a map", value, advice));
      return undefined;
    }
    const fields = new Fields(value as Readonly<Record<string, unknown>>, path, where, issues);
    if (names !== undefined) fields.#refuseOthers(names);
    return fields;
  }

  /** Whether a field is there. */
  has(name: string): boolean {
    return Object.hasOwn(this.values, name) && this.values[name] !== undefined;
  }

  /** The value of a field, whatever it is. */
  any(name: string): unknown {
    return this.has(name) ? this.values[name] : undefined;
  }

  /** Text that is not empty. */
  text(name: string, advice: string): string | undefined {
    return this.#read(name, "must be text", advice, (v): v is string => typeof v === "string" && v.trim() !== "");
  }

  /** {@link text} that has to be there; empty, with an issue, when it is not. */
  requiredText(name: string, advice: string): string {
    if (!this.has(name)) this.issues.push(issue("Required", this.at(name), "must be there", undefined, advice));
    return this.text(name, advice) ?? "";
  }

  /** True or false. */
  flag(name: string): boolean | undefined {
    const advice = "Leave it out for the default";
    return this.#read(name, "must be true or false", advice, (v): v is boolean => typeof v === "boolean");
  }

  /** One of some words. */
  oneOf<const Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const given = this.any(name);
    const [near] = typeof given === "string" ? nearest(given, words, 1) : [];
    const advice = near === undefined ? "Take one of them" : `Did you mean '${near}'?`;
    const fits = (v: unknown): v is Word => (words as readonly unknown[]).includes(v);
    return this.#read(name, `must be one of ${words.join(", ")}`, advice, fits);
  }

  /** A list of texts. */
  texts(name: string, advice: string): readonly string[] | undefined {
    const fits = (v: unknown): v is readonly string[] =>
      Array.isArray(v) && v.every((item) => typeof item === "string" && item !== "");
    return this.#read(name, "must be a list of texts", advice, fits);
  }

  /** A list of anything; empty when it is not there. */
  list(name: string, advice: string): readonly unknown[] {
    return this.#read(name, "must be a list", advice, (v): v is readonly unknown[] => Array.isArray(v)) ?? [];
  }

  /** A map within. */
  map(name: string, names?: readonly string[]): Fields | undefined {
    if (!this.has(name)) return undefined;
    return Fields.of(this.values[name], [...this.path, name], this.where, this.issues, names);
  }

  /** The name of a field's place. */
  at(...steps: readonly Step[]): string {
    return this.where([...this.path, ...steps]);
  }

  #read<T>(name: string, rule: string, advice: string, fits: (value: unknown) => value is T): T | undefined {
    if (!this.has(name)) return undefined;
    const value = this.values[name];
    if (fits(value)) return value;
    this.issues.push(issue("Malformed", this.at(name), rule, value, advice));
    return undefined;
  }

  #refuseOthers(names: readonly string[]): void {
    for (const key of Object.keys(this.values).filter((name) => !names.includes(name))) {
      const [near] = nearest(key, names, 1);
      const advice = near === undefined ? `The fields are ${names.join(", ")}` : `Did you mean '${near}'?`;
      this.issues.push({ code: "NotFound", path: this.at(key), rule: "must be a field that there is", advice });
    }
  }
}

import { parseArgs } from "node:util";
import type { Issue } from "../core/issue.js";
import { issue } from "../core/issue.js";
import { nearest } from "../core/nearest.js";

/** One option of a command. */
export interface OptionSpec {
  /** What its value is called in the help, `NAME`; an option without it takes none. */
  readonly value?: string;
  /** @default false */
  readonly repeatable?: boolean;
  /** @default - no short form */
  readonly short?: string;
  /** Heading that the help lists it under. */
  readonly group: string;
  /** A line or two for the help. */
  readonly about: string;
}

/** One command. */
export interface CommandSpec<Option extends string> {
  readonly name: string;
  readonly usage: string;
  /** A line for the list of commands. */
  readonly summary: string;
  /** A sentence or two, without the final period. */
  readonly about: string;
  readonly examples: readonly string[];
  /** What each exit code that it can end with means. */
  readonly exitCodes: Readonly<Record<number, string>>;
  readonly options: Readonly<Record<Option, OptionSpec>>;
  /** What its arguments besides options are called, and how many it takes at most. */
  readonly operands: { readonly name: string; readonly atMost: number };
}

/** An option as given. */
interface Given {
  readonly name: string;
  /** Empty for an option without one. */
  readonly value: string;
}

/** The arguments of a command. Reading a value that is not as it must be adds an issue, so that all come out at once. */
export class Arguments<Option extends string> {
  readonly issues: Issue[] = [];
  readonly operands: readonly string[];
  readonly #given: readonly Given[];

  constructor(argv: readonly string[], spec: CommandSpec<Option>) {
    const options: Readonly<Record<string, OptionSpec>> = spec.options;
    const { tokens } = parseArgs({
      args: [...argv],
      // Not strict: it stops at the first error, and its words name Node's API.
      strict: false,
      allowPositionals: true,
      tokens: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, { value, short }]) => [
          name,
          { type: value === undefined ? "boolean" : "string", ...(short === undefined ? {} : { short }) },
        ]),
      ),
    });
    const given: Given[] = [];
    const operands: string[] = [];
    for (const token of tokens) {
      if (token.kind === "positional") operands.push(token.value);
      if (token.kind !== "option") continue;
      const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
      const problem = option === undefined ? unknownOption(token.rawName, spec) : misuse(token, option);
      if (problem === undefined) given.push({ name: token.name, value: token.value ?? "" });
      else this.issues.push(problem);
    }
    this.#given = given;
    this.operands = operands;
    this.#checkCounts(spec, options);
  }

  /** Whether an option without a value is there. */
  has(name: Option): boolean {
    return this.#given.some((g) => g.name === name);
  }

  /** The value of an option. */
  one(name: Option): string | undefined {
    return this.#given.find((g) => g.name === name)?.value;
  }

  /** The values of a repeatable option, in order. */
  all(name: Option): readonly string[] {
    return this.#given.filter((g) => g.name === name).map((g) => g.value);
  }

  /** The options as given, in order. */
  inOrder(...names: readonly Option[]): readonly Given[] {
    return this.#given.filter((g) => (names as readonly string[]).includes(g.name));
  }

  /** The value of an option that has a closed list of values. */
  choice<const Value extends string>(name: Option, values: readonly Value[], fallback: Value): Value {
    const given = this.one(name);
    if (given === undefined) return fallback;
    const found = values.find((value) => value === given);
    if (found === undefined) this.issues.push(notOneOf(name, values, given));
    return found ?? fallback;
  }

  #checkCounts(spec: CommandSpec<Option>, options: Readonly<Record<string, OptionSpec>>): void {
    for (const name of new Set(this.#given.map((g) => g.name))) {
      const values = this.#given.filter((g) => g.name === name).map((g) => g.value);
      const option = options[name];
      if (values.length > 1 && option?.value !== undefined && option.repeatable !== true)
        this.issues.push(
          issue("Duplicate", `--${name}`, "must be given once", values.join(", "), "Keep the one that you mean"),
        );
    }
    const { name, atMost } = spec.operands;
    // A mistyped option leaves its value behind as an operand: one message is enough.
    if (this.operands.length > atMost && this.issues.length === 0)
      this.issues.push(issue("NotAllowed", name, "must be given once", this.operands.join(", "), "Leave the rest out"));
  }
}

/** An issue for a value outside a closed list. */
export function notOneOf(name: string, values: readonly string[], given: string): Issue {
  const [near] = nearest(given, values, 1);
  const advice = near === undefined ? `Take one of them` : `Did you mean '${near}'?`;
  return issue(
    "NotAllowed",
    `--${name}`,
    `must be ${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`,
    given,
    advice,
  );
}

function unknownOption(rawName: string, { name, options }: CommandSpec<string>): Issue {
  const [near] = nearest(rawName.replace(/^-+/, ""), Object.keys(options), 1);
  const help = `\`ringfence ${name} --help\` lists them`;
  const advice = near === undefined ? help : `Did you mean '--${near}'? ${help}`;
  return { code: "NotFound", path: rawName, rule: `must be an option of \`ringfence ${name}\``, advice };
}

function misuse(
  token: { readonly rawName: string; readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
  option: OptionSpec,
): Issue | undefined {
  const { rawName, value, inlineValue } = token;
  if (option.value === undefined)
    return value === undefined
      ? undefined
      : issue("NotAllowed", rawName, "must stand without a value", value, "Leave the value out");
  const looksLikeOption = inlineValue === false && value !== undefined && /^-./.test(value);
  if (value !== undefined && value !== "" && !looksLikeOption) return undefined;
  const advice = looksLikeOption
    ? `A value that begins with a dash is written ${rawName}=${value}`
    : `Write it like '${rawName} ${option.value}'`;
  return issue("Required", rawName, "must have a value", looksLikeOption ? value : undefined, advice);
}

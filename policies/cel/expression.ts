import type { CelEnv, CelMap } from "@bufbuild/cel";
import type { CelLibrary } from "./values.js";
import { CelValues, NOT_KNOWN } from "./values.js";

/** What came of an expression. */
export type CelAnswer =
  | { readonly kind: "value"; readonly value: unknown }
  /** Something decides that nobody knows before the deployment. */
  | { readonly kind: "unknown" }
  /** It cannot be evaluated: a field that is not there, a text compared as a number. */
  | { readonly kind: "error"; readonly message: string };

/** What an expression may use: a map, or plain text. */
export type CelVariables = Readonly<Record<string, CelMap | string>>;

/** An expression, ready to be asked. */
export type CelExpression = (variables: CelVariables) => CelAnswer;

/** What is wrong with the text of an expression. */
export interface CelMistake {
  /** One sentence without a period: "reads 'objekt', which is no variable". */
  readonly message: string;
  /** Line and column within the expression, counted from 1; left out when it is about the whole. */
  readonly at?: { readonly line: number; readonly column: number };
}

/** Names that CEL itself has. */
const TYPE_NAMES: ReadonlySet<string> = new Set([
  "bool",
  "bytes",
  "double",
  "int",
  "list",
  "map",
  "null_type",
  "string",
  "type",
  "uint",
]);

/** CEL with the standard functions and the string extension, loaded once. */
export class CelLanguage {
  private readonly cel: CelLibrary = require("@bufbuild/cel") as CelLibrary;
  /** Planned values as expressions take them, secrets shown or hidden. */
  readonly values = { reveal: new CelValues(this.cel, "reveal"), hide: new CelValues(this.cel, "hide") };
  readonly #env: CelEnv;

  constructor() {
    const { strings } = require("@bufbuild/cel/ext") as typeof import("@bufbuild/cel/ext");
    this.#env = this.cel.celEnv({ funcs: strings });
  }

  /** Compiles an expression over these variables, or says what is wrong with it. */
  compile(text: string, variables: readonly string[]): CelExpression | CelMistake {
    let parsed: ReturnType<CelLibrary["parse"]>;
    try {
      parsed = this.cel.parse(text);
    } catch (error) {
      return mistakeOf(error);
    }
    const mistake = this.#mistakeIn(parsed.expr, new Set([...variables, ...TYPE_NAMES]), variables);
    if (mistake !== undefined) return mistake;
    const evaluate = this.cel.plan(this.#env, parsed) as (variables: CelVariables) => unknown;
    return (given) => this.#answer(evaluate(given));
  }

  #answer(result: unknown): CelAnswer {
    if (!this.cel.isCelError(result)) return { kind: "value", value: result };
    if (mentionsUnknown(result)) return { kind: "unknown" };
    return { kind: "error", message: result.message };
  }

  /** The first name that is neither a variable nor a function. Left to itself, the library answers with an error each time. */
  #mistakeIn(node: unknown, names: ReadonlySet<string>, variables: readonly string[]): CelMistake | undefined {
    if (Array.isArray(node)) {
      for (const item of node as readonly unknown[]) {
        const found = this.#mistakeIn(item, names, variables);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (typeof node !== "object" || node === null) return undefined;
    const part = node as ExprPart;
    const wrong = this.#wrongName(part, names, variables);
    if (wrong !== undefined) return wrong;
    const own = part.$typeName === "cel.expr.Expr.Comprehension" ? [part.iterVar, part.iterVar2, part.accuVar] : [];
    const inner = new Set([...names, ...own.filter((name) => name !== undefined)]);
    return this.#mistakeIn(Object.values(node), inner, variables);
  }

  #wrongName(part: ExprPart, names: ReadonlySet<string>, variables: readonly string[]): CelMistake | undefined {
    if (part.$typeName === "cel.expr.Expr.Ident" && part.name !== undefined && !names.has(part.name))
      return { message: `reads '${part.name}', which is no variable here: there are ${variables.join(", ")}` };
    const called = part.$typeName === "cel.expr.Expr.Call" ? part.function : undefined;
    if (called === undefined || !/^[a-z]\w*$/i.test(called) || this.#env.funcs.find(called) !== undefined)
      return undefined;
    return { message: `calls '${called}', which is no function of CEL or of its string extension` };
  }
}

/** The fields of a parsed expression that are read here (google.api.expr, `syntax.proto`). */
interface ExprPart {
  readonly $typeName?: string;
  readonly name?: string;
  readonly function?: string;
  readonly iterVar?: string;
  readonly iterVar2?: string;
  readonly accuVar?: string;
}

function mistakeOf(error: unknown): CelMistake {
  const { rawMessage, location } = error as {
    readonly rawMessage?: string;
    readonly location?: { readonly start: { readonly line: number; readonly column: number } };
  };
  const message = rawMessage ?? (error instanceof Error ? error.message : String(error));
  if (location === undefined) return { message };
  const { line, column } = location.start;
  return { message: `${message} (line ${line}, column ${column} of the expression)`, at: { line, column } };
}

/** Whether an unknown is among the causes of an error: several errors are merged into the first one. */
function mentionsUnknown(error: unknown): boolean {
  if (Array.isArray(error)) return error.some(mentionsUnknown);
  if (!(error instanceof Error)) return false;
  return error.message.includes(NOT_KNOWN) || mentionsUnknown(error.cause);
}

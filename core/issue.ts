/** What kind of rule an input broke. The union is closed, so that a typing error in a code does not compile. */
export type IssueCode =
  | "Required"
  | "Malformed"
  | "OutOfRange"
  | "NotAllowed"
  | "Conflict"
  | "Duplicate"
  | "NotFound"
  | "Unsupported"
  | "EndOfSupport";

/** One problem with one input, as data; {@link renderIssue} makes the line that a person reads. */
export interface Issue {
  readonly code: IssueCode;
  /** Where: the path of the argument, as `nodes.subnetMask` or `admins[0]`. */
  readonly path: string;
  /** What must hold, beginning with "must", without a final period. */
  readonly rule: string;
  /** The value given, rendered; left out when it is absent or must not be shown. */
  readonly got?: string;
  /** What to do about it, a sentence without a final period. */
  readonly advice: string;
}

/**
 * Makes an {@link Issue} from a raw value, which is rendered as JSON and cut to 80 characters.
 * `undefined` reads as "nothing".
 */
export function issue(code: IssueCode, path: string, rule: string, got: unknown, advice: string): Issue {
  return { code, path, rule, got: renderValue(got), advice };
}

/** One line: what, where, the value given and what to do. */
export function renderIssue(i: Issue): string {
  const got = i.got === undefined ? "" : `, got ${i.got}`;
  return `'${i.path}' ${i.rule}${got}. ${i.advice}`;
}

function renderValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text =
    typeof value === "string" ? `'${value}'` : ((JSON.stringify(value) as string | undefined) ?? typeof value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/**
 * Bad input of a person: every problem at once, one line each. The command line ends with exit code 2 on it.
 *
 * `stack` equals `message`: Pulumi prints the stack of what a program throws, and its printer runs away on some frames.
 */
export class InputError extends Error {
  readonly issues: readonly Issue[];

  /**
   * @param where What was given wrongly, such as `Network 'prod'`.
   * @param issues At least one problem.
   */
  constructor(where: string, issues: readonly Issue[]) {
    super([`${where}:`, ...issues.map((i) => `  ${renderIssue(i)}`)].join("\n"));
    this.name = "InputError";
    this.issues = issues;
    this.stack = this.message;
  }
}

/** A failure that is one line for a person and not a defect of Ringfence: a missing file, a program that throws. Exit code 2. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UserError";
    this.stack = message;
  }
}

/** What must hold by Ringfence's own code does not: never the fault of an input. The command line ends with exit code 3 on it. */
export class DefectError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DefectError";
  }
}

/** Reached only when a `switch` over a closed union misses a case, which the compiler refuses. */
export function unreachable(value: never): never {
  throw new DefectError(`not a case of this union: ${JSON.stringify(value)}`);
}

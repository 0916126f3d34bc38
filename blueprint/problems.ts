import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../core/issue.js";

/**
 * Refuses an application or a cluster: every problem in one error.
 *
 * @param where What was given wrongly, as `Application 'voting-app'`.
 * @param problems At least one, a line each.
 * @throws pulumi.RunError, which Pulumi prints as its text alone. `stack` equals `message`: Pulumi's printer runs away on
 *   some stack frames.
 */
export function refuse(where: string, problems: readonly string[]): never {
  const error = new pulumi.RunError([`${where}:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
  error.stack = error.message;
  throw error;
}

/** {@link refuse}, when there are problems. */
export function refuseProblems(where: string, problems: readonly string[]): void {
  if (problems.length > 0) refuse(where, problems);
}

/** The lines of an error that somebody's construct threw; several problems of one error are several lines. */
function problemsOf(error: unknown): readonly string[] {
  if (error instanceof InputError) return error.message.split("\n").map((line) => line.trimEnd());
  if (!(error instanceof Error)) return [String(error)];
  const at = placeOf(error);
  const message = error.message === "" ? error.name : error.message;
  return at === undefined ? [message] : [`${message} (${at})`];
}

/** The first line of the program itself in a stack, as `voting-app.ts:12:5`. */
function placeOf(error: Error): string | undefined {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const own = frames.find((line) => !line.includes("node_modules") && !line.includes("node:"));
  return /([^/\\(]+:\d+:\d+)\)?$/.exec(own ?? "")?.[1];
}

/** What came of a call that may throw. */
export type Attempt<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly string[] };

/** Makes a call and keeps its error as lines. */
export function attempt<T>(call: () => T): Attempt<T> {
  try {
    return { ok: true, value: call() };
  } catch (error) {
    return { ok: false, problems: problemsOf(error) };
  }
}

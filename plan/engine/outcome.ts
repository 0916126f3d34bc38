/** Tells how a program's run ended, in one line for a person, or that it ended well. */
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { UserError } from "../../core/issue.js";
import type { Deployment } from "./deployment.js";
import type { Attempt } from "./host/guard.js";
import type { RunLog } from "./server.js";

/** What is known once the process has ended. */
export interface RunEnd {
  readonly log: RunLog;
  readonly deployment: Deployment;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly attempts: readonly Attempt[];
  /** Folders of the SDK copies that the program loaded. */
  readonly sdkCopies: readonly string[];
  /** The last lines of standard error, for programs that die without a word to the engine. */
  readonly lastOutput: readonly string[];
  /** Folder that paths are shown relative to. */
  readonly folder: string;
}

/**
 * Checks that a run is whole.
 *
 * @throws UserError that says what went wrong.
 */
export function requireWholeRun(end: RunEnd): void {
  const message = reasonOf(end);
  if (message !== undefined) throw new UserError(message);
}

function reasonOf(end: RunEnd): string | undefined {
  const { log, attempts, sdkCopies, exitCode, signal } = end;
  const [attempt] = attempts;
  if (attempt !== undefined)
    return `the program reached for the network: '${attempt.host}' from ${shorten(attempt.frame, end.folder)}. A preview runs without one; --allow-network lifts that`;
  const [refusal] = log.refusals;
  if (refusal !== undefined) return refusal;
  if (sdkCopies.length > 1)
    return `the program loads two copies of @pulumi/pulumi: ${sdkCopies.map((copy) => relative(end.folder, copy)).join(" and ")}. Bring them to one version: npm dedupe`;
  const [error] = log.errors;
  if (error !== undefined) return withHint(describeError(error, end.folder), end.deployment);
  if (signal !== null) return `the program was ended by ${signal}`;
  if (exitCode === 13) return unsettled(end.deployment);
  if (exitCode !== 0) return `the program ended with exit code ${exitCode ?? "unknown"}${lastWords(end.lastOutput)}`;
  if (log.finished && end.deployment.hasStackOutputs) return undefined;
  return end.deployment.hasStackOutputs ? undefined : unsettled(end.deployment);
}

function unsettled(deployment: Deployment): string {
  const last = deployment.last;
  const where = last === undefined ? "before its first resource" : `after it registered '${last}'`;
  return `the program ended before it was done, ${where}: it called process.exit(), or waits for a promise that never settles`;
}

/** From what Pulumi logs for an exception to its message and the place in the program. */
function describeError(logged: string, folder: string): string {
  const lines = stripVTControlCharacters(logged)
    .split("\n")
    .filter((line) => !/^Running program '.*' failed with an unhandled exception:$/.test(line));
  const firstFrame = lines.findIndex((line) => /^\s+at /.test(line));
  const message = (firstFrame === -1 ? lines : lines.slice(0, firstFrame))
    .join("\n")
    .trim()
    .replace(/^<ref \*1> /, "")
    .replace(/^Error: /, "");
  const frames = firstFrame === -1 ? [] : lines.slice(firstFrame);
  const frame = frames.find((line) => /^\s+at /.test(line) && !/node_modules|node:|<anonymous>\)?$/.test(line));
  const place = frame === undefined ? "" : ` (at ${shorten(frame.trim().replace(/^at /, ""), folder)})`;
  return `the program failed: ${message}${place}`;
}

/** A program that reads a field of an answer nobody could give fails on `undefined`; say where that came from. */
function withHint(message: string, deployment: Deployment): string {
  const { unanswered } = deployment;
  if (unanswered.length === 0 || !/undefined|null|is not a function|is not iterable/.test(message)) return message;
  return `${message}. It had asked for '${unanswered.join("', '")}', which only the real provider answers`;
}

function lastWords(output: readonly string[]): string {
  const text = output.map((line) => stripVTControlCharacters(line).trim()).filter((line) => line !== "");
  return text.length === 0 ? "" : `: ${text.slice(-3).join(" | ")}`;
}

function shorten(frame: string, folder: string): string {
  return frame.replace("file://", "").replaceAll(`${folder}/`, "");
}

import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Issue } from "../core/issue.js";
import { issue, UserError } from "../core/issue.js";
import type { Arguments } from "./arguments.js";
import { notOneOf } from "./arguments.js";

/** A format, and the file that it goes to; standard output when it is left out. */
export interface Output<Format extends string = string> {
  readonly format: Format;
  readonly file?: string;
}

/** A file to be written. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads `--format` and `--output`: each file belongs to the format before it, or to the next when none is before it. At
 * most one format goes to standard output. The first of the formats when none is named.
 */
export function readOutputs<Format extends string>(
  args: Arguments<"format" | "output">,
  formats: readonly [Format, ...Format[]],
): readonly Output<Format>[] {
  const [usual] = formats;
  const outputs: { format: Format; file?: string }[] = [];
  let waiting: string | undefined;
  for (const { name, value } of args.inOrder("format", "output")) {
    if (name === "format") {
      const format = formats.find((known) => known === value);
      if (format === undefined) args.issues.push(notOneOf("format", formats, value));
      else outputs.push({ format, ...(waiting === undefined ? {} : { file: waiting }) });
      waiting = undefined;
    } else {
      const last = outputs.at(-1);
      if (last !== undefined && last.file === undefined) last.file = value;
      else if (waiting === undefined) waiting = value;
      else args.issues.push(tooMany(value));
    }
  }
  if (waiting !== undefined) {
    if (outputs.length === 0) outputs.push({ format: usual, file: waiting });
    else args.issues.push(tooMany(waiting));
  }
  args.issues.push(...clashes(outputs));
  return outputs.length === 0 ? [{ format: usual }] : outputs;
}

function tooMany(file: string): Issue {
  return issue(
    "Conflict",
    "--output",
    "must come with a --format of its own",
    file,
    "Write it like '--format json --output report.json'",
  );
}

function clashes(outputs: readonly Output[]): readonly Issue[] {
  const twice = outputs.filter(({ format }, i) => outputs.findIndex((o) => o.format === format) < i);
  const open = outputs.filter(({ file }) => file === undefined);
  return [
    ...twice.map(({ format }) =>
      issue("Duplicate", "--format", "must be given once for each format", format, "Keep one"),
    ),
    ...(open.length < 2
      ? []
      : [
          issue(
            "Conflict",
            "--format",
            "must go to standard output for one format only",
            open.map((o) => o.format).join(", "),
            "Give the other a file with --output",
          ),
        ]),
  ];
}

/** A file to be written, and the option that named it. */
export interface Target {
  readonly option: string;
  readonly file: string;
}

/** Finds out before any work whether files can be written: the folder is there, and nothing but a file is in the way. */
export function checkTargets(targets: readonly Target[]): readonly Issue[] {
  const seen = new Set<string>();
  return targets.flatMap(({ option, file }) => {
    const path = resolve(file);
    const twice = seen.has(path);
    seen.add(path);
    if (twice) return [issue("Duplicate", option, "must name a file of its own", file, "Give another name")];
    if (file === "-" || isTaken(path))
      return [issue("NotAllowed", option, "must name a file", file, "Leave it out to print to standard output")];
    if (!existsSync(dirname(path)) || !statSync(dirname(path)).isDirectory())
      return [issue("NotFound", option, "must lie in a folder that exists", file, `Create '${dirname(file)}' first`)];
    return [];
  });
}

/** Whether something other than a file stands there: a folder, or a device, which a rename would destroy. */
function isTaken(path: string): boolean {
  return existsSync(path) && !statSync(path).isFile();
}

/**
 * Writes files under temporary names first, which take the place of what was there once all are complete.
 *
 * @throws UserError when one of them cannot be written; what was there is untouched then.
 */
export function writeFiles(files: readonly TextFile[]): void {
  const written: { readonly from: string; readonly to: string }[] = [];
  for (const { file, text } of files) {
    try {
      // Asked again: the program has run since the arguments were read.
      if (isTaken(file)) throw new UserError("it is no file");
      const to = existsSync(file) ? realpathSync(file) : resolve(file);
      const from = `${to}.${randomUUID()}.tmp`;
      const opened = openSync(from, "wx");
      written.push({ from, to });
      writeFileSync(opened, text);
      closeSync(opened);
    } catch (error) {
      for (const { from } of written) rmSync(from);
      throw new UserError(`'${file}' could not be written: ${(error as Error).message}. No file was written`);
    }
  }
  for (const { from, to } of written) renameSync(from, to);
}

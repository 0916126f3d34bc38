import { existsSync, readFileSync } from "node:fs";
import { InputError, UserError } from "../core/issue.js";
import type { ReadInputs } from "../plan/read/index.js";
import type { Judgement } from "../policies/index.js";
import type { Baseline } from "../report/baseline.js";
import type { Report } from "../report/model.js";
import type { CheckRequest } from "./check-options.js";
import { overInputs } from "./check-options.js";
import type { Io } from "./io.js";
import { frameworksOf, judgingOf } from "./judging.js";
import type { TextFile } from "./outputs.js";
import { writeFiles } from "./outputs.js";
import { printReport } from "./print.js";
import { progressOn } from "./progress.js";

/**
 * `ringfence check`: reads files, judges what they describe, prints the report and writes the files asked for. With `--fix`
 * it changes the files first, and judges what is then there.
 *
 * @returns the exit code: 2 when an input cannot be read, whatever the rules say of the others.
 * @throws InputError and UserError for bad input.
 */
export async function check(request: CheckRequest, io: Io): Promise<number> {
  const judging = await judgingOf(request, io);
  const baseline = request.baseline === undefined ? undefined : await readBaselineFile(request.baseline);
  const [{ judge }, { buildReport, passGate }] = await Promise.all([
    import("../policies/judge.js"),
    import("../report/preview.js"),
  ]);
  // What was fixed is read again, and standard input can be read once.
  const stdin = replayed(() => io.stdin ?? process.stdin);
  const look = async (): Promise<readonly [ReadInputs, Judgement]> => {
    const read = await readFiles(request, io, stdin);
    return [read, judge(read.plan, judging.options)];
  };
  let [read, judgement] = await look();
  if (read.inputs.length === 0 && read.problems.length > 0) throw nothingRead(read);
  const overwritten = overInputs(request, [
    ...read.inputs.map(({ path }) => path),
    ...read.problems.map(({ file }) => file),
  ]);
  if (overwritten.length > 0) throw new InputError("check", overwritten);
  const fix = request.fix === "no" ? undefined : await import("./fix.js");
  if (fix !== undefined) {
    const fixes = fix.fixesOf(read, judgement);
    if (request.fix === "write") writeFiles(fixes.files);
    else io.stdout.write(fix.diffOf(fixes, read, judgement));
    if (!request.quiet) {
      for (const line of fixes.left) io.stderr.write(`ringfence: not changed: ${line}\n`);
      io.stderr.write(`ringfence: ${fix.summaryOf(fixes, request.fix === "show")}\n`);
    }
    if (request.fix === "write" && fixes.files.length > 0) [read, judgement] = await look();
  }

  const fingerprints = baseline === undefined ? undefined : await fingerprintsIn(baseline);
  const report = buildReport({
    plan: read.plan,
    from: read,
    judgement,
    all: request.all,
    frameworks: await frameworksOf(judgement, judging.options),
    ...(fingerprints === undefined ? {} : { baseline: fingerprints }),
  });
  const { gate } = judging;
  const result = passGate(report, gate);
  if (request.fix === "show") return result.exitCode;
  const extra = await baselineFiles(request, baseline, report, judgement);
  const { renderCheckText } = await import("../report/check.js");
  const inputs = read;
  await printReport({
    report,
    gate,
    result,
    rules: judgement.rules,
    request,
    text: (layout) =>
      renderCheckText(report, { ...layout, gate, result, lineOf: (file, line) => inputs.lineOf(file, line) }),
    extra,
    io,
  });
  return result.exitCode;
}

/** Where no input can be read there is nothing to report. */
function nothingRead({ problems }: ReadInputs): UserError {
  const lines = problems.map(({ file, line, column, message }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    return `${place}: ${message}`;
  });
  return new UserError(lines.length === 1 ? lines.join("") : ["no input can be read", ...lines].join("\n  "));
}

type Input = NonNullable<Io["stdin"]>;

/** A stream, opened when it is first read, that gives each time what it gave before, and then the rest. */
function replayed(open: () => Input): Input {
  let source: AsyncIterator<Uint8Array | string> | undefined;
  const given: (Uint8Array | string)[] = [];
  return {
    async *[Symbol.asyncIterator]() {
      yield* given;
      source ??= open()[Symbol.asyncIterator]();
      for (let next = await source.next(); next.done !== true; next = await source.next()) {
        given.push(next.value);
        yield next.value;
      }
    },
  };
}

async function readFiles(request: CheckRequest, io: Io, stdin: Input): Promise<ReadInputs> {
  const { readInputs } = await import("../plan/read/index.js");
  const progress = progressOn(io.stderr, request.quiet);
  return readInputs(request.paths, {
    stdin,
    ...(request.eventLog === undefined ? {} : { eventLog: request.eventLog }),
    onProgress: ({ filesDone, files, resources }) => {
      progress.show(`read ${filesDone} of ${files} files, ${resources} resources`);
    },
  }).finally(progress.clear);
}

async function readBaselineFile(file: string): Promise<Baseline> {
  const { readBaseline } = await import("../report/baseline.js");
  try {
    return readBaseline(readFileSync(file, "utf8"), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new UserError(`'--baseline' must name a file that is there, got '${file}'. Write one with --write-baseline`);
  }
}

async function fingerprintsIn(baseline: Baseline): Promise<ReadonlySet<string>> {
  const { fingerprintsOf } = await import("../report/baseline.js");
  return fingerprintsOf(baseline);
}

/** The new baseline, or the old one without what is mended. A run that could not read or judge everything changes none. */
async function baselineFiles(
  { baseline: file, writeBaseline: target }: CheckRequest,
  before: Baseline | undefined,
  report: Report,
  { rules }: Judgement,
): Promise<readonly TextFile[]> {
  if ((file === undefined && target === undefined) || report.problems.length + report.defects.length > 0) return [];
  const { baselineOf, shrink, writeBaseline } = await import("../report/baseline.js");
  if (target !== undefined) return [{ file: target, text: writeBaseline(baselineOf(report)) }];
  if (file === undefined || before === undefined) return [];
  const after = shrink(before, report, {
    rules: new Set(rules.map(({ id }) => id)),
    isGone: (path) => !existsSync(path),
  });
  return after.findings.length === before.findings.length ? [] : [{ file, text: writeBaseline(after) }];
}

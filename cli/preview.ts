import { readFileSync } from "node:fs";
import { UserError } from "../core/issue.js";
import type { Preview, PreviewOptions } from "../plan/engine/preview.js";
import { readPlan, writePlan } from "../plan/model/plan-file.js";
import type { Plan } from "../plan/model/resource.js";
import type { Report } from "../report/model.js";
import type { Io } from "./io.js";
import { isColoured, widthOf } from "./io.js";
import type { Output } from "./outputs.js";
import { writeFiles } from "./outputs.js";
import type { PreviewRequest } from "./preview-options.js";
import { progressOn } from "./progress.js";

/** Runs a program and returns its plan: the embedded engine, or what a test puts in its place. */
export type RunProgram = (folder: string, options: PreviewOptions) => Promise<Preview>;

/**
 * `ringfence preview`: runs the program, judges its plan, prints the report and writes the files asked for. Nothing is
 * written unless all went well.
 *
 * @returns the exit code.
 * @throws InputError and UserError for bad input and for a program that fails.
 */
export async function preview(request: PreviewRequest, io: Io, runProgram: RunProgram): Promise<number> {
  await checkRules(request);
  const against = request.against === undefined ? undefined : readAgainst(request.against);
  const progress = progressOn(io.stderr, request.quiet);
  progress.show(`running the program in ${request.folder}`);
  const running = runProgram(request.folder, engineOptions(request, against, progress.line));
  // The rules load while the program runs.
  const loading = Promise.all([import("../policies/judge.js"), import("../report/preview.js")]);
  const [{ plan, environment }, [{ judge }, { buildReport, keptOf, passGate, ...render }]] = await Promise.all([
    running,
    loading,
  ]).finally(progress.clear);

  const now = io.now();
  const { kubernetesVersion, sets, rules, gate } = request;
  const kept = keptOf(plan);
  const judgement = judge(kept, {
    today: now,
    ...(sets === undefined ? {} : { sets }),
    ...(rules === undefined ? {} : { rules }),
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
  });
  const { project, stack, account, region, isolation } = environment;
  const report = buildReport({
    path: request.folder,
    plan,
    environment: {
      project,
      stack,
      account,
      ...(region === undefined ? {} : { region }),
      isolation,
      date: now.toISOString().slice(0, 10),
    },
    standInAccount: request.account === undefined,
    judgement,
    all: request.all,
  });
  const result = passGate(report, gate);
  const { verbose, quiet, colour } = request;
  const textOf = ({ format, file }: Output): string =>
    format === "json"
      ? render.renderJson(report)
      : render.renderText(report, plan, {
          gate,
          result,
          verbose,
          quiet,
          width: file === undefined ? widthOf(io.stdout) : 100,
          colour: file === undefined && isColoured(colour, io),
        });
  const files = request.outputs.flatMap((o) => (o.file === undefined ? [] : [{ file: o.file, text: textOf(o) }]));
  if (request.save !== undefined) files.push({ file: request.save, text: writePlan(kept) });
  const printed = request.outputs.filter((o) => o.file === undefined).map(textOf);
  writeFiles(files);
  for (const text of printed) io.stdout.write(text);
  if (!quiet) for (const { file } of files) io.stderr.write(`ringfence: wrote ${file}\n`);
  if (!quiet && printed.length === 0) io.stderr.write(`ringfence: ${render.outcome(report, { gate, result })}\n`);
  tellDefects(report, io);
  return result.exitCode;
}

/** Refuses ids of rules and sets that do not exist before the program runs. */
async function checkRules({ sets, rules }: PreviewRequest): Promise<void> {
  if (sets === undefined && rules === undefined) return;
  const { selectRules } = await import("../policies/select.js");
  selectRules(sets, rules);
}

function readAgainst(file: string): Plan {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : message;
    throw new UserError(`'--against' must name a saved plan, got '${file}': ${why}. Write one with --save`);
  }
  return readPlan(text, file);
}

function engineOptions(
  request: PreviewRequest,
  against: Plan | undefined,
  onOutput: (line: string) => void,
): PreviewOptions {
  const { stack, config, region, account, allowNetwork, allowReplace } = request;
  return {
    ...(stack === undefined ? {} : { stack }),
    config,
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    allowNetwork,
    ...(against === undefined ? {} : { against }),
    allowReplace,
    onOutput,
  };
}

function tellDefects({ defects }: Report, { stderr }: Io): void {
  for (const defect of defects) stderr.write(`ringfence: a defect in Ringfence, please report it: ${defect}\n`);
}

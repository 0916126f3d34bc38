import { readFileSync } from "node:fs";
import { UserError } from "../core/issue.js";
import type { Preview, PreviewOptions } from "../plan/engine/preview.js";
import { readPlan, writePlan } from "../plan/model/plan-file.js";
import type { Plan } from "../plan/model/resource.js";
import type { Io } from "./io.js";
import { frameworksOf, judgingOf } from "./judging.js";
import type { PreviewRequest } from "./preview-options.js";
import { printReport } from "./print.js";
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
  const judging = await judgingOf(request, io);
  const against = request.against === undefined ? undefined : readAgainst(request.against);
  const progress = progressOn(io.stderr, request.quiet);
  progress.show(`running the program in ${request.folder}`);
  const running = runProgram(request.folder, engineOptions(request, against, progress.line));
  // The rules load while the program runs.
  const loading = Promise.all([
    import("../policies/judge.js"),
    import("../report/preview.js"),
    import("../cost/index.js"),
    import("../plan/world/index.js"),
  ]);
  const [{ plan, environment }, loaded] = await Promise.all([running, loading]).finally(progress.clear);
  const [{ judge }, { buildReport, keptOf, passGate, renderText }, { monthlyCost }, { World }] = loaded;

  const kept = keptOf(plan);
  const previous = against === undefined ? {} : { previous: keptOf(against) };
  const judgement = judge(kept, { ...judging.options, ...previous });
  const { project, stack, account, region, isolation } = environment;
  const today = io.now();
  const report = buildReport({
    plan,
    from: {
      path: request.folder,
      environment: {
        project,
        stack,
        account,
        ...(region === undefined ? {} : { region }),
        isolation,
        date: today.toISOString().slice(0, 10),
      },
      standInAccount: request.account === undefined,
    },
    judgement,
    all: request.all,
    frameworks: await frameworksOf(judgement, judging.options),
    cost: monthlyCost(new World(kept), { region, today }),
  });
  const { gate } = judging;
  const result = passGate(report, gate);
  await printReport({
    report,
    gate,
    result,
    rules: judgement.rules,
    request,
    text: (layout) => renderText(report, plan, { ...layout, gate, result }),
    extra: request.save === undefined ? [] : [{ file: request.save, text: writePlan(kept) }],
    io,
  });
  return result.exitCode;
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

/**
 * `npm run bench`: what a preview and a check cost, as medians. Prints a table and writes the figures to `.ringfence/bench.json`.
 *
 * Runs of the voting app and of its floor alternate, so that both see the same machine.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { CheckFigures } from "./check.js";
import { benchCheck, CHECK_AIM } from "./check.js";
import { runUnderPulumi, writeFloor } from "./floor.js";
import type { Command, Run } from "./measure.js";
import { measure, medianRun } from "./measure.js";

const COUNTS = [100, 1000, 4000] as const;
const AIM = { ratio: 2, msPerResource: 2 };

const root = dirname(__dirname);
const scratch = join(root, ".ringfence");
const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const runs = Number(values.runs);

async function main(): Promise<void> {
  if (!Number.isInteger(runs) || runs < 1)
    throw new Error(`'--runs' must be a whole number from 1 on, got '${values.runs}'`);
  const floorFile = await writeFloor(root, previewOf(root), join(scratch, "bench"));
  const [app, floor] = await alternate(
    () => measure(previewOf(root)),
    () => runUnderPulumi(root, floorFile),
  );
  const many: { readonly count: number; readonly run: Run }[] = [];
  for (const count of COUNTS) many.push({ count, run: await medianOf(() => manyResources(count)) });
  report(app, floor, many, await benchCheck(root, scratch, runs));
}

function previewOf(folder: string, ...args: string[]): Command {
  return { args: [join(root, "dist", "cli", "main.js"), "preview", folder, "--fail-on", "never", ...args], cwd: root };
}

function manyResources(count: number): Promise<Run> {
  return measure(previewOf(join(root, "bench", "programs", "many-resources"), "--config", `count=${count}`));
}

async function alternate(a: () => Promise<Run>, b: () => Promise<Run>): Promise<readonly [Run, Run]> {
  const [as, bs]: [Run[], Run[]] = [[], []];
  // The first pair fills the disk cache and does not count.
  for (let i = 0; i <= runs; i++) {
    as.push(await a());
    bs.push(await b());
  }
  return [medianRun(as.slice(1)), medianRun(bs.slice(1))];
}

async function medianOf(run: () => Promise<Run>): Promise<Run> {
  const all: Run[] = [];
  for (let i = 0; i < runs; i++) all.push(await run());
  return medianRun(all);
}

function report(
  app: Run,
  floor: Run,
  many: readonly { readonly count: number; readonly run: Run }[],
  checks: readonly CheckFigures[],
): void {
  const ratio = app.wallMs / floor.wallMs;
  const sizes = many.map(({ count, run }, i) => {
    const before = many[i - 1];
    const ms = before === undefined ? undefined : (run.wallMs - before.run.wallMs) / (count - before.count);
    return { resources: count, ...run, msPerFurtherResource: ms };
  });
  const figures = {
    format: "ringfence.bench/1",
    date: new Date().toISOString(),
    machine: { node: process.version, platform: `${process.platform} ${process.arch}`, cpus: availableParallelism() },
    runs,
    aim: { ...AIM, check: CHECK_AIM },
    votingApp: app,
    floor,
    ratio,
    sizes,
    checks,
  };
  mkdirSync(scratch, { recursive: true });
  const file = join(scratch, "bench.json");
  writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);

  const { node, platform, cpus } = figures.machine;
  console.log(`Medians of ${runs} runs, Node ${node}, ${platform}, ${cpus} CPUs.\n`);
  console.log(row("", "wall", "peak memory", ""));
  console.log(row("preview of the voting app", seconds(app), memory(app), ""));
  console.log(row("floor: its SDK imports alone", seconds(floor), memory(floor), ""));
  console.log(row("ratio", ratio.toFixed(2), "", `aim: at most ${AIM.ratio.toFixed(1)}`));
  console.log(`\n${row("preview of", "wall", "peak memory", "per further resource")}`);
  for (const size of sizes) {
    const ms = size.msPerFurtherResource;
    console.log(
      row(`${size.resources} resources`, seconds(size), memory(size), ms === undefined ? "" : `${ms.toFixed(2)} ms`),
    );
  }
  console.log(row("", "", "", `aim: ${AIM.msPerResource} ms`));
  console.log(`\n${row("check of", "wall", "peak memory", "")}`);
  for (const check of checks) {
    const aim = (CHECK_AIM.seconds as Readonly<Record<number, number>>)[check.objects];
    const size = `${check.objects} objects, ${(check.bytes / 1e6).toFixed(1)} MB`;
    console.log(row(size, seconds(check), memory(check), aim === undefined ? "" : `aim: ${aim} s`));
  }
  console.log("\nPeak memory is the largest sum of the resident sets of all processes of a run, sampled every 10 ms.");
  console.log(`Figures: ${file}`);
}

function row(...cells: readonly [string, string, string, string]): string {
  const [name, wall, peak, note] = cells;
  return `${name.padEnd(30)}${wall.padStart(9)}${peak.padStart(14)}   ${note}`.trimEnd();
}

function seconds({ wallMs }: Run): string {
  return `${(wallMs / 1000).toFixed(2)} s`;
}

function memory({ peakMiB }: Run): string {
  return peakMiB === undefined ? "not known" : `${peakMiB.toFixed(0)} MiB`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

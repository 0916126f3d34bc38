/** What `ringfence check` costs on generated worlds of Kubernetes objects, from files, with the default rules. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "./measure.js";
import { measure, medianRun } from "./measure.js";
import { worldAsYaml } from "./worlds/world.js";

/** Objects of the worlds; the first is a file as a pre-commit hook sees it. */
const COUNTS = [1, 100, 1000, 10_000, 50_000] as const;

/** What the figures are held against: seconds by objects, and MiB at 10,000. */
export const CHECK_AIM = { seconds: { 1: 0.25, 10_000: 2.5, 50_000: 12 }, peakMiB: 600 } as const;

/** Figures of one world. */
export interface CheckFigures extends Run {
  readonly objects: number;
  /** Of the YAML. */
  readonly bytes: number;
}

/** Writes the worlds below a folder and judges each so many times; medians. */
export async function benchCheck(root: string, scratch: string, runs: number): Promise<readonly CheckFigures[]> {
  const folder = join(scratch, "worlds");
  mkdirSync(folder, { recursive: true });
  const figures: CheckFigures[] = [];
  for (const objects of COUNTS) {
    const file = join(folder, `${objects}.yaml`);
    const text = worldAsYaml(objects);
    writeFileSync(file, text);
    const all: Run[] = [];
    for (let i = 0; i < runs; i++)
      all.push(
        await measure({ args: [join(root, "dist", "cli", "main.js"), "check", file, "--fail-on", "never"], cwd: root }),
      );
    figures.push({ objects, bytes: Buffer.byteLength(text), ...medianRun(all) });
  }
  return figures;
}

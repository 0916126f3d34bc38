import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** One run of a command. */
export interface Run {
  readonly wallMs: number;
  /**
   * The largest sum of the resident sets of the process and all its children, in MiB. Pages that they share count in each.
   * Undefined where `/proc` does not tell.
   */
  readonly peakMiB: number | undefined;
}

/** A command with its working directory and environment. */
export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

const SAMPLE_MS = 10;
const PAGE_MIB = 4096 / 2 ** 20;

/**
 * Runs Node with arguments and measures it until it has ended.
 *
 * @throws Error when it does not end with exit code 0.
 */
export async function measure({ args, cwd, env }: Command): Promise<Run> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, residentPages(child.pid ?? 0));
  }, SAMPLE_MS);
  const complaints: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearInterval(sampler);
  const wallMs = performance.now() - started;
  if (code !== 0)
    throw new Error(`node ${args.join(" ")} ended with ${String(code)}:\n${Buffer.concat(complaints).toString()}`);
  return { wallMs, peakMiB: peak === 0 ? undefined : peak * PAGE_MIB };
}

/** Resident pages of a process and all below it; 0 for a process that is gone. */
function residentPages(pid: number): number {
  try {
    const own = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .split(" ")
      .filter((text) => text !== "");
    return children.reduce((sum, child) => sum + residentPages(Number(child)), own);
  } catch {
    return 0;
  }
}

/** The median of each measure. */
export function medianRun(runs: readonly Run[]): Run {
  const peaks = runs.flatMap(({ peakMiB }) => (peakMiB === undefined ? [] : [peakMiB]));
  return { wallMs: median(runs.map(({ wallMs }) => wallMs)), peakMiB: peaks.length === 0 ? undefined : median(peaks) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  if (low === undefined || high === undefined) throw new Error("no runs");
  return (low + high) / 2;
}

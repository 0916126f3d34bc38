import { spawn } from "node:child_process";
import { cliMissing, failureOf, TunnelFailure } from "./failure.js";
import type { Environment } from "./tools.js";

/** How long one call of AWS's command may take. */
const CALL_MS = 60_000;

/** Runs AWS's command and returns what it printed. */
export type Aws = (args: readonly string[], signal?: AbortSignal) => Promise<unknown>;

/**
 * AWS's command on this machine.
 *
 * @param region Left out where the command needs none; what it prints is then taken as text.
 * @returns a call that throws {@link TunnelFailure}.
 */
export function awsCommand(region: string | undefined, env: Environment): Aws {
  return async (args, signal) => {
    const common = region === undefined ? [] : ["--region", region, "--output", "json"];
    const { code, out, err } = await runAws([...args, ...common], env, signal);
    if (code !== 0) throw failureOf(err);
    if (region === undefined) return out.trim();
    try {
      return JSON.parse(out) as unknown;
    } catch {
      throw new TunnelFailure(`aws ${args.slice(0, 2).join(" ")} printed no JSON`, true);
    }
  };
}

async function runAws(
  args: readonly string[],
  env: Environment,
  signal: AbortSignal | undefined,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve, reject) => {
    const given = signal === undefined ? {} : { signal };
    const child = spawn("aws", args, {
      ...{ env, stdio: ["ignore", "pipe", "pipe"], timeout: CALL_MS, windowsHide: true },
      ...given,
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    child.stderr.on("data", (data: Buffer) => (err += data.toString()));
    child.on("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "ENOENT" ? cliMissing() : new TunnelFailure(`aws does not start: ${error.message}`, true));
    });
    child.on("close", (code) => {
      resolve({ code: code ?? 1, out, err: code === null && err === "" ? "no answer within a minute" : err });
    });
  });
}

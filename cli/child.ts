import { spawn } from "node:child_process";
import { constants } from "node:os";
import { UserError } from "../core/issue.js";

/**
 * Runs a command on this terminal and returns its exit code, or 128 and its signal as shells count. Interrupts are for the
 * command: it decides what they end.
 *
 * @throws UserError when it cannot be started.
 */
export async function runOnTerminal(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const heed = (): void => undefined;
  for (const signal of ["SIGINT", "SIGQUIT"] as const) process.on(signal, heed);
  const child = spawn(program, args, { stdio: "inherit", env });
  const pass = (): void => void child.kill("SIGTERM");
  process.on("SIGTERM", pass);
  try {
    return await new Promise((resolve, reject) => {
      child.on("error", (error: NodeJS.ErrnoException) => {
        reject(new UserError(error.code === "ENOENT" ? `'${program}' is not on the PATH` : error.message));
      });
      child.on("close", (code, signal) => {
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  } finally {
    for (const signal of ["SIGINT", "SIGQUIT"] as const) process.off(signal, heed);
    process.off("SIGTERM", pass);
  }
}

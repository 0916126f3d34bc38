import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { cliMissing, failureOf, TunnelFailure } from "./failure.js";
import type { Environment } from "./tools.js";

/** How long AWS and its plugin may take to open a port. */
const START_MS = 45_000;

/** How long the plugin may take to end its session properly. */
const END_MS = 3000;

/** A port forwarding session of Session Manager, run by AWS's command and plugin. */
export interface Session {
  /** The plugin's own port on this machine. */
  readonly port: number;
  /** Settles when it is over, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends it at AWS and here. */
  readonly end: () => Promise<void>;
}

/** What a session is opened with. */
export interface SessionRequest {
  readonly region: string;
  readonly instanceId: string;
  readonly documentName: string;
  readonly env: Environment;
  /** Gives up while the session is not open yet. */
  readonly signal: AbortSignal;
}

/**
 * Opens a session.
 *
 * @throws TunnelFailure when AWS refuses, the plugin is missing, or no port opens.
 */
export async function openSession({ region, instanceId, documentName, env, signal }: SessionRequest): Promise<Session> {
  const args = ["ssm", "start-session", "--region", region, "--target", instanceId, "--document-name", documentName];
  // The plugin takes a free port for 0 and says which: nobody can take it in between.
  const child = spawn("aws", [...args, "--parameters", "localPortNumber=0"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, since the plugin is a child of AWS's command and must end with it.
    detached: true,
    windowsHide: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      resolve();
    });
    child.once("error", () => {
      resolve();
    });
  });
  const end = async (): Promise<void> => endGroup(child, ended);
  try {
    return { port: await portOf(child, signal), ended, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function portOf(child: ChildProcess, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    let [out, err] = ["", ""];
    const timer = setTimeout(() => {
      reject(new TunnelFailure(`Session Manager opened no port within ${START_MS / 1000} s`, false));
    }, START_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new TunnelFailure("the tunnel ends", true));
    });
    child.stdout?.on("data", (data: Buffer) => {
      out = (out + data.toString()).slice(-4096);
      const port = /\bPort (\d+) opened for session/i.exec(out)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.stderr?.on("data", (data: Buffer) => (err = (err + data.toString()).slice(-4096)));
    child.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(error.code === "ENOENT" ? cliMissing() : new TunnelFailure(`aws does not start: ${error.message}`, true));
    });
    child.once("close", () => {
      clearTimeout(timer);
      // The plugin tells its troubles on standard output.
      reject(failureOf(err.trim() === "" ? out : err));
    });
  });
}

async function endGroup(child: ChildProcess, ended: Promise<void>): Promise<void> {
  // The plugin ends its session at AWS on an interrupt, and on nothing else.
  interrupt(child, "SIGINT");
  const timer = setTimeout(() => {
    interrupt(child, "SIGKILL");
  }, END_MS);
  await ended;
  clearTimeout(timer);
}

function interrupt(child: ChildProcess, name: NodeJS.Signals): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(name);
    else process.kill(-pid, name);
  } catch {
    // It is gone, and that is what was asked for.
  }
}

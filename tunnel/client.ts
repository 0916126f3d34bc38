import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";
import { callTunnel } from "./control.js";
import { TunnelFailure } from "./failure.js";
import { controlPath, logPath, tunnelFolder } from "./folder.js";
import type { Hold } from "./messages.js";
import { onEvent, PROTOCOL, send } from "./messages.js";
import type { TunnelSpec } from "./spec.js";
import { TUNNEL_DEFAULTS, tunnelKey } from "./spec.js";
import { environmentOfTunnel, missingTool, outdatedPlugin } from "./tools.js";
import type { Environment } from "./tools.js";

/** How long the process of a tunnel may take to listen. */
const START_MS = 20_000;

/** What a caller waits beyond the time that a tunnel gives itself, to hear from it why. */
const GRACE_MS = 2000;

/** How a tunnel is asked for. */
export interface OpenOptions {
  /** What keeps it open. */
  readonly hold: Hold;
  /**
   * Hears what is going on, a line each.
   *
   * @default - nobody
   */
  readonly onProgress?: (text: string) => void;
  /**
   * Hears that the tunnel is gone, which nobody asked for.
   *
   * @default - nobody
   */
  readonly onEnd?: () => void;
  /**
   * The environment of AWS's command.
   *
   * @default - that of this process
   */
  readonly env?: Environment;
}

/** A tunnel that is open. */
export interface Tunnel {
  /** Where the API is, on 127.0.0.1. */
  readonly port: number;
  /** What it writes while it runs. */
  readonly log: string;
  /** Lets go of it: it ends when nobody else holds it. */
  readonly close: () => void;
}

/**
 * Opens the tunnel to a cluster, or joins the one that runs already, and waits until the API answers through it.
 *
 * @throws TunnelFailure, one line, when it does not open.
 */
export async function openTunnel(spec: TunnelSpec, options: OpenOptions): Promise<Tunnel> {
  const env = options.env ?? process.env;
  const missing = missingTool(env);
  if (missing !== undefined) throw missing;
  const folder = tunnelFolder(env);
  const key = tunnelKey(spec);
  const socket = await reach(spec, controlPath(folder, key), env);
  send(socket, { protocol: PROTOCOL, spec, hold: options.hold });
  const port = await opened(socket, spec, options, logPath(folder, key));
  if (spec.port !== undefined && spec.port !== port) {
    socket.destroy();
    throw new TunnelFailure(
      `a tunnel to '${spec.clusterName}' is open on port ${port} already; end it or name no port`,
      true,
    );
  }
  return {
    port,
    log: logPath(folder, key),
    close: () => {
      socket.removeAllListeners("close");
      socket.destroy();
    },
  };
}

async function reach(spec: TunnelSpec, path: string, env: Environment): Promise<Socket> {
  const running = await callTunnel(path);
  if (running !== undefined) return running;
  const outdated = await outdatedPlugin(env);
  if (outdated !== undefined) throw outdated;
  const failed = startDaemon(spec, env);
  const latest = Date.now() + START_MS;
  while (Date.now() < latest) {
    const socket = await callTunnel(path);
    if (socket !== undefined) return socket;
    const why = failed();
    if (why !== undefined) throw new TunnelFailure(why, true);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new TunnelFailure(`the process of the tunnel does not answer after ${START_MS / 1000} s`, true);
}

/** Starts the process; what it returns tells why it gave up, if it did. */
function startDaemon(spec: TunnelSpec, env: Environment): () => string | undefined {
  const child = spawn(process.execPath, [join(__dirname, "daemon.js")], {
    // A session of its own: an interrupt at the terminal is for the engine, and the tunnel ends after it.
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
    env: environmentOfTunnel(env, undefined),
    windowsHide: true,
  });
  let [err, why]: [string, string | undefined] = ["", undefined];
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  child.on("error", (error) => (why = `the process of the tunnel does not start: ${error.message}`));
  // Code 0 is that of one that found another at work.
  child.on(
    "close",
    (code) =>
      (why = code === 0 ? undefined : err.trim() || `the process of the tunnel ended with ${code ?? "a signal"}`),
  );
  child.stdin.on("error", () => undefined);
  child.stdin.end(JSON.stringify(spec));
  child.unref();
  (child.stderr as unknown as Socket).unref();
  return () => why;
}

async function opened(socket: Socket, spec: TunnelSpec, options: OpenOptions, log: string): Promise<number> {
  const { timeoutSeconds = TUNNEL_DEFAULTS.timeoutSeconds } = spec;
  return new Promise((resolve, reject) => {
    let [isOpen, last] = [false, ""];
    // A tunnel that others hold tries for ever to open its session again.
    const timer = setTimeout(
      () => {
        reject(new TunnelFailure(`not open after ${timeoutSeconds} s: ${last}`, true));
        socket.destroy();
      },
      timeoutSeconds * 1000 + GRACE_MS,
    );
    onEvent(socket, (event) => {
      if (event.event === "progress") {
        last = event.text;
        options.onProgress?.(last);
      }
      if (event.event === "failed") {
        reject(new TunnelFailure(event.message, true));
        socket.destroy();
      }
      if (event.event !== "open") return;
      isOpen = true;
      clearTimeout(timer);
      // From here on it keeps no program alive.
      socket.unref();
      resolve(event.port);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      if (isOpen) options.onEnd?.();
      else reject(new TunnelFailure(`the tunnel ended before it was open, see ${log}`, true));
    });
  });
}

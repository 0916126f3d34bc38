/**
 * The process of a tunnel. It outlives the program that asked for it, since deletes come after that has exited, and ends
 * with the last one who needs it. Reads its spec from standard input.
 */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import type { Server, Socket } from "node:net";
import { UserError } from "../core/issue.js";
import { awsCommand } from "./aws.js";
import { callTunnel, listenForCallers } from "./control.js";
import { controlPath, logPath, tunnelFolder } from "./folder.js";
import { forward } from "./forward.js";
import { Holders } from "./holders.js";
import type { TunnelEvent } from "./messages.js";
import { onHello, PROTOCOL, send } from "./messages.js";
import { listenFrom } from "./port.js";
import { probe } from "./probe.js";
import { openSession } from "./session.js";
import { parseSpec, preferredPort, TUNNEL_DEFAULTS, tunnelKey } from "./spec.js";
import type { TunnelSpec } from "./spec.js";
import { Supervisor } from "./supervisor.js";
import { instanceOf } from "./target.js";
import { environmentOfTunnel } from "./tools.js";

/** How long a port that is taken may be that of a tunnel which is just coming or going. */
const TAKEOVER_MS = 1500;

/** A tunnel that runs in this process. */
class Daemon {
  readonly #callers = new Set<Socket>();
  readonly #holders = new Holders(() => void this.#shutDown());
  readonly #supervisor: Supervisor;
  readonly #path: string;
  readonly #log: number;
  readonly #servers: Server[] = [];
  readonly #takenSince = new Map<number, number>();
  #spec: TunnelSpec;
  #last: TunnelEvent = { event: "progress", text: "opening a session through the bastion" };
  #port = 0;
  #isEnding = false;

  constructor(spec: TunnelSpec) {
    const folder = tunnelFolder(process.env);
    const key = tunnelKey(spec);
    this.#spec = spec;
    this.#path = controlPath(folder, key);
    this.#log = openSync(logPath(folder, key), "w", 0o600);
    this.#supervisor = this.#supervise();
  }

  /** Takes port and socket, opens the first session. Returns when that is done or another process does it already. */
  async run(): Promise<void> {
    const { port } = this.#spec;
    const way = {
      port: async () => this.#supervisor.port(),
      lost: (at: number) => {
        this.#supervisor.lost(at);
      },
      begun: (at: number) => this.#supervisor.begun(at),
    };
    const listening = await listenFrom(
      port ?? preferredPort(this.#spec),
      port !== undefined,
      (socket) => void forward(socket, way),
      async (taken) => this.#whenTaken(taken),
    );
    this.#port = listening.port;
    this.#servers.push(listening.server);
    this.#servers.push(
      await listenForCallers(this.#path, (socket) => {
        this.#welcome(socket);
      }),
    );
    // Who started this process may be gone, and its end of standard error with it.
    process.stderr.on("error", () => undefined);
    process.on("uncaughtException", (error) => {
      this.#note(error.stack ?? error.message);
      this.fail(`a defect in the tunnel: ${error.message}`);
      void this.#shutDown();
    });
    for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"] as const) process.on(signal, () => void this.#shutDown());
    try {
      await this.#supervisor.start();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.fail(error.message);
      await this.#shutDown();
    }
  }

  /** Tells everybody that this is the end, and why. */
  fail(message: string): void {
    this.#tell({ event: "failed", message });
  }

  #supervise(): Supervisor {
    const env = environmentOfTunnel(process.env, this.#spec.profile);
    const aws = awsCommand(this.#spec.region, env);
    return new Supervisor(
      {
        open: async (signal) => {
          const { region, documentName } = this.#spec;
          const instanceId = await instanceOf(this.#spec, async (args) => aws(args, signal));
          this.#note(`opening a session through ${instanceId}`);
          return openSession({ region, instanceId, documentName, env, signal });
        },
        probe: async (port) => probe(port, this.#spec),
        onProgress: (text) => {
          this.#tell({ event: "progress", text });
        },
        onOpen: () => {
          this.#tell({ event: "open", port: this.#port });
        },
      },
      { firstOpenMs: (this.#spec.timeoutSeconds ?? TUNNEL_DEFAULTS.timeoutSeconds) * 1000 },
    );
  }

  /** Another process may hold the port for the same tunnel, and then this one is not needed. */
  async #whenTaken(port: number): Promise<"retry" | "next"> {
    const other = await callTunnel(this.#path);
    if (other !== undefined) {
      other.destroy();
      process.exit(0);
    }
    const since = this.#takenSince.get(port) ?? Date.now();
    this.#takenSince.set(port, since);
    if (Date.now() - since > TAKEOVER_MS) {
      this.#note(`port ${port} is taken by another program`);
      return "next";
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    return "retry";
  }

  #welcome(socket: Socket): void {
    socket.on("error", () => socket.destroy());
    onHello(socket, ({ protocol, spec, hold }) => {
      if (protocol !== PROTOCOL) {
        send(socket, { event: "failed", message: "a tunnel of another release runs; end its programs and try again" });
        return;
      }
      this.#spec = spec;
      this.#callers.add(socket);
      if ("engine" in hold) this.#holders.addEngine(hold.engine, hold.pid);
      else this.#holdBy(socket);
      send(socket, this.#last);
    });
    socket.on("close", () => this.#callers.delete(socket));
  }

  #holdBy(socket: Socket): void {
    const reason = `caller ${nextCaller++}`;
    this.#holders.add(reason);
    socket.on("close", () => {
      this.#holders.remove(reason);
    });
  }

  #tell(event: TunnelEvent): void {
    this.#last = event;
    this.#note(JSON.stringify(event));
    for (const caller of this.#callers) send(caller, event);
  }

  #note(line: string): void {
    writeSync(this.#log, `${new Date().toISOString()} ${process.pid} ${line}\n`);
  }

  async #shutDown(): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#note("ending");
    // Port and socket first, so that a next tunnel finds them free.
    for (const server of this.#servers) server.close();
    if (process.platform !== "win32" && this.#servers.length > 1) rmSync(this.#path, { force: true });
    await this.#supervisor.stop();
    this.#note("ended");
    closeSync(this.#log);
    process.exit(0);
  }
}

let nextCaller = 0;

new Daemon(parseSpec(readFileSync(0, "utf8"))).run().catch((error: unknown) => {
  process.stderr.write(error instanceof Error ? `${error.message}\n` : `${String(error)}\n`);
  process.exit(1);
});

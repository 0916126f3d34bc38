/** A stage for tunnels: an API on loopback, and stand-ins for AWS's command and plugin that lead to it. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttp2Server } from "node:http2";
import type { ServerHttp2Session } from "node:http2";
import { createServer, get } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { TunnelSpec } from "../../tunnel/index.js";
import { certificatesFor } from "./certificates.js";
import type { Certificates } from "./certificates.js";

const entry = join(__dirname, "..", "..", "dist", "tunnel", "index");
if (!existsSync(`${entry}.js`)) throw new Error("this test runs the build: run npm run build first");

// The path is computed, so that no type comes from the build: a tunnel is a process of its own, and runs compiled code.
export const { openTunnel } = require(entry) as typeof import("../../tunnel/index.js");

/** Where the stand-ins lie. */
export const STANDINS = join(__dirname, "standin", "bin");

/** Host of the API, which nothing resolves. */
export const HOST = "api.prod.invalid";

/** What the stand-in for AWS answers. */
export interface AwsState {
  readonly instances?: readonly string[];
  readonly online?: readonly string[];
  readonly forwardTo?: number;
  readonly documents?: readonly string[];
  readonly cluster?: object;
  readonly pluginVersion?: string;
  /** What a call fails with, by service and operation. */
  readonly failures?: Readonly<Record<string, string>>;
}

/** A stage with an API behind it. */
export interface Stage {
  readonly spec: TunnelSpec;
  readonly env: Readonly<Record<string, string>>;
  readonly certificates: Certificates;
  /** Port of the API. */
  readonly apiPort: number;
  /** Changes what AWS answers from now on. */
  readonly aws: (state: AwsState) => void;
  /** The calls of AWS's command so far. */
  readonly calls: () => readonly { readonly args: readonly string[]; readonly profile?: string }[];
  /** The processes of the sessions so far. */
  readonly sessions: () => readonly number[];
  /** Asks the API through a local port, with a certificate that must fit. */
  readonly ask: (port: number) => Promise<string>;
  /** What the tunnel wrote. */
  readonly log: () => string;
  /** The folder of the tunnels. */
  readonly folder: string;
  /** Ends the API, and whatever tunnel the test left behind, by its id. */
  readonly strike: () => Promise<void>;
}

let stages = 0;

/** Sets a stage up. Two bastions are there, and one is online. */
export async function stage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "rf-"));
  const certificates = certificatesFor(HOST);
  const { key, certificate: cert, authority } = certificates;
  const api = createServer({ key, cert }, (_, response) => response.writeHead(403).end("the API"));
  const apiPort = await listening(api);
  const read = (name: string): readonly string[] => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  };
  const whole: AwsState = {
    instances: ["i-0bbbbbbbbbbbbbbbb", "i-0aaaaaaaaaaaaaaaa"],
    online: ["i-0bbbbbbbbbbbbbbbb"],
    documents: ["prod-session"],
    cluster: {
      name: "prod",
      endpoint: `https://${HOST}`,
      certificateAuthority: { data: Buffer.from(authority).toString("base64") },
    },
    forwardTo: apiPort,
  };
  const aws = (state: AwsState): void => {
    writeFileSync(join(folder, "state.json"), JSON.stringify({ ...whole, ...state }));
  };
  aws({});
  mkdirSync(join(folder, "ringfence"), { mode: 0o700 });
  return {
    ...{ certificates, apiPort, aws, folder: join(folder, "ringfence") },
    spec: {
      ...{ region: "eu-west-1", clusterName: `prod-${process.pid}-${stages++}`, endpointHost: HOST },
      certificateAuthority: Buffer.from(authority).toString("base64"),
      tag: { key: "ringfence:bastion", value: "prod" },
      ...{ documentName: "prod-session", timeoutSeconds: 20 },
    },
    env: {
      PATH: [STANDINS, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
      RINGFENCE_STANDIN: folder,
    },
    calls: () => read("calls").map((line) => JSON.parse(line) as ReturnType<Stage["calls"]>[number]),
    sessions: () => read("sessions").map(Number),
    ask: async (port) => asked(port, authority),
    log: () => readLogs(join(folder, "ringfence")),
    strike: async () => {
      api.closeAllConnections();
      api.close();
      for (const pid of daemonsIn(readLogs(join(folder, "ringfence")))) await ended(pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What stands for a Pulumi engine: a server that nothing is asked of. */
export async function engine(): Promise<{ readonly address: string; readonly stop: () => void }> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createHttp2Server().on("session", (session) => sessions.add(session));
  const port = await listening(server);
  return {
    address: `127.0.0.1:${port}`,
    stop: () => {
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
}

/** Waits until something holds, for at most 15 seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("still not so after 15 seconds");
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The processes of tunnels that wrote a log. */
export function daemonsIn(log: string): readonly number[] {
  return [...new Set([...log.matchAll(/^\S+Z (\d+) /gm)].map(([, pid]) => Number(pid)))];
}

async function ended(pid: number): Promise<void> {
  if (isAlive(pid)) process.kill(pid, "SIGTERM");
  await until(() => !isAlive(pid));
}

function readLogs(folder: string): string {
  const logs = readdirSync(folder).filter((name) => name.endsWith(".log"));
  return logs.map((name) => readFileSync(join(folder, name), "utf8")).join("");
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

async function asked(port: number, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port, servername: HOST, ca, agent: false }, (response) => {
      let body = "";
      response.on("data", (data: Buffer) => (body += data.toString()));
      response.on("end", () => {
        resolve(`${response.statusCode ?? 0} ${body}`);
      });
    });
    request.on("error", reject);
  });
}

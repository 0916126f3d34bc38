/** A private cluster for the engine: a real API server behind stand-ins for AWS, which nothing but a tunnel reaches. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../until.js";
import type { EngineProject } from "./engine.js";
import { engineProject } from "./engine.js";
import { MACHINERY, startControlPlane } from "./index.js";
import type { ControlPlane } from "./index.js";

const ROOT = join(__dirname, "..", "..", "..");
const STANDINS = join(ROOT, "test", "tunnel", "standin", "bin");

/** The name by which the API server's certificate knows it, and nothing resolves it here. */
export const ENDPOINT = "https://kubernetes.default.svc";

/** A private cluster and what leads to it. */
export interface TunnelStage {
  readonly cluster: ControlPlane;
  /** Changes what AWS answers from now on. */
  readonly aws: (state: object) => void;
  /** A project whose program makes the cluster and fills it. */
  readonly project: (options?: { readonly path?: readonly string[] }) => EngineProject;
  /** Variables of the stage. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders of the stand-ins. */
  readonly path: readonly string[];
  /** Folders of the stand-in for AWS's command and AWS's own plugin, which speaks to {@link gateway}. */
  readonly truePath: readonly string[];
  /** Starts what the plugin speaks to, and tells AWS's stand-in about it. */
  readonly gateway: () => Promise<Gateway>;
  /** A folder with the programs named, and no others, besides the system's. */
  readonly pathWith: (...names: readonly string[]) => readonly string[];
  /** The names of the objects that the program makes. */
  readonly objects: () => readonly string[];
  /** The processes of tunnels and sessions that are there. */
  readonly processes: () => readonly number[];
  /** The sessions so far, a process each. */
  readonly sessions: () => readonly number[];
  /** What the tunnels wrote. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** A stand-in for AWS's message gateway and the agent behind it. */
export interface Gateway {
  /** What it tells: `session begins`, `session ends`. */
  readonly said: () => string;
  readonly stop: () => void;
}

/** Starts it: an API server, an administrator's token, and a state of AWS with one bastion online. */
export async function tunnelStage(): Promise<TunnelStage> {
  const cluster = startControlPlane();
  const folder = mkdtempSync(join(tmpdir(), "rf-e2e-"));
  const kubectl = (...args: readonly string[]): string => cluster.kubectl(args).out.trim();
  await until(() => cluster.kubectl(["get", "serviceaccount", "default"]).code === 0);
  kubectl("create", "serviceaccount", "runner");
  kubectl("create", "clusterrolebinding", "runner", "--clusterrole=cluster-admin", "--serviceaccount=default:runner");
  const [server, authority] = ["server", "certificate-authority-data"].map((key) =>
    kubectl("config", "view", "--raw", "-o", `jsonpath={.clusters[0].cluster.${key}}`),
  );
  const whole = {
    ...{ instances: ["i-0aaaaaaaaaaaaaaaa"], online: ["i-0aaaaaaaaaaaaaaaa"], documents: ["prod-session"] },
    forwardTo: Number(new URL(server ?? "").port),
    token: kubectl("create", "token", "runner", "--duration=8h"),
    cluster: { name: "prod", endpoint: ENDPOINT, certificateAuthority: { data: authority } },
  };
  const aws = (state: object): void => {
    writeFileSync(join(folder, "state.json"), JSON.stringify({ ...whole, ...state }));
  };
  aws({});
  const env = { RINGFENCE_STANDIN: folder, XDG_RUNTIME_DIR: folder, HOME: folder };
  const sessions = (): readonly number[] => numbersIn(join(folder, "sessions"), /^\d+$/gm);
  const logs = (): readonly string[] => {
    const tunnels = join(folder, "ringfence");
    const names = existsSync(tunnels) ? readdirSync(tunnels).filter((name) => name.endsWith(".log")) : [];
    return names.map((name) => join(tunnels, name));
  };
  return {
    ...{ cluster, aws, env, sessions, path: [STANDINS] },
    project: (options) =>
      engineProject(ROOT, {
        program: join(__dirname, "programs", "tunnel", "index.cjs"),
        kubernetes: "kubernetes-api",
        path: options?.path ?? [STANDINS],
        env,
      }),
    truePath: [join(MACHINERY, "session-manager"), STANDINS],
    gateway: async () => {
      const process = spawn(join(MACHINERY, "session-manager", "gateway"), [`127.0.0.1:${whole.forwardTo}`]);
      let said = "";
      process.stdout.on("data", (data: Buffer) => (said += data.toString()));
      await until(() => said.includes("\n"));
      aws({ streamUrl: said.split("\n")[0] });
      return { said: () => said, stop: () => void process.kill() };
    },
    pathWith: (...names) => {
      const bin = mkdtempSync(join(folder, "bin-"));
      for (const name of names) symlinkSync(join(STANDINS, name), join(bin, name));
      return [bin];
    },
    objects: () =>
      kubectl("get", "configmaps", "-l", "app=tunnel", "-o", "jsonpath={.items[*].metadata.name}").split(" "),
    processes: () =>
      [...sessions(), ...logs().flatMap((log) => numbersIn(log, /(?<=^\S+Z )\d+(?= )/gm))].filter((pid) =>
        existsSync(`/proc/${pid}`),
      ),
    log: () =>
      logs()
        .map((log) => readFileSync(log, "utf8"))
        .join(""),
    stop: async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function numbersIn(path: string, pattern: RegExp): readonly number[] {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return [...new Set([...text.matchAll(pattern)].map(([found]) => Number(found)))];
}

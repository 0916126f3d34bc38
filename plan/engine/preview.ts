/** Runs a Pulumi program in a process of its own against the embedded engine, without a network, and returns its plan. */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../../core/issue.js";
import type { Plan } from "../model/resource.js";
import { DEFAULT_ACCOUNT, DEFAULT_STACK } from "./defaults.js";
import { Deployment } from "./deployment.js";
import type { Attempt } from "./host/guard.js";
import { callbackSocket } from "./host/guard.js";
import type { HostMessage, HostSettings } from "./host/messages.js";
import type { Isolation } from "./isolation.js";
import { availableIsolation, UNSHARE } from "./isolation.js";
import { compareWithPrevious } from "./operations.js";
import { requireWholeRun } from "./outcome.js";
import { hanging } from "./plan-of.js";
import type { Configuration, Project } from "./project.js";
import { readConfiguration, readProject } from "./project.js";
import { loadSdk } from "./sdk.js";
import type { EngineServer } from "./server.js";
import { serve } from "./server.js";

/** How {@link previewProgram} runs a program. */
export interface PreviewOptions {
  /** @default "dev" */
  readonly stack?: string;
  /** Configuration on top of the stack's file. A key without a namespace belongs to the project. */
  readonly config?: Readonly<Record<string, string>>;
  /** @default the configuration's `aws:region` */
  readonly region?: string;
  /** Twelve digits. @default "111122223333" */
  readonly account?: string;
  /** Lets the program reach the network. @default false */
  readonly allowNetwork?: boolean;
  /** The plan of the previous preview, from which each resource's operation follows. */
  readonly against?: Plan;
  /** URNs of clusters, keys and VPCs that may be replaced. @default none */
  readonly allowReplace?: readonly string[];
  /** Called with every line that the program prints. */
  readonly onOutput?: (line: string) => void;
  /** Milliseconds without a sign of life after which a program counts as hanging. @default 60000 */
  readonly idleLimitMs?: number;
  /** @default the strongest that the machine has */
  readonly isolation?: Isolation;
}

/** A plan, and where and how it was made. */
export interface Preview {
  readonly plan: Plan;
  readonly environment: {
    readonly project: string;
    readonly stack: string;
    readonly account: string;
    readonly region: string | undefined;
    readonly isolation: Isolation;
  };
}

const IDLE_LIMIT_MS = 60_000;
const PROXY_VARIABLES = /^(https?|grpc|all|no)_proxy$/i;

/**
 * Previews the program in a folder.
 *
 * @throws UserError when there is no project, when the program fails, hangs or ends early, when it reaches for the network, or
 * when it would replace what may not be replaced.
 */
export async function previewProgram(folder: string, options: PreviewOptions = {}): Promise<Preview> {
  const project = readProject(folder);
  const stack = options.stack ?? DEFAULT_STACK;
  const region = options.region === undefined ? {} : { "aws:region": options.region };
  const configuration = readConfiguration(project, stack, { ...options.config, ...region });
  const sdk = loadSdk(project.folder);
  const settings = {
    project: project.name,
    stack,
    account: accountOf(options.account),
    region: configuration.values["aws:region"],
  };
  const deployment = new Deployment(settings);
  const isolation = options.allowNetwork === true ? "off" : (options.isolation ?? availableIsolation());
  if (isolation === "off")
    deployment.warn("the program was allowed to reach the network, so this preview may not repeat itself");
  for (const key of configuration.unreadable) deployment.warn(`the secret '${key}' is encrypted, and unknown here`);

  const scratch = mkdtempSync(join(tmpdir(), "ringfence-"));
  try {
    const onUnixSocket = process.platform !== "win32";
    const listen = onUnixSocket ? `unix:${join(scratch, "engine.sock")}` : "127.0.0.1:0";
    const reach = (address: string): string =>
      isolation === "off" || !onUnixSocket
        ? address
        : `unix:${callbackSocket(scratch, Number(address.split(":").at(-1)))}`;
    const server = await serve(sdk, deployment, listen, reach, options.onOutput);
    try {
      const host = {
        sdk: sdk.folder,
        folder: scratch,
        guard: isolation !== "off",
        unreadable: configuration.unreadable,
      };
      await runProgram(project, configuration, server, deployment, host, isolation, options);
    } finally {
      server.stop();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const plan = compareWithPrevious(deployment.plan(), options.against, options.allowReplace ?? []);
  return { plan, environment: { ...settings, isolation } };
}

async function runProgram(
  project: Project,
  configuration: Configuration,
  server: EngineServer,
  deployment: Deployment,
  host: HostSettings,
  isolation: Isolation,
  options: PreviewOptions,
): Promise<void> {
  const attempts: Attempt[] = [];
  const output: string[] = [];
  let sdkCopies: readonly string[] = [];
  const child = start(project, configuration, server.address, deployment, host, isolation);
  const limit = options.idleLimitMs ?? IDLE_LIMIT_MS;
  const watched = { hung: false };
  const watch = setInterval(
    () => {
      if (Date.now() - server.log.lastRequest < limit) return;
      watched.hung = true;
      child.kill("SIGKILL");
    },
    Math.min(limit, 500),
  );
  const onLine = (line: string): void => {
    output.push(line);
    if (output.length > 20) output.shift();
    options.onOutput?.(line);
  };
  readLines(child.stdout, onLine);
  readLines(child.stderr, onLine);
  readLines(child.stdio[3] as NodeJS.ReadableStream | null, (line) => {
    const message = JSON.parse(line) as HostMessage;
    if (message.kind === "attempt") attempts.push(message);
    else if (message.kind === "insideApply") deployment.markInsideApply(message.urn);
    else sdkCopies = message.copies;
  });
  const { exitCode, signal } = await ended(child);
  clearInterval(watch);
  if (watched.hung) throw new UserError(hanging(limit, deployment));
  requireWholeRun({
    log: server.log,
    deployment,
    exitCode,
    signal,
    attempts,
    sdkCopies,
    lastOutput: output,
    folder: project.folder,
  });
}

function start(
  project: Project,
  configuration: Configuration,
  address: string,
  { settings }: Deployment,
  host: HostSettings,
  isolation: Isolation,
): ChildProcess {
  const { pwd, program } = entryPoint(project);
  const flags = {
    monitor: address,
    engine: address,
    project: settings.project,
    stack: settings.stack,
    organization: "organization",
    "root-directory": project.folder,
    pwd,
    parallel: "16",
  };
  const args = [
    process.execPath,
    ...project.nodeArgs,
    join(__dirname, "host", "host.js"),
    ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]),
    "--dry-run",
    program,
  ];
  const [command = process.execPath, ...rest] = isolation === "namespace" ? [...UNSHARE, ...args] : args;
  return spawn(command, rest, {
    cwd: project.folder,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !PROXY_VARIABLES.test(name))),
      PULUMI_CONFIG: JSON.stringify(configuration.values),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(configuration.secretKeys),
      PULUMI_NODEJS_TYPESCRIPT: String(project.typescript),
      ...(project.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig }),
      RINGFENCE_HOST: JSON.stringify(host),
    },
  });
}

/** Working directory and program, as the CLI derives them from `main`. */
function entryPoint({ folder, main }: Project): { readonly pwd: string; readonly program: string } {
  if (main === undefined) return { pwd: folder, program: "." };
  const path = join(folder, main);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? { pwd: path, program: "." } : { pwd: dirname(path), program: basename(path) };
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on("line", onLine);
}

async function ended(
  child: ChildProcess,
): Promise<{ readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
}

function accountOf(account: string | undefined): string {
  if (account === undefined) return DEFAULT_ACCOUNT;
  if (!/^\d{12}$/.test(account))
    throw new UserError(`'--account' must be twelve digits, got '${account}'. Write it like 111122223333`);
  return account;
}

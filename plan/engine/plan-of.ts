/** The embedded engine in the caller's own process: a plan of a function, for everybody's tests. */
import { InputError, UserError } from "../../core/issue.js";
import type { Plan } from "../model/resource.js";
import { DEFAULT_ACCOUNT, DEFAULT_STACK } from "./defaults.js";
import { Deployment } from "./deployment.js";
import { watchApplies } from "./host/inside-apply.js";
import { leanSdk } from "./host/lean-sdk.js";
import type { Sdk } from "./sdk.js";
import { loadSdk } from "./sdk.js";
import type { EngineServer } from "./server.js";
import { serve } from "./server.js";

/** How {@link planOf} runs a program. */
export interface PlanOptions {
  /** @default "test" */
  readonly project?: string;
  /** @default "dev" */
  readonly stack?: string;
  /** Configuration by full key: `{ "aws:region": "eu-west-1" }`. A key without a namespace belongs to the project. */
  readonly config?: Readonly<Record<string, string>>;
  /** Configuration that is secret, by full key. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Twelve digits. @default "111122223333" */
  readonly account?: string;
  /** AWS Region of resources that name none; the program finds it as `aws:region`. @default that of the configuration, else "eu-west-1" */
  readonly region?: string;
  /** Milliseconds without a new registration after which a program counts as hanging. @default 10000 */
  readonly idleLimitMs?: number;
  /** Folder from which `@pulumi/pulumi` is found. @default the working directory */
  readonly from?: string;
}

const IDLE_LIMIT_MS = 10_000;

/** Where a test takes place that does not care. */
const DEFAULT_REGION = "eu-west-1";

interface Settings {
  resetOptions(
    project: string,
    stack: string,
    parallel: number,
    engine: string,
    monitor: string,
    preview: boolean,
    organization: string,
  ): void;
  disconnect(): Promise<void>;
}

interface Runtime {
  readonly state: { withLocalStorage<T>(callback: () => T): T };
  readonly settings: Settings;
  readonly config: { setAllConfig(config: Record<string, string>, secretKeys: readonly string[]): void };
  readonly stack: { runInPulumiStack(program: () => unknown): Promise<unknown> };
}

/**
 * Runs a function as a Pulumi program and returns what it would create. Safe to call in parallel and again and again in
 * one process. No network is used beyond the engine on loopback; the function itself is not fenced in, as it is the
 * caller's own code. An error inside an `apply` also reaches the process as an unhandled rejection, which fails a jest test
 * by itself.
 *
 * @param program What to run; it may be async, and what it returns are the stack's outputs.
 * @throws UserError when the program throws (its message is kept) or hangs on a promise.
 */
export async function planOf(program: () => unknown, options: PlanOptions = {}): Promise<Plan> {
  const sdk = loadSdk(options.from ?? process.cwd());
  const project = options.project ?? "test";
  const stated = qualify(options.config ?? {}, project);
  const region = options.region ?? stated["aws:region"] ?? DEFAULT_REGION;
  const config = { ...stated, "aws:region": region };
  const secrets = qualify(options.secrets ?? {}, project);
  const deployment = new Deployment({
    project,
    stack: options.stack ?? DEFAULT_STACK,
    account: options.account ?? DEFAULT_ACCOUNT,
    region,
  });
  keepProxiesOffLoopback();
  const server = await serve(sdk, deployment, "127.0.0.1:0");
  try {
    await runInline(
      sdk,
      server,
      deployment,
      program,
      { config: { ...config, ...secrets }, secretKeys: Object.keys(secrets) },
      options,
    );
  } finally {
    server.stop();
  }
  return deployment.plan();
}

/** gRPC would send even loopback through a proxy of the environment. Says otherwise in the variable that only gRPC reads. */
function keepProxiesOffLoopback(): void {
  const { no_grpc_proxy: own, no_proxy: shared } = process.env;
  const exempt = (own ?? shared ?? "").split(",").filter((host) => host !== "");
  if (!exempt.includes("127.0.0.1")) process.env["no_grpc_proxy"] = [...exempt, "127.0.0.1"].join(",");
}

async function runInline(
  sdk: Sdk,
  server: EngineServer,
  deployment: Deployment,
  program: () => unknown,
  { config, secretKeys }: { readonly config: Record<string, string>; readonly secretKeys: readonly string[] },
  options: PlanOptions,
): Promise<void> {
  const { state, settings, config: runtimeConfig, stack } = loadRuntime(sdk);
  const { project, stack: stackName } = deployment.settings;
  leanSdk(sdk.load);
  const stopWatching = watchApplies(sdk.load, (urn) => {
    deployment.markInsideApply(urn);
  });
  const failure: { error?: unknown } = {};
  const run = state.withLocalStorage(async () => {
    settings.resetOptions(project, stackName, 16, server.address, server.address, true, "organization");
    runtimeConfig.setAllConfig(config, secretKeys);
    // A program that throws would reject twice, the second time where nobody listens: catch it inside, throw it outside.
    await stack.runInPulumiStack(async () => {
      try {
        return await program();
      } catch (error) {
        failure.error = error;
        return {};
      }
    });
    await settings.disconnect();
  });
  const idle = idleLimit(server, deployment, options.idleLimitMs ?? IDLE_LIMIT_MS);
  try {
    await Promise.race([run, idle.reached]);
  } catch (error) {
    failure.error ??= error;
  } finally {
    idle.stop();
    stopWatching();
  }
  const [refusal] = server.log.refusals;
  if (failure.error !== undefined) throw asUserError(failure.error, refusal);
  const [logged] = server.log.errors;
  if (refusal !== undefined || logged !== undefined) throw new UserError(refusal ?? logged ?? "");
}

function loadRuntime(sdk: Sdk): Runtime {
  return {
    state: sdk.load("runtime/state") as Runtime["state"],
    settings: sdk.load("runtime/settings") as Settings,
    config: sdk.load("runtime/config") as Runtime["config"],
    stack: sdk.load("runtime/stack") as Runtime["stack"],
  };
}

/**
 * `reached` rejects once nothing has come from the program for the time given. Time is counted in ticks and not by the clock:
 * while the program computes, or the machine gives the process no turn, nobody waits for a promise.
 */
function idleLimit(
  server: EngineServer,
  deployment: Deployment,
  limitMs: number,
): { readonly reached: Promise<never>; readonly stop: () => void } {
  const tickMs = Math.min(limitMs, 250);
  let timer: NodeJS.Timeout | undefined;
  const reached = new Promise<never>((_resolve, reject) => {
    let last = server.log.lastRequest;
    let idleMs = 0;
    timer = setInterval(() => {
      const { lastRequest, pending } = server.log;
      idleMs = lastRequest === last && pending === 0 ? idleMs + tickMs : 0;
      last = lastRequest;
      if (idleMs >= limitMs) reject(new UserError(hanging(limitMs, deployment)));
    }, tickMs);
    timer.unref();
  });
  const stop = (): void => {
    clearInterval(timer);
  };
  return { reached, stop };
}

/** The line for a program that does not end. */
export function hanging(limitMs: number, deployment: Deployment): string {
  const { last, hasStackOutputs } = deployment;
  const still = `the program made no progress for ${limitMs / 1000} s`;
  if (hasStackOutputs) return `${still} and does not end: a timer, a server or an open file keeps it running`;
  const where = last === undefined ? "before its first resource" : `after it registered '${last}'`;
  return `${still} ${where}: it waits for a promise that never settles`;
}

function qualify(config: Readonly<Record<string, string>>, project: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
  );
}

function asUserError(error: unknown, refusal: string | undefined): Error {
  if (error instanceof InputError || error instanceof UserError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new UserError(refusal ?? message);
}

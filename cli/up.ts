import { execFile } from "node:child_process";
import { clusterOf, lookUpTunnel, openTunnel, TunnelFailure } from "../tunnel/index.js";
import type { Tunnel, TunnelledCluster } from "../tunnel/index.js";
import type { CommandSpec } from "./arguments.js";
import { runOnTerminal } from "./child.js";
import type { Io } from "./io.js";

/** The command `ringfence up`. */
export const UP = {
  name: "up",
  usage: "ringfence up [args...]",
  summary: "runs `pulumi up` with the tunnels of the stack's clusters open from the start",
  about:
    "Runs `pulumi up` with the arguments as they are, after it has opened the tunnel to each private cluster that the stack made before: a refresh or a delete then reaches the API before the program runs. On a new stack it is `pulumi up`, whose program opens the tunnel itself",
  examples: ["ringfence up", "ringfence up --stack prod --refresh --yes"],
  exitCodes: {
    0: "as `pulumi up` ends; so for all others but",
    2: "a tunnel that does not open, before anything is run",
  },
  operands: { name: "args", atMost: Number.POSITIVE_INFINITY },
  options: { help: { short: "h", group: "Output", about: "prints this" } },
} as const satisfies CommandSpec<string>;

/**
 * Runs `ringfence up`.
 *
 * @param args Handed to `pulumi up` as they are.
 */
export async function up(args: readonly string[], io: Io): Promise<number> {
  const say = (text: string): void => void io.stderr.write(`ringfence: ${text}\n`);
  const tunnels: Tunnel[] = [];
  try {
    for (const cluster of tunnelledIn(await exportedState(args, io.env))) {
      const tunnel = await openedTo(cluster, io, say);
      if (tunnel !== undefined) tunnels.push(tunnel);
    }
    return await runOnTerminal(["pulumi", "up", ...args], io.env);
  } finally {
    for (const tunnel of tunnels) tunnel.close();
  }
}

async function openedTo(cluster: TunnelledCluster, io: Io, say: (text: string) => void): Promise<Tunnel | undefined> {
  const { clusterName } = cluster;
  try {
    const spec = await lookUpTunnel({ ...cluster, env: io.env });
    return await openTunnel(spec, {
      ...{ hold: { caller: true }, env: io.env },
      onProgress: (text) => {
        say(`tunnel to ${clusterName}: ${text}`);
      },
    });
  } catch (error) {
    // A cluster that is gone needs no tunnel: Pulumi finds out for itself.
    if (!(error instanceof TunnelFailure) || error.reason !== "no-cluster") throw error;
    say(`tunnel to ${clusterName}: ${error.message}`);
    return undefined;
  }
}

/** The stack's state, or nothing when there is none yet: `pulumi up` then says what is wrong, if anything is. */
async function exportedState(args: readonly string[], env: Io["env"]): Promise<unknown> {
  return new Promise((resolve) => {
    execFile("pulumi", ["stack", "export", ...placeOf(args)], { env, maxBuffer: 512 * 1024 * 1024 }, (error, out) => {
      resolve(error === null ? JSON.parse(out) : undefined);
    });
  });
}

/** The arguments that say which stack it is. */
export function placeOf(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, i) => {
    if (/^(--stack|--cwd)=/.test(arg)) return [arg];
    return ["-s", "--stack", "-C", "--cwd"].includes(arg) ? args.slice(i, i + 2) : [];
  });
}

/** The clusters whose Kubernetes provider speaks to this machine, by the kubeconfig that the state keeps of it. */
export function tunnelledIn(state: unknown): readonly TunnelledCluster[] {
  const { deployment } = (state ?? {}) as { readonly deployment?: { readonly resources?: readonly StateResource[] } };
  return (deployment?.resources ?? [])
    .filter(({ type }) => type === "pulumi:providers:kubernetes")
    .flatMap(({ inputs }) => clusterOf(inputs?.["kubeconfig"]) ?? []);
}

/** The part of a resource in the state that is read. */
interface StateResource {
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

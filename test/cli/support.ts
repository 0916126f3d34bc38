import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Preview, PreviewOptions } from "../../plan/engine/preview.js";
import type { Plan } from "../../plan/model/index.js";
import type { Io } from "../../cli/io.js";
import { run } from "../../cli/run.js";
import { plan, resource } from "../report/support.js";

/** What a run printed, and what it asked of the engine. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly calls: readonly { readonly folder: string; readonly options: PreviewOptions }[];
}

export interface Setup {
  readonly plan?: Plan;
  readonly fails?: Error;
  readonly prints?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly tty?: boolean;
  readonly columns?: number;
  /** Runs while the program does. */
  readonly during?: () => Promise<unknown>;
  readonly now?: string;
  readonly stdin?: string;
  readonly isolation?: Preview["environment"]["isolation"];
}

/** A plan with one failed finding of severity high under the rule below, and none else under it. */
export const OPEN = plan([resource("aws:eks/cluster:Cluster", "prod", { inputs: { vpcConfig: {} } })]);
export const CLOSED = plan([
  resource("aws:eks/cluster:Cluster", "prod", { inputs: { vpcConfig: { endpointPublicAccess: false } } }),
]);
export const RULE = "eks-endpoint-public-access-disabled";

export async function ringfence(argv: readonly string[], setup: Setup = {}): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const calls: { readonly folder: string; readonly options: PreviewOptions }[] = [];
  const stream = (lines: string[]): Io["stdout"] => ({
    write: (text) => lines.push(text),
    isTTY: setup.tty,
    columns: setup.columns,
  });
  const io: Io = {
    stdout: stream(out),
    stderr: stream(err),
    env: setup.env ?? {},
    ...(setup.stdin === undefined ? {} : { stdin: Readable.from([setup.stdin]) }),
    now: () => new Date(setup.now ?? "2026-11-21T10:00:00Z"),
  };
  const code = await run(argv, io, async (folder, options) => {
    calls.push({ folder, options });
    await setup.during?.();
    for (const line of setup.prints ?? []) options.onOutput?.(line);
    if (setup.fails !== undefined) throw setup.fails;
    return {
      plan: setup.plan ?? CLOSED,
      environment: {
        project: "voting",
        stack: options.stack ?? "dev",
        account: options.account ?? "111122223333",
        region: options.region,
        isolation: setup.isolation ?? "namespace",
      },
    };
  });
  return { code, out: out.join(""), err: err.join(""), calls };
}

/** A folder of the test's own, removed behind it. */
export function scratch(): { readonly path: (name: string) => string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-cli-"));
  return {
    path: (name) => join(folder, name),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

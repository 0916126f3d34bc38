/**
 * The floor of a preview: what remains when everything of ours is taken away. An empty program that imports the same
 * modules of the same SDKs as the voting app, under Pulumi's own program runner, against an engine that is already there.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment } from "../plan/engine/deployment.js";
import { loadSdk } from "../plan/engine/sdk.js";
import { serve } from "../plan/engine/server.js";
import type { Command, Run } from "./measure.js";
import { measure } from "./measure.js";

const SETTINGS = { project: "floor", stack: "dev", account: "111122223333", region: "eu-west-1" };

/** A program of one file, run by `@pulumi/pulumi/cmd/run` against an engine in this process. */
export async function runUnderPulumi(
  root: string,
  file: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const sdk = loadSdk(root);
  const server = await serve(sdk, new Deployment(SETTINGS), "127.0.0.1:0");
  try {
    return await measure(command(root, sdk.folder, server.address, file, env));
  } finally {
    server.stop();
  }
}

function command(
  root: string,
  sdk: string,
  address: string,
  file: string,
  env: Readonly<Record<string, string>>,
): Command {
  const flags = {
    monitor: address,
    engine: address,
    project: SETTINGS.project,
    stack: SETTINGS.stack,
    organization: "organization",
    "root-directory": root,
    pwd: root,
    parallel: "16",
  };
  return {
    args: [
      join(sdk, "cmd", "run"),
      ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]),
      "--dry-run",
      file,
    ],
    cwd: root,
    env: {
      PULUMI_NODEJS_TYPESCRIPT: "false",
      PULUMI_CONFIG: JSON.stringify({ "aws:region": SETTINGS.region }),
      PULUMI_CONFIG_SECRET_KEYS: "[]",
      ...env,
    },
  };
}

/**
 * Writes the empty program: the modules that `program` asks the SDKs for, as it was seen to ask.
 *
 * @param scratch A folder for it.
 * @returns the file.
 */
export async function writeFloor(root: string, program: string, scratch: string): Promise<string> {
  mkdirSync(scratch, { recursive: true });
  const seen = join(scratch, "imports.json");
  await runUnderPulumi(root, program, {
    NODE_OPTIONS: `--require ${join(root, "bench", "programs", "record-imports.cjs")}`,
    RINGFENCE_BENCH_ROOT: root,
    RINGFENCE_BENCH_FILE: seen,
  });
  const modules = JSON.parse(readFileSync(seen, "utf8")) as readonly string[];
  const file = join(scratch, "floor.js");
  writeFileSync(file, modules.map((module) => `require(${JSON.stringify(module)});\n`).join(""));
  return file;
}

/**
 * The floor of a preview: what remains when everything of ours is taken away. An empty program that imports the same
 * modules of the same SDKs as the voting app, under Pulumi's own program runner, against an engine that is already there.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment } from "../plan/engine/deployment.js";
import { loadSdk } from "../plan/engine/sdk.js";
import { serve } from "../plan/engine/server.js";
import type { Command, Run } from "./measure.js";
import { measure } from "./measure.js";

const SETTINGS = { project: "floor", stack: "dev", account: "111122223333", region: "eu-west-1" };

/** Runs a program of one file by `@pulumi/pulumi/cmd/run`, against an engine in this process. */
export async function runUnderPulumi(root: string, file: string): Promise<Run> {
  const sdk = loadSdk(root);
  const server = await serve(sdk, new Deployment(SETTINGS), "127.0.0.1:0");
  try {
    return await measure(command(root, sdk.folder, server.address, file));
  } finally {
    server.stop();
  }
}

function command(root: string, sdk: string, address: string, file: string): Command {
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
    },
  };
}

/**
 * Writes the empty program: the modules that a previewed program asks the SDKs for, as it was seen to ask.
 *
 * @param preview The command that previews the program.
 * @param scratch A folder for it.
 * @returns the file.
 */
export async function writeFloor(root: string, preview: Command, scratch: string): Promise<string> {
  mkdirSync(scratch, { recursive: true });
  const seen = join(scratch, "imports.json");
  rmSync(seen, { force: true });
  const recorder = join(root, "bench", "programs", "record-imports.cjs");
  const env = { NODE_OPTIONS: `--require ${recorder}`, RINGFENCE_BENCH_ROOT: root, RINGFENCE_BENCH_FILE: seen };
  await measure({ ...preview, env });
  const modules = JSON.parse(readFileSync(seen, "utf8")) as readonly string[];
  const file = join(scratch, "floor.js");
  writeFileSync(file, modules.map((module) => `require(${JSON.stringify(module)});\n`).join(""));
  return file;
}

import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { TunnelFailure } from "./failure.js";
import { cliMissing, pluginMissing } from "./failure.js";

/** Names and values of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is missing on this machine, before anything is started: AWS's command, or its plugin. */
export function missingTool(env: Environment): TunnelFailure | undefined {
  if (!isOnPath("aws", env)) return cliMissing();
  return isOnPath("session-manager-plugin", env) ? undefined : pluginMissing();
}

function isOnPath(name: string, env: Environment): boolean {
  const windows = process.platform === "win32";
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const endings = windows ? (env["PATHEXT"] ?? ".EXE;.CMD;.BAT").split(";") : [""];
  return folders.some((folder) => endings.some((ending) => isProgram(join(folder, name + ending), windows)));
}

function isProgram(path: string, windows: boolean): boolean {
  try {
    if (!windows) accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The environment of a tunnel's processes: all that AWS's command may look at, without what belongs to the program that
 * asked. Pulumi hands its programs the stack's configuration in variables, secrets in clear among it, and its passphrase.
 */
export function environmentOfTunnel(env: Environment, profile: string | undefined): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(PULUMI_|NODE_|TS_NODE_|JEST_)/.test(entry[0]),
  );
  // No pager, no colours, no messages to a person.
  const quiet = { AWS_PAGER: "", PYTHONUNBUFFERED: "1" };
  return { ...Object.fromEntries(kept), ...quiet, ...(profile === undefined ? {} : { AWS_PROFILE: profile }) };
}

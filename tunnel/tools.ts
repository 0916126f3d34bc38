import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { TunnelFailure } from "./failure.js";
import { cliMissing, pluginMissing, pluginOutdated } from "./failure.js";

/** Names and values of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is missing on this machine, before anything is started: AWS's command, or its plugin. */
export function missingTool(env: Environment): TunnelFailure | undefined {
  if (!isOnPath("aws", env)) return cliMissing();
  return isOnPath("session-manager-plugin", env) ? undefined : pluginMissing();
}

/** The last release of the plugin that knows no other way than its arguments (`LAST_PLUGIN_VERSION_WITHOUT_ENV_VAR` of aws-cli). */
const TOKEN_IN_ARGUMENTS = [1, 2, 497, 0] as const;

/**
 * Why the plugin must not be used: AWS's command hands old releases the session's token as an argument, which every user of
 * the machine can read.
 */
export async function outdatedPlugin(env: Environment): Promise<TunnelFailure | undefined> {
  const said = await new Promise<string>((resolve) => {
    execFile("session-manager-plugin", ["--version"], { env, timeout: 20_000 }, (_, out) => {
      resolve(out.trim());
    });
  });
  const version = /^\d+(\.\d+){3}$/.test(said) ? said.split(".").map(Number) : [];
  const at = TOKEN_IN_ARGUMENTS.findIndex((part, i) => version[i] !== part);
  const isLater = at >= 0 && (version[at] ?? 0) > (TOKEN_IN_ARGUMENTS[at] ?? 0);
  return isLater ? undefined : pluginOutdated(said);
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

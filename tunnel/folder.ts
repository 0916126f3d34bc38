import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { UserError } from "../core/issue.js";

/** Paths of sockets end here on macOS, the shortest of the systems. */
const LONGEST_SOCKET_PATH = 103;

/**
 * The folder of this user's tunnels: sockets and logs, for their eyes only. Nothing in it is a secret.
 *
 * @throws UserError when somebody else made it, who could then stand in for a tunnel.
 */
export function tunnelFolder(env: Readonly<Record<string, string | undefined>>): string {
  const runtime = env["XDG_RUNTIME_DIR"];
  const folder =
    runtime !== undefined && runtime !== ""
      ? join(runtime, "ringfence")
      : join(tmpdir(), `ringfence-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === "win32") return folder;
  const { uid, mode } = lstatSync(folder);
  if (!lstatSync(folder).isDirectory() || uid !== process.getuid?.())
    throw new UserError(`the folder ${folder} belongs to somebody else; set XDG_RUNTIME_DIR to a folder of your own`);
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return folder;
}

/** Where a tunnel takes its callers: a socket that file permissions guard, a named pipe on Windows. */
export function controlPath(folder: string, key: string): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\ringfence-tunnel-${key}`;
  const path = join(folder, `${key}.sock`);
  if (path.length <= LONGEST_SOCKET_PATH) return path;
  throw new UserError(`the path ${path} is too long for a socket; set XDG_RUNTIME_DIR to a shorter folder of your own`);
}

/** Where a tunnel writes what it does. */
export function logPath(folder: string, key: string): string {
  return join(folder, `${key}.log`);
}

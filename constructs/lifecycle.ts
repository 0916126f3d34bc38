import { checkWhole } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import type { LifecycleHandlerManifest } from "./manifest.js";

/** What the kubelet does to a container after its start, or before it asks it to end. */
export class LifecycleHook {
  /** Runs a command in the container. */
  static exec(...command: readonly string[]): LifecycleHook {
    return new LifecycleHook({ exec: { command } });
  }

  /** Calls the container itself, never another host. */
  static http(path: string, options: { readonly port: number; readonly scheme?: "HTTP" | "HTTPS" }): LifecycleHook {
    return new LifecycleHook({ httpGet: { path, port: options.port, scheme: options.scheme ?? "HTTP" } });
  }

  /**
   * Waits, so that load balancers stop sending before the container ends: images without a shell need no command for it.
   *
   * @param seconds 1 or more, less than the termination grace period.
   */
  static sleep(seconds: number): LifecycleHook {
    return new LifecycleHook({ sleep: { seconds } });
  }

  private constructor(
    /** A handler as it stands in a container. */
    readonly manifest: LifecycleHandlerManifest,
  ) {}
}

/** The issues of a hook of a container with these ports. */
export function checkHook(
  path: string,
  { manifest }: LifecycleHook,
  containerPorts: readonly number[],
): readonly Issue[] {
  const { exec, httpGet, sleep } = manifest;
  if (exec?.command.length === 0)
    return [issue("Required", path, "must have at least one word", exec.command, "Give the command to run")];
  if (httpGet !== undefined && !containerPorts.includes(httpGet.port))
    return [issue("NotFound", `${path}.port`, "must be a port of the container", httpGet.port, "Name it in 'ports'")];
  if (httpGet !== undefined && !httpGet.path.startsWith("/"))
    return [issue("Malformed", `${path}.path`, "must begin with '/'", httpGet.path, "Write it like '/drain'")];
  return sleep === undefined ? [] : checkWhole(path, sleep.seconds, 1, 3600);
}

import { spawnSync } from "node:child_process";

/**
 * How a previewed program is kept off the network: in a network namespace of its own, which has none; by a guard inside
 * its process, where the kernel allows no namespace; or not at all, on request.
 */
export type Isolation = "namespace" | "guard" | "off";

/** The command that runs another one without a network. */
export const UNSHARE = ["unshare", "-rn"] as const;

let namespaces: boolean | undefined;

/** The strongest isolation that this machine has. Asked of the kernel once a process. */
export function availableIsolation(): Isolation {
  const [command, ...args] = UNSHARE;
  namespaces ??=
    process.platform === "linux" && spawnSync(command, [...args, "true"], { stdio: "ignore" }).status === 0;
  return namespaces ? "namespace" : "guard";
}

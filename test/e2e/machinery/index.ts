/** Starts what `machinery.sh` builds: a Kubernetes control plane on loopback, with its state in a folder of its own. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(__dirname, "machinery.sh");

/** Where the built programs lie. */
export const MACHINERY = process.env["MACHINERY"] ?? join(homedir(), ".cache", "ringfence", "machinery");

/** What kubectl said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  /** Warnings of the API server stand here. */
  readonly err: string;
}

/** A running control plane. */
export interface ControlPlane {
  /** Runs kubectl as cluster administrator. */
  readonly kubectl: (args: readonly string[], input?: string) => Said;
  /** Ends it and removes its folder. */
  readonly stop: () => Promise<void>;
}

/** Starts etcd, the API server, the controllers, the scheduler and simulated nodes' controller. */
export function startControlPlane(): ControlPlane {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-control-plane-"));
  const env = { ...process.env, MACHINERY };
  execFileSync("bash", [SCRIPT, "up", folder], { env, stdio: ["ignore", "pipe", "pipe"] });
  const pids = readFileSync(join(folder, "pids"), "utf8").trim().split("\n").map(Number);
  return {
    kubectl: (args, input) => {
      const { status, stdout, stderr } = spawnSync("kubectl", ["--kubeconfig", join(folder, "kubeconfig"), ...args], {
        encoding: "utf8",
        ...(input === undefined ? {} : { input }),
      });
      return { code: status ?? -1, out: stdout, err: stderr };
    },
    stop: async () => {
      execFileSync("bash", [SCRIPT, "down", folder], { env, stdio: "ignore" });
      for (const pid of pids) await ended(pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for a process; one that has not ended after ten seconds is killed. */
async function ended(pid: number): Promise<void> {
  for (let i = 0; i < 100 && existsSync(`/proc/${pid}`); i++) await new Promise((resolve) => setTimeout(resolve, 100));
  if (existsSync(`/proc/${pid}`)) process.kill(pid, "SIGKILL");
}

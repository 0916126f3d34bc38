/** Pulumi's own engine on a program of this tree, with providers that stand in for AWS and Kubernetes. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { MACHINERY } from "./index.js";

const PROVIDERS = join(__dirname, "providers");

/** What a run of the engine said. */
export interface EngineRun {
  readonly code: number;
  /** Of `preview --json`. */
  readonly steps: readonly { readonly op: string; readonly urn: string }[];
  readonly err: string;
}

/** A run that goes on while the test does other things. */
export interface StartedRun {
  readonly pid: number;
  /** What it printed so far. */
  readonly said: () => string;
  /** Its exit code; -1 when a signal ended it. */
  readonly ended: Promise<number>;
}

/** A project that the engine can run, with state of its own. */
export interface EngineProject {
  readonly preview: () => EngineRun;
  readonly up: () => EngineRun;
  /** Runs any command of Pulumi, and waits for it without stopping the test's own work. */
  readonly start: (...args: readonly string[]) => StartedRun;
  readonly remove: () => void;
}

/** How a project differs from the one of this tree. */
export interface EngineOptions {
  /**
   * Which provider of `providers/` stands in for Kubernetes.
   *
   * @default "kubernetes"
   */
  readonly kubernetes?: string;
  /**
   * A program to run instead, a file beside its `Pulumi.yaml`.
   *
   * @default - what the folder's `Pulumi.yaml` says
   */
  readonly program?: string;
  /**
   * Folders before all others on the PATH.
   *
   * @default - none
   */
  readonly path?: readonly string[];
  /**
   * More variables.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
}

/** Makes a project from a folder with a `Pulumi.yaml`; the folder stays as it is. */
export function engineProject(folder: string, options: EngineOptions = {}): EngineProject {
  const { kubernetes = "kubernetes", program, path = [] } = options;
  const project = mkdtempSync(join(tmpdir(), "ringfence-engine-"));
  for (const name of ["dist", "node_modules", "package.json"]) symlinkSync(join(folder, name), join(project, name));
  const plugins = Object.entries({ aws: "aws", kubernetes }).map(
    ([name, at]) => `    - name: ${name}\n      path: ${join(PROVIDERS, at)}\n`,
  );
  if (program !== undefined) writeFileSync(join(project, basename(program)), readFileSync(program));
  const settings = readFileSync(join(program === undefined ? folder : dirname(program), "Pulumi.yaml"), "utf8");
  writeFileSync(join(project, "Pulumi.yaml"), `${settings}plugins:\n  providers:\n${plugins.join("")}`);
  const env = {
    ...process.env,
    PATH: [...path, join(MACHINERY, "bin"), process.env["PATH"] ?? ""].join(":"),
    PULUMI_HOME: join(project, ".home"),
    PULUMI_BACKEND_URL: `file://${project}`,
    PULUMI_CONFIG_PASSPHRASE: "passphrase",
    PULUMI_CREDENTIAL_STORE: "plaintext",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    ...options.env,
  };
  const pulumi = (...args: readonly string[]) =>
    spawnSync("pulumi", args, { cwd: project, env, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
  pulumi("stack", "init", "dev");
  return {
    preview: () => {
      const { status, stdout, stderr } = pulumi("preview", "--json");
      const { steps = [] } = (stdout === "" ? {} : JSON.parse(stdout)) as Partial<EngineRun>;
      return { code: status ?? -1, steps, err: stderr };
    },
    up: () => {
      const { status, stderr, stdout } = pulumi("up", "--yes", "--skip-preview", "--non-interactive");
      return { code: status ?? -1, steps: [], err: `${stdout}${stderr}` };
    },
    start: (...args) => {
      const child = spawn("pulumi", args, { cwd: project, env, stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (said += data.toString()));
      const ended = new Promise<number>((resolve) => {
        child.on("close", (code) => {
          resolve(code ?? -1);
        });
      });
      return { pid: child.pid ?? -1, said: () => said, ended };
    },
    remove: () => {
      rmSync(project, { recursive: true, force: true });
    },
  };
}

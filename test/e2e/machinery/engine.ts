/** Pulumi's own engine on a program of this tree, with providers that stand in for AWS and Kubernetes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MACHINERY } from "./index.js";

const PROVIDERS = join(__dirname, "providers");

/** What a run of the engine said. */
export interface EngineRun {
  readonly code: number;
  /** Of `preview --json`. */
  readonly steps: readonly { readonly op: string; readonly urn: string }[];
  readonly err: string;
}

/** A project that the engine can run, with state of its own. */
export interface EngineProject {
  readonly preview: () => EngineRun;
  readonly up: () => EngineRun;
  readonly remove: () => void;
}

/** Makes a project from a folder with a `Pulumi.yaml`; the folder stays as it is. */
export function engineProject(folder: string): EngineProject {
  const project = mkdtempSync(join(tmpdir(), "ringfence-engine-"));
  for (const name of ["dist", "node_modules", "package.json"]) symlinkSync(join(folder, name), join(project, name));
  const plugins = ["aws", "kubernetes"].map((name) => `    - name: ${name}\n      path: ${join(PROVIDERS, name)}\n`);
  const settings = readFileSync(join(folder, "Pulumi.yaml"), "utf8");
  writeFileSync(join(project, "Pulumi.yaml"), `${settings}plugins:\n  providers:\n${plugins.join("")}`);
  const env = {
    ...process.env,
    PATH: `${join(MACHINERY, "bin")}:${process.env["PATH"] ?? ""}`,
    PULUMI_HOME: join(project, ".home"),
    PULUMI_BACKEND_URL: `file://${project}`,
    PULUMI_CONFIG_PASSPHRASE: "passphrase",
    PULUMI_CREDENTIAL_STORE: "plaintext",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
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
    remove: () => {
      rmSync(project, { recursive: true, force: true });
    },
  };
}

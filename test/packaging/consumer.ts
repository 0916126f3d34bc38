import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = dirname(dirname(__dirname));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly name: string;
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** What a process left behind. */
export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder outside this tree, in which nothing of this tree can be found by accident. */
export function emptyFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "ringfence-packaging-")));
}

/** Packs what was built, into a folder. */
export function pack(folder: string): string {
  must(execute(root, "npm", ["pack", "--ignore-scripts", "--pack-destination", folder]));
  return join(folder, `${manifest.name}-${manifest.version}.tgz`);
}

/** A project outside this tree that has installed the tarball as anybody would. */
export class Consumer {
  readonly folder = emptyFolder();

  /**
   * @param source Folder in `consumers/` that the project begins as.
   * @param packages What it installs beside Ringfence, at the versions that this tree is tested with.
   */
  constructor(source: string, tarball: string, packages: readonly string[]) {
    cpSync(join(__dirname, "consumers", source), this.folder, { recursive: true });
    const pinned = packages.map((name) => `${name}@${manifest.devDependencies[name] ?? "latest"}`);
    const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    must(execute(this.folder, "npm", ["install", ...flags, tarball, ...pinned]));
  }

  run(command: string, ...args: string[]): Result {
    return execute(this.folder, command, args);
  }

  /** Compiles a project of this consumer with the compiler of this tree. */
  compile(project: string): Result {
    return this.run(process.execPath, join(root, "node_modules/typescript/lib/tsc.js"), "--project", project);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a tool of this tree. */
export function runTool(folder: string, tool: string, args: readonly string[]): Result {
  return execute(folder, join(root, "node_modules/.bin", tool), args);
}

function execute(cwd: string, command: string, args: readonly string[]): Result {
  // What npm tells its scripts about this tree is not the consumer's business.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS|INIT_CWD)/.test(name)),
  );
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}

function must({ code, stdout, stderr }: Result): void {
  if (code !== 0) throw new Error(`npm ended with ${String(code)}:\n${stdout}\n${stderr}`);
}

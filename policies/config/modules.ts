import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { UserError } from "../../core/issue.js";

/** Endings of files that are programs. */
export const PROGRAM = /\.[cm]?[jt]s$/;

const TYPESCRIPT = /\.[cm]?ts$/;

/** A module as it is loaded. */
export type LoadedModule = Readonly<Record<string, unknown>>;

/**
 * Loads a program of the user: JavaScript by Node, TypeScript by the project's own tsx or ts-node, else by Node where it
 * takes the types away itself (22.18 and later).
 *
 * @param file Absolute path.
 * @throws UserError when it cannot be loaded, with what it says, or when nothing there reads TypeScript.
 */
export function loadModule(file: string): LoadedModule {
  refuseOtherCopy(file);
  const load = createRequire(file);
  try {
    const loaded: unknown = TYPESCRIPT.test(file) ? loadTypeScript(file, load) : load(file);
    if (typeof loaded === "object" && loaded !== null) return loaded as LoadedModule;
  } catch (error) {
    if (error instanceof UserError) throw error;
    const said = (error instanceof Error ? error.message : String(error))
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => line.trim());
    throw new UserError(`'${file}' cannot be loaded: ${said.slice(0, 2).join(" ")}. Correct it, and run it again`);
  }
  throw new UserError(`'${file}' exports nothing. Export the configuration, or rules`);
}

function loadTypeScript(file: string, load: NodeJS.Require): unknown {
  if (isThere(load, "tsx/cjs/api")) {
    const tsx = load("tsx/cjs/api") as { readonly require: (id: string, from: string) => unknown };
    return tsx.require(file, file);
  }
  if (isThere(load, "ts-node")) {
    const tsNode = load("ts-node") as { readonly register: (options: object) => unknown };
    // Whatever the project compiles to, what is loaded here is CommonJS.
    const compilerOptions = { module: "commonjs", moduleResolution: "node10" };
    tsNode.register({ transpileOnly: true, compilerOptions });
    return load(file);
  }
  const { features } = process as { readonly features: { readonly typescript?: string | false } };
  if (typeof features.typescript === "string") return load(file);
  throw new UserError(
    `'${file}' is TypeScript, and nothing here reads it. Run: npm install --save-dev tsx, or write JavaScript or YAML`,
  );
}

function isThere(load: NodeJS.Require, name: string): boolean {
  try {
    load.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Rules of one copy of Ringfence cannot read a plan of another: what is unknown to one is a value to the other. */
function refuseOtherCopy(file: string): void {
  const ours = rootOf(__dirname);
  const [theirs] = [dirname(file), ...parentsOf(dirname(file))].flatMap((folder) => {
    const installed = join(folder, "node_modules", "ringfence");
    return existsSync(installed) ? [realpathSync(installed)] : [];
  });
  if (ours === undefined || theirs === undefined || realpathSync(ours) === theirs) return;
  throw new UserError(
    `'${file}' would load the copy of ringfence in ${theirs}, and another one runs. Run the project's own: npx ringfence`,
  );
}

function rootOf(folder: string): string | undefined {
  return [folder, ...parentsOf(folder)].find((path) => {
    const manifest = join(path, "package.json");
    return (
      existsSync(manifest) && (JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown }).name === "ringfence"
    );
  });
}

function parentsOf(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [parent, ...parentsOf(parent)];
}

/** Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` as the Pulumi CLI does (https://www.pulumi.com/docs/iac/concepts/projects/project-file/). */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { UserError } from "../../core/issue.js";
import { UNKNOWN_VALUE } from "./wire.js";

/** A project on disk. */
export interface Project {
  readonly name: string;
  /** Folder of the project file. */
  readonly folder: string;
  /** `main` of the project file, as written: a file or folder relative to {@link folder}. */
  readonly main: string | undefined;
  /** Whether TypeScript is compiled while the program loads, Pulumi's default. */
  readonly typescript: boolean;
  /** Further arguments for Node: `--import tsx`. */
  readonly nodeArgs: readonly string[];
  /** A `tsconfig` other than `tsconfig.json`. */
  readonly tsconfig: string | undefined;
  /** Project-wide configuration, by full key. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly stackConfigFolder: string;
}

/** The configuration of a run. */
export interface Configuration {
  /** Values by full key. A secret that cannot be decrypted here is the sentinel for unknown. */
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** Keys of the secrets that could not be decrypted. */
  readonly unreadable: readonly string[];
}

type Yaml = Readonly<Record<string, unknown>>;

/**
 * Reads the project in `folder`.
 *
 * @throws UserError when there is none, when it is not for Node, or when its program is not there.
 */
export function readProject(folder: string): Project {
  const file = findProjectFile(folder);
  const yaml = readYaml(file);
  const { name, main, runtime } = yaml;
  if (typeof name !== "string" || name === "")
    throw new UserError(`'${file}' has no 'name'. Add the project's name, such as: name: voting`);
  const kind = typeof runtime === "string" ? runtime : (runtime as Yaml | undefined)?.["name"];
  if (kind !== "nodejs")
    throw new UserError(
      `'runtime' in '${file}' must be nodejs, got ${JSON.stringify(kind)}. Ringfence previews programs in TypeScript and JavaScript`,
    );
  const options = (typeof runtime === "object" ? ((runtime as Yaml)["options"] as Yaml | undefined) : undefined) ?? {};
  const project: Project = {
    name,
    folder: dirname(file),
    main: typeof main === "string" ? main : undefined,
    typescript: options["typescript"] !== false,
    nodeArgs:
      typeof options["nodeargs"] === "string" ? options["nodeargs"].split(/\s+/).filter((arg) => arg !== "") : [],
    tsconfig: typeof options["tsconfig"] === "string" ? options["tsconfig"] : undefined,
    defaults: projectDefaults(yaml["config"], name),
    stackConfigFolder: join(dirname(file), typeof yaml["stackConfigDir"] === "string" ? yaml["stackConfigDir"] : ""),
  };
  requireProgram(project, file);
  return project;
}

/**
 * The configuration of a stack: the project's defaults, then `Pulumi.<stack>.yaml`, then what the caller sets.
 *
 * @throws UserError when the stack's file is no YAML.
 */
export function readConfiguration(
  project: Project,
  stack: string,
  overrides: Readonly<Record<string, string>>,
): Configuration {
  const values: Record<string, string> = { ...project.defaults };
  const secretKeys = new Set<string>();
  const unreadable = new Set<string>();
  const file = join(project.stackConfigFolder, `Pulumi.${stack}.yaml`);
  const stated = existsSync(file) ? ((readYaml(file)["config"] ?? {}) as Yaml) : {};
  for (const [key, value] of Object.entries(stated)) {
    const full = fullKey(key, project.name);
    if (isEncrypted(value)) {
      values[full] = UNKNOWN_VALUE;
      unreadable.add(full);
      secretKeys.add(full);
    } else {
      values[full] = plain(value);
      if (hasEncrypted(value)) secretKeys.add(full);
    }
  }
  for (const [key, value] of Object.entries(overrides)) {
    const full = fullKey(key, project.name);
    values[full] = value;
    unreadable.delete(full);
  }
  return { values, secretKeys: [...secretKeys], unreadable: [...unreadable] };
}

function findProjectFile(folder: string): string {
  const start = resolve(folder);
  if (!existsSync(start) || !statSync(start).isDirectory())
    throw new UserError(`'${folder}' is no folder. Give the folder of a Pulumi project, the one with Pulumi.yaml`);
  for (const name of ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"])
    if (existsSync(join(start, name))) return join(start, name);
  throw new UserError(`'${folder}' has no Pulumi.yaml. Give the folder of a Pulumi project`);
}

function readYaml(file: string): Yaml {
  const { load } = require("js-yaml") as typeof import("js-yaml");
  try {
    const value = load(readFileSync(file, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Yaml;
  } catch (error) {
    throw new UserError(`'${file}' is not YAML: ${(error as Error).message.split("\n")[0] ?? ""}`);
  }
  throw new UserError(`'${file}' must hold a map of settings`);
}

function projectDefaults(config: unknown, project: string): Record<string, string> {
  const defaults: Record<string, string> = {};
  for (const [key, value] of Object.entries((config ?? {}) as Yaml)) {
    const declared = typeof value === "object" && value !== null ? (value as Yaml) : undefined;
    const stated = declared === undefined ? value : (declared["value"] ?? declared["default"]);
    if (stated !== undefined && stated !== null) defaults[fullKey(key, project)] = plain(stated);
  }
  return defaults;
}

/** A program that needs a build first is said so here: Node's own message names a path and no remedy. */
function requireProgram({ folder, main, typescript }: Project, file: string): void {
  if (main === undefined || existsSync(join(folder, main))) return;
  const candidates = [".js", ".ts", "/index.js", "/index.ts"].map((ending) => join(folder, main + ending));
  if (candidates.some((candidate) => existsSync(candidate))) return;
  const build = !typescript || extname(main) === ".js" ? ". Build the program first: npm run build" : "";
  throw new UserError(`'main' in '${file}' must name the program, got '${main}', which does not exist${build}`);
}

function fullKey(key: string, project: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

function plain(value: unknown): string {
  return typeof value === "string"
    ? value
    : JSON.stringify(value, (_key, item: unknown) => (isEncrypted(item) ? UNKNOWN_VALUE : item));
}

function isEncrypted(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === 1 &&
    typeof (value as Yaml)["secure"] === "string"
  );
}

function hasEncrypted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isEncrypted(value) || Object.values(value).some(hasEncrypted);
}

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError, issue, UserError } from "../../core/issue.js";
import { readCelRules } from "../cel/rule.js";
import type { ReadExemptions } from "../exemptions/read.js";
import { EXEMPTIONS_FILE, readExemptions } from "../exemptions/read.js";
import type { Rule } from "../model.js";
import type { Where } from "./fields.js";
import { loadModule, PROGRAM } from "./modules.js";
import type { Config } from "./read.js";
import { readConfig } from "./read.js";
import { ruleIn, rulesIn } from "./rule-shape.js";
import { parseOneYaml, pathText, placesOf } from "./yaml.js";

/** Names of the file of configuration, of which a folder has one at most. */
export const CONFIG_FILES = ["ts", "mts", "cts", "js", "mjs", "cjs", "yaml", "yml", "json"].map(
  (ending) => `ringfence.config.${ending}`,
);

/** A configuration that was found in a file. */
export interface LoadedConfig extends Config {
  /** Path of the file. */
  readonly file: string;
}

/**
 * Loads the configuration of a folder.
 *
 * @returns `undefined` when the folder has none.
 * @throws InputError for every problem in it, or when there are several; UserError when it cannot be read or loaded.
 */
export function loadConfig(folder: string): LoadedConfig | undefined {
  const [name, ...others] = CONFIG_FILES.filter((file) => existsSync(join(folder, file)));
  if (name === undefined) return undefined;
  if (others.length > 0)
    throw new InputError(folder, [
      issue("Conflict", "configuration", "must be one file", [name, ...others].join(", "), "Keep one of them"),
    ]);
  return loadConfigFile(join(folder, name));
}

/** {@link loadConfig} of a file by its path. */
export function loadConfigFile(file: string): LoadedConfig {
  const folder = dirname(resolve(file));
  const load = (entry: unknown): readonly Rule[] =>
    typeof entry === "string" ? loadRules(resolve(folder, entry), entry) : [ruleIn(entry, "rule")];
  if (PROGRAM.test(file)) {
    const loaded = loadModule(resolve(file));
    const inner = loaded["default"] as { readonly default?: unknown } | undefined;
    // What a transpiler makes of `export default` comes wrapped once more where Node reads it as an ES module.
    const value = typeof inner === "object" && "default" in inner ? inner.default : inner;
    const where: Where = (path) => (path.length === 0 ? `${file} export default` : `${file} ${pathText(path)}`);
    return { ...readConfig(value, where, file, load), file };
  }
  const document = parseOneYaml(readText(file), file);
  return { ...readConfig(document.value ?? {}, placesOf(document, file), file, load), file };
}

/**
 * The exemptions of a project: the file that the configuration names, else {@link EXEMPTIONS_FILE} beside it, when there is
 * one.
 *
 * @param folder The project's folder, where the configuration lies or would lie.
 * @throws InputError when a file that is named does not exist, or is none of exemptions; UserError when it cannot be read.
 */
export function loadExemptions(folder: string, named?: string): ReadExemptions {
  const file = resolve(folder, named ?? EXEMPTIONS_FILE);
  if (named === undefined && !existsSync(file)) return { exemptions: [], problems: [] };
  return readExemptions(readText(file), named ?? EXEMPTIONS_FILE);
}

/**
 * Loads rules of one's own from a file or a folder: TypeScript and JavaScript that export rules, YAML and JSON with rules in
 * CEL. Of a folder, everything below it but declarations, tests and `node_modules`.
 *
 * @param shown The path as it was written, for messages.
 * @throws InputError for every problem in them; UserError when a file cannot be read or loaded.
 */
export function loadRules(path: string, shown: string = path): readonly Rule[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw missing(shown);
  if (!stats.isDirectory()) return rulesInFile(path, shown);
  const files = readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => isRuleFile(file))
    .sort();
  if (files.length === 0)
    throw new InputError("rules", [
      issue("NotFound", shown, "must hold files of rules", undefined, "Put .yaml, .ts or .js files with rules there"),
    ]);
  return files.flatMap((file) => rulesInFile(join(path, file), join(shown, file)));
}

function isRuleFile(file: string): boolean {
  const name = basename(file);
  if (file.split(/[\\/]/).some((part) => part === "node_modules" || part.startsWith("."))) return false;
  if (/\.(d|test|spec)\.[cm]?[jt]s$/.test(name)) return false;
  return PROGRAM.test(name) || /\.(ya?ml|json)$/.test(name);
}

function rulesInFile(path: string, shown: string): readonly Rule[] {
  return PROGRAM.test(path) ? rulesIn(loadModule(path), shown) : readCelRules(readText(path, shown), shown);
}

function readText(path: string, shown: string = path): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw missing(shown);
    throw new UserError(`'${shown}' cannot be read (${code ?? "no reason given"}). Check the path and its permissions`);
  }
}

function missing(path: string): InputError {
  return new InputError(path, [
    issue("NotFound", path, "must be a file or folder that exists", undefined, "Check the path"),
  ]);
}

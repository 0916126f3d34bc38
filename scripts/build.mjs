/**
 * Compiles the sources to `dist/`, which mirrors the tree: `infra/index.ts` becomes `dist/infra/index.js`.
 *
 * The compiler alone leaves the output of a deleted source behind and trusts its own notes on outputs that somebody
 * removed; both are put right here. A second run with nothing changed takes under a second.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const root = dirname(import.meta.dirname);
const dist = join(root, "dist");
const notes = join(dist, ".tsbuildinfo");
const command = join(dist, "cli", "main.js");

/** What Pulumi reads beside the compiled policy pack, from the pack's own folder. */
const ASSETS = ["policies/pack/package.json", "policies/pack/PulumiPolicy.yaml"];

if (sources().some((source) => !existsSync(join(dist, source.replace(/\.ts$/, ".js"))))) rmSync(notes, { force: true });
const compiler = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");
const { status } = spawnSync(process.execPath, [compiler, "--build", join(root, "tsconfig.json")], {
  stdio: "inherit",
});
for (const file of outputs().filter((output) => !hasSource(output))) remove(file);
for (const asset of ASSETS.filter((path) => existsSync(join(root, path)))) copy(asset);
if (existsSync(command)) chmodSync(command, 0o755);
process.exitCode = status ?? 1;

/** The files that the compiler is asked to compile, relative to the root. */
function sources() {
  const { include } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
  return include
    .filter((path) => existsSync(join(root, path)))
    .flatMap((path) => (path.endsWith(".ts") ? [path] : below(path)))
    .filter((path) => path.endsWith(".ts"));
}

/** Files below `dist/`, relative to it. */
function outputs() {
  if (!existsSync(dist)) return [];
  return below("dist")
    .map((path) => relative("dist", path))
    .filter((path) => !path.startsWith(".tsbuildinfo"));
}

function below(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function hasSource(output) {
  const source = output.replace(/(\.js|\.d\.ts|\.js\.map)$/, ".ts");
  return existsSync(join(root, source));
}

function remove(output) {
  rmSync(join(dist, output));
  for (let folder = dirname(output); folder !== "."; folder = dirname(folder)) {
    if (readdirSync(join(dist, folder)).length > 0) return;
    rmdirSync(join(dist, folder));
  }
}

function copy(asset) {
  const target = join(dist, asset);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(root, asset), target);
}

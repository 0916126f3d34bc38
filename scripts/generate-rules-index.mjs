// Writes policies/rules/<ring>/index.ts from the rule files of the ring: one import and one entry for each, by id.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FOLDER = join(ROOT, "policies", "rules");

for (const ring of ["cloud", "cluster", "code", "container"]) {
  const rules = readdirSync(join(FOLDER, ring), { recursive: true, encoding: "utf8" })
    .map((file) => file.split("\\").join("/"))
    .filter((file) => file.endsWith(".ts") && file !== "index.ts")
    .sort()
    .flatMap((file) => exportsOf(ring, file));
  const byId = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const text = [
    "// Made by `npm run generate:rules` from the files of this folder.",
    'import type { Rule } from "../../model.js";',
    ...rules.map(({ name, file }) => `import { ${name} } from "./${file.replace(/\.ts$/, ".js")}";`),
    "",
    `/** The rules of the ring ${ring}, in order of their ids. */`,
    `export const ${ring.toUpperCase()}_RULES = [${byId.map(({ name }) => name).join(", ")},] as const satisfies readonly Rule[];`,
    "",
  ].join("\n");
  const path = join(FOLDER, ring, "index.ts");
  const options = await resolveConfig(path);
  writeFileSync(path, await format(text, { ...options, filepath: path }));
}

/** A rule file exports one rule, whose id is the file's name. */
function exportsOf(ring, file) {
  const source = readFileSync(join(FOLDER, ring, file), "utf8");
  const names = [...source.matchAll(/^export const (\w+)\b/gm)].map((match) => match[1]);
  const id = file.replace(/^.*\//, "").replace(/\.ts$/, "");
  const wanted = id.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const name = names.find((n) => n.toLowerCase() === wanted.toLowerCase()) ?? names[0];
  return name === undefined ? [] : [{ id, name, file }];
}

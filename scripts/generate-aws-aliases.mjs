// Writes plan/world/aws-forms/data/aliases.json: each other token of a resource of @pulumi/aws, and the one that it has
// today. The SDK's classes say which tokens they had (`aliases: [{ type }]`). Two modules hold the same classes under one
// name each without saying so: `alb` and `lb`. Writes core/data/aws-taggable.json too: the tokens of the resources that take tags.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const inputs = new Map();
const former = new Map();

for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
  if (!file.endsWith(".js") || file.includes("node_modules")) continue;
  const code = readFileSync(join(root, file), "utf8");
  const type = /static __pulumiType = '([^']+)'/.exec(code)?.[1];
  if (type === undefined) continue;
  inputs.set(type, [...code.matchAll(/resourceInputs\["(\w+)"\] = args/g)].map((m) => m[1]).join());
  const aliases = /const aliasOpts = \{ aliases: \[(.*)\] \};/.exec(code)?.[1] ?? "";
  for (const [, alias] of aliases.matchAll(/type: "([^"]+)"/g)) if (alias !== type) former.set(alias, type);
}
for (const type of inputs.keys()) {
  const twin = type.replace(/^aws:alb\//, "aws:lb/");
  if (twin !== type && inputs.get(twin) === inputs.get(type)) former.set(type, twin);
}

const today = (type) => (former.has(type) ? today(former.get(type)) : type);
const aliases = Object.fromEntries([...former.keys()].sort().map((type) => [type, today(type)]));
const path = fileURLToPath(new URL("../plan/world/aws-forms/data/aliases.json", import.meta.url));
writeFileSync(path, `${JSON.stringify({ source: `@pulumi/aws ${version}`, aliases }, null, 2)}\n`);
console.log(`${Object.keys(aliases).length} aliases of @pulumi/aws ${version}`);

const taggable = [...inputs].filter(([, list]) => list.split(",").includes("tags")).map(([type]) => type);
const types = taggable.filter((type) => !former.has(type)).sort();
writeFileSync(
  fileURLToPath(new URL("../core/data/aws-taggable.json", import.meta.url)),
  `${JSON.stringify({ source: `@pulumi/aws ${version}`, types: types.map((type) => type.slice(4)).join(" ") }, null, 2)}\n`,
);
console.log(`${types.length} types that take tags`);

/**
 * Generates `data/aws.json`, the table of what AWS adds to each resource and what each function returns, from the classes
 * of the installed @pulumi/aws: `undefined /*out*\/` marks an output-only property, the declaration file tells its type.
 *
 * Run after a change of the provider's version: `npm run generate:shapes`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(require.resolve("@pulumi/aws/package.json"));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

const resources: Record<string, string> = {};
const functions: Record<string, string> = {};

for (const file of filesBelow(root)) {
  const code = readFileSync(file, "utf8");
  const declarations = readFileSync(file.replace(/\.js$/, ".d.ts"), "utf8");
  const type = /static __pulumiType = '([^']+)'/.exec(code)?.[1];
  if (type !== undefined) resources[type] = describeResource(code, declarations);
  const token = /pulumi\.runtime\.invoke\("([^"]+)"/.exec(code)?.[1];
  if (token !== undefined) functions[token] = resultFields(declarations).join(",");
}

const table = { source: `@pulumi/aws ${version}`, resources: sorted(resources), functions: sorted(functions) };
writeFileSync(join(__dirname, "data", "aws.json"), `${JSON.stringify(table, null, 1)}\n`);
console.log(
  `${Object.keys(resources).length} resources, ${Object.keys(functions).length} functions of ${table.source}`,
);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "types") return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return path.endsWith(".js") && !/\/(index|utilities)\.js$/.test(path) ? [path] : [];
  });
}

/** `<output-only>|<computed when left out>`, each a comma-separated list of the properties that are always text. */
function describeResource(code: string, declarations: string): string {
  const body = code.slice(code.indexOf("resourceInputs["));
  const outputOnly = new Set([...body.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)].map((m) => m[1]));
  const texts = [...declarations.matchAll(/^ {4}readonly (\w+): pulumi\.Output<(?:string|enums\.[\w.]+)>;/gm)].map(
    (m) => m[1] ?? "",
  );
  const out = texts.filter((name) => outputOnly.has(name));
  const computed = texts.filter((name) => !outputOnly.has(name));
  return `${out.join(",")}|${computed.join(",")}`;
}

function resultFields(declarations: string): string[] {
  const body = /export interface Get\w+Result \{([\s\S]*?)^\}/m.exec(declarations)?.[1] ?? "";
  return [...body.matchAll(/^ {4}readonly (\w+)\??:/gm)].map((m) => m[1] ?? "");
}

function sorted(map: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

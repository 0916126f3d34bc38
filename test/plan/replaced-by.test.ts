import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NEVER_LOST, REPLACED_BY, REPLACED_WHILE } from "../../plan/engine/replaced-by.js";

const SDK = join(__dirname, "../../node_modules/@pulumi/aws");

/** The properties that a resource of the installed provider takes. */
function propertiesOf(token: string): ReadonlySet<string> {
  const [, path = "", name = ""] = token.split(":");
  const text = readFileSync(join(SDK, `${path}.d.ts`), "utf8");
  const args = text.slice(text.lastIndexOf(`export interface ${name}Args`));
  return new Set([...args.matchAll(/^\s+(\w+)\??: /gm)].map(([, property = ""]) => property));
}

test.each(Object.entries(REPLACED_BY))("the provider has %s with the properties that replace it", (token, paths) => {
  const known = propertiesOf(token);
  const conditions = Object.entries(REPLACED_WHILE[token] ?? {}).flat();
  expect([...paths, ...conditions].filter((path) => !known.has(path.split(".")[0] ?? ""))).toEqual([]);
  expect(new Set(paths).size).toBe(paths.length);
});

test("what must never be lost is known to be replaced by something", () => {
  expect(NEVER_LOST.filter((token) => !(token in REPLACED_BY))).toEqual([]);
});

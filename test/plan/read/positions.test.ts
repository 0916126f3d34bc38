import * as fc from "fast-check";
import { dump } from "js-yaml";
import { joinPath } from "../../../plan/model/index.js";
import { POD, readStdin } from "./support.js";

/** Plain data of an object, with keys and text that are hard to write. */
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    "yes",
    "010",
    "a: b",
    "- x",
    "#",
    "x #y",
    "'",
    '"',
    "a\nb\n",
    "\n a",
    "a\n\nb",
    "é日本",
    "😀",
    "a.b",
    '["x"]',
  ),
);
const key = fc.oneof(
  fc.stringMatching(/^[a-z]{1,5}$/),
  fc.constantFrom("a.b/c", "on", "1", "key with space", 'q"uote', "x[0]", "<<", "😀", "é"),
);
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie("data"), { maxLength: 4 }),
    fc.dictionary(key, tie("data"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** Every path of a value, with what stands there. */
function* pathsIn(value: unknown, path: string): Generator<readonly [string, unknown]> {
  yield [path, value];
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* pathsIn(item, `${path}[${i}]`);
  else if (typeof value === "object" && value !== null)
    for (const [k, item] of Object.entries(value)) yield* pathsIn(item, joinPath(path, k));
}

const forms: readonly (readonly [string, (object: unknown) => string])[] = [
  ["block YAML", (object) => dump(object)],
  ["YAML in double quotes", (object) => dump(object, { quoteStyle: "double", forceQuotes: true, lineWidth: 30 })],
  ["flow YAML", (object) => dump(object, { flowLevel: 1, lineWidth: -1 })],
  ["lists at the level of their key", (object) => dump(object, { seqNoIndent: true })],
  ["JSON", (object) => JSON.stringify(object, null, 2)],
  ["lines of Windows", (object) => dump(object, { lineWidth: -1 }).replaceAll("\n", "\r\n")],
];

describe("every property is found where it stands", () => {
  test.each(forms)("in %s", async (_, write) => {
    await fc.assert(
      fc.asyncProperty(data, fc.nat(3), async (spec, before) => {
        const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec };
        const written = `${"# é comment\n".repeat(before)}---\n${write(object)}`;
        const read = await readStdin(written);
        expect(read.problems).toEqual([]);
        const [resource] = read.plan.resources;
        if (resource === undefined) return;
        const shown = read.textOf("-") ?? "";
        for (const [path, value] of pathsIn(object, "")) {
          const place = read.locate(resource, path);
          expect(place?.exact).toBe(true);
          if (place === undefined) continue;
          const there = shown.slice(place.value.start, place.value.end);
          const marked = shown.split("\n")[place.line - 1]?.slice(place.column - 1) ?? "";
          if (typeof value === "number" || typeof value === "boolean")
            expect([there, marked.startsWith(there)]).toEqual([String(value), true]);
          else if (typeof value === "string" && /^[a-z]+$/.test(value))
            expect(there.replaceAll(/["']/g, "")).toBe(value);
          // Read again by itself, what stands there is the value.
          else if (!/^[|>]/.test(there)) expect(reread(there, place.value.start, shown)).toEqual(value);
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** The value of a stretch of YAML: written again at the column where it stands, since its later lines are indented for it. */
function reread(part: string, start: number, whole: string): unknown {
  const column = start - (whole.lastIndexOf("\n", start - 1) + 1);
  const { load, YAML11_SCHEMA } = jest.requireActual<typeof import("js-yaml")>("js-yaml");
  return part === "" ? null : load(`${" ".repeat(column)}${part}\n`, { schema: YAML11_SCHEMA });
}

describe("a place", () => {
  test("of a scalar is its value, of a block its key, of an item its first character", async () => {
    const read = await readStdin(POD);
    const [pod] = read.plan.resources;
    const at = (path: string): unknown => {
      const place = pod && read.locate(pod, path);
      return place && [place.line, place.column, place.endLine, place.endColumn, place.exact];
    };
    expect(at("spec.containers[0].image")).toEqual([9, 12, 9, 17, true]);
    expect(at("spec.containers[0].securityContext")).toEqual([10, 5, 10, 20, true]);
    expect(at("spec.containers[0]")).toMatchObject({ 0: 8, 1: 5, 4: true });
    expect(at("spec.containers[0].resources.limits.memory")).toMatchObject({ 0: 8, 1: 5, 4: false });
    expect(at("spec.securityContext.runAsNonRoot")).toEqual([6, 1, 6, 5, false]);
    expect(at("spec.containers[7].image")).toEqual([7, 3, 7, 13, false]);
    expect(at("status")).toMatchObject({ 0: 1, 1: 1, 4: false });
  });

  test("behind an alias or a merge is where the value is written", async () => {
    const text = POD.replace("spec:\n", "x: &safe {privileged: false, runAsUser: &id 7}\nspec:\n").replace(
      "      privileged: true\n",
      "      <<: *safe\n      runAsGroup: *id\n",
    );
    const read = await readStdin(text);
    const [pod] = read.plan.resources;
    const at = (path: string): unknown => {
      const place = pod && read.locate(pod, `spec.containers[0].securityContext.${path}`);
      return place && read.textOf("-")?.slice(place.value.start, place.value.end);
    };
    expect([at("privileged"), at("runAsUser"), at("runAsGroup")]).toEqual(["false", "7", "7"]);
  });

  test("of a resource that no file holds is unknown", async () => {
    const read = await readStdin(POD);
    const [pod] = read.plan.resources;
    expect(pod && read.locate({ urn: "urn:pulumi:a::b::c::d" as typeof pod.urn }, "")).toBeUndefined();
    expect(read.textOf("other")).toBeUndefined();
  });
});

import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { worldAsYaml } from "../../../bench/worlds/world.js";
import { compose } from "../../../plan/read/yaml/compose.js";
import { chunksOf } from "../../../plan/read/yaml/documents.js";
import { eventsOf } from "../../../plan/read/yaml/events.js";
import { readPlainBlocks } from "../../../plan/read/yaml/plain-blocks.js";

/** The quick way reads a text as the parser does, or leaves it alone. Tells whether it read it. */
function agrees(text: string): boolean {
  const quick = readPlainBlocks(text);
  if (quick === undefined) return false;
  expect(compose(text, eventsOf(text), () => 1)).toEqual([{ ...quick, problems: [] }]);
  return true;
}

describe("the quick way through plain blocks", () => {
  test("reads every object of a generated world", () => {
    const world = worldAsYaml(300, 7);
    const chunks = chunksOf(world).map(({ start, end }) => world.slice(start, end));
    expect(chunks).toHaveLength(300);
    expect(chunks.filter((chunk) => !agrees(chunk))).toEqual([]);
  });

  test("agrees with the parser on every text of the table", () => {
    const file = readFileSync(join(__dirname, "golden", "go-yaml-documents.json"), "utf8");
    const { rows } = JSON.parse(file) as { readonly rows: readonly { readonly text: string }[] };
    const variants = rows.flatMap(({ text }) => [
      text,
      `---\n${text}`,
      text.trimEnd(),
      `${text}\n# end`,
      `k:\n${text.replaceAll(/^/gm, "  ")}`,
    ]);
    expect(variants.filter(agrees).length).toBeGreaterThan(60);
  });

  test("agrees with the parser on lines put together at random", () => {
    const line = fc.constantFrom(
      ...[
        "a:",
        "b: 1",
        "c: 'x'",
        'd: "y" # c',
        "e: |",
        "f: |-",
        "g: |+",
        "- a",
        "- b: 1",
        "- ",
        "-",
        "- |",
        "- -",
        "# c",
        "",
      ],
      ...[
        "text",
        "a: b: c",
        "items:",
        "on: yes",
        "a: # c",
        "a: x#y",
        "a: x #y",
        "- {}",
        "h: []",
        "i: -1",
        "j: - 1",
        "k: >",
        "l: .5",
      ],
      ...[
        "---",
        "...",
        "010: 1",
        "m: 'it''s'",
        'n: "\\n"',
        "o: a\t",
        "p: é",
        "? q",
        "r : 1",
        "s:t",
        "u: :",
        "- v:",
        "  ",
        "-x: 1",
      ],
    );
    const indented = fc.tuple(fc.nat(4), line).map(([n, text]) => " ".repeat(n) + text);
    let read = 0;
    fc.assert(
      fc.property(fc.array(indented, { minLength: 1, maxLength: 7 }), (lines) => {
        if (agrees(lines.join("\n"))) read++;
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(500);
  });

  test("agrees with the parser on data of any shape", () => {
    const leaf = fc.oneof(
      fc.string({ maxLength: 9 }),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom("a\n\n b\n", "x\ny", "\n", "null"),
    );
    const { data } = fc.letrec<{ data: unknown }>((tie) => ({
      data: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("data"), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-z./-]{1,6}$/), tie("data"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(data, fc.boolean(), (value, seqNoIndent) => {
        agrees(dump({ items: [value], value }, { seqNoIndent, lineWidth: -1 }));
      }),
      { numRuns: 3000 },
    );
  });
});

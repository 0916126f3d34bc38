import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SourceText } from "../../../plan/read/source-text.js";
import { textOfBytes } from "../../../plan/read/content.js";

type Answer = { readonly json: unknown } | { readonly error: string };

interface ScalarRow {
  readonly s: string;
  readonly value: Answer;
  readonly key: Answer;
  readonly flow: Answer;
}

type DocumentRow = { readonly text: string } & (Answer | { readonly duplicate: true });

function table(name: string): unknown {
  return (JSON.parse(readFileSync(join(__dirname, "golden", name), "utf8")) as { readonly rows: unknown }).rows;
}

/** What we read of the first document of a text: its value, or that it cannot be read. */
function ours(text: string): Answer {
  const [document] = new SourceText("file.yaml", textOfBytes(Buffer.from(text))).documents();
  if (document === undefined) return { json: null };
  const [problem] = document.problems;
  // Maps of JavaScript lose their prototype here, and numbers become what JSON makes of them.
  return problem === undefined
    ? { json: JSON.parse(JSON.stringify(document.value)) as unknown }
    : { error: problem.message };
}

/** Whether two answers are the same, whatever the words of an error. */
function agree(a: Answer, b: Answer): boolean {
  return "error" in a || "error" in b
    ? "error" in a && "error" in b
    : JSON.stringify(sorted(a.json)) === JSON.stringify(sorted(b.json));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

const rows = table("go-yaml-scalars.json") as readonly ScalarRow[];

describe("a scalar reads as go-yaml reads it", () => {
  test("as a value, all but one with a tag that nobody writes", () => {
    const different = rows.filter(({ s, value }) => !agree(ours(`v: ${s}\n`), value)).map(({ s }) => s);
    expect(rows.length).toBeGreaterThan(340);
    expect(different).toEqual(["!!float 18446744073709551615"]);
  });

  test("as a key, but for numbers that no key of an object is", () => {
    const different = rows.filter(({ s, key }) => !agree(ours(`? ${s}\n: 1\n`), key)).map(({ s }) => s);
    expect(different).toEqual([
      "9223372036854775808",
      "18446744073709551615",
      "0xFFFFFFFFFFFFFFFF",
      "01777777777777777777777",
      ".inf",
      ".Inf",
      ".INF",
      "+.inf",
      "-.inf",
      "-.INF",
      ".nan",
      ".NaN",
      ".NAN",
      "!!float .inf",
      "!!float 18446744073709551615",
    ]);
  });

  test("in a flow list, but for spellings that YAML 1.2 or JSON read otherwise, and text after the list", () => {
    const different = rows.filter(({ s, flow }) => !agree(ours(`[${s}]\n`), flow)).map(({ s }) => s);
    expect(different).toEqual([
      "-",
      "1e400",
      "-1e400",
      "?a",
      ":a",
      "::1",
      "!",
      "a]",
      "!!str",
      "!!null",
      "!!float 18446744073709551615",
    ]);
  });

  test.each([
    ["yes", true],
    ["off", false],
    ["010", 8],
    ["0o10", 8],
    ["1_000", 1000],
    ["12:30:45", "12:30:45"],
    ["~", null],
    ["2026-11-21", "2026-11-21"],
    ["1e3", 1000],
    ["08", 8],
  ])("%s", (text, value) => {
    expect(ours(`v: ${text}`)).toEqual({ json: { v: value } });
  });
});

describe("a document reads as go-yaml reads it", () => {
  const documents = table("go-yaml-documents.json") as readonly DocumentRow[];

  test("in structure, quoting, block text, anchors, merges and line ends", () => {
    const different = documents.filter((row) => !("duplicate" in row) && !agree(ours(row.text), row));
    expect(documents.length).toBeGreaterThan(160);
    expect(different.map(({ text }) => text)).toEqual([
      // go-yaml does not know the escape of a slash, refuses half a surrogate pair, %YAML 1.2, and U+0085 and U+2028 in text.
      'a: "\\x41\\u00e9\\U0001F600\\n\\t\\\\\\"\\/\\e\\0\\_\\N\\L\\P"\n',
      'a: "\\uD83D"\n',
      "%YAML 1.2\n---\na: 1\n",
      // It leaves out what follows the first value.
      "{a: 1} b\n",
      "a: \u0085b\n",
      "a: \u2028b\n",
    ]);
  });

  test("in keys that stand twice", () => {
    const twice = documents.filter((row) => "duplicate" in row);
    expect(twice.length).toBe(6);
    for (const { text } of twice)
      expect(ours(text)).toEqual({ error: expect.stringContaining("stands twice") as string });
  });
});

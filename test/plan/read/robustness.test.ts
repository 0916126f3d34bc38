import * as fc from "fast-check";
import { gzipSync } from "node:zlib";
import { lines, POD, readStdin } from "./support.js";

/** Reading ends, says what is wrong in whole lines with their place, and says nothing of our own code. */
async function survives(content: string | Buffer): Promise<void> {
  const read = await readStdin(content);
  for (const { message, line, column } of read.problems) {
    expect(message).not.toMatch(/[\n\r]|undefined|\[object|\bat \w+ \(|RangeError|TypeError|Maximum call/);
    if (line !== undefined) expect([line >= 1, (column ?? 1) >= 1]).toEqual([true, true]);
  }
  for (const resource of read.plan.resources.slice(0, 20)) {
    read.locate(resource, "spec.containers[0].image");
    read.lineOf("-", 1);
  }
}

const SAMPLE = `# c
apiVersion: v1
kind: List
items:
- &a {apiVersion: v1, kind: Secret, metadata: {name: s}, data: {k: "dg=="}}
- <<: *a
  metadata:
    name: 't'
    labels: ? x
  text: |+
    one

   two
  list: [1, 'b', "c\\u0041", *a, !!int 7]
---
{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}}
...
%YAML 1.1
---
- >-
  folded
`;

test("a tag that is none is not quoted: it may be a secret", async () => {
  await survives("!<<: apiVersion: v1\n>2-\n");
});

describe("no text brings the reader down", () => {
  const pieces = fc.constantFrom(
    ...["{", "}", "[", "]", ":", ",", "-", "?", "&", "*", "!", "|", ">", "'", '"', "%", "@", "`", "#", "~", "<", "\\"],
    ...[" ", "\t", "\n", "\r", "\0", "\u0085", "\ufeff"],
    "- ",
    ": ",
    "? ",
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "!<x> ",
    "\n---\n",
    "\n...\n",
    "%YAML 1.1\n",
    "|\n ",
    ">2-\n",
    "apiVersion: v1\n",
    "kind: Pod\n",
    "metadata: {name: a}\n",
    "\ud83d",
    "  ",
    "a",
    "1",
  );

  test("made of what YAML is made of", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), (parts) => survives(parts.join(""))),
      { numRuns: 500 },
    );
  });

  test("that was good and is changed in a few places", async () => {
    const edit = fc.tuple(fc.nat(SAMPLE.length), fc.nat(6), fc.oneof(pieces, fc.string({ maxLength: 3 })));
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        const changed = edits.reduce((t, [at, cut, put]) => t.slice(0, at) + put + t.slice(at + cut), SAMPLE);
        return survives(changed);
      }),
      { numRuns: 300 },
    );
  });

  test("of any bytes, packed or not", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (bytes, packed) =>
        survives(packed ? gzipSync(bytes).subarray(0, bytes.length + 10) : Buffer.from(bytes)),
      ),
      { numRuns: 300 },
    );
  });
});

describe("what is too much is refused in one line", () => {
  const deep = (open: string, close: string): string => open.repeat(10_000) + close.repeat(10_000);
  const bomb = (levels: number): string =>
    Array.from({ length: levels }, (_, i) => `a${i}: &a${i} [${i === 0 ? "x" : `*a${i - 1},`.repeat(9)}]`).join("\n");
  const TOO_DEEP = "maps and lists must not lie more than 500 levels deep in each other. Flatten the document";
  const TOO_MANY =
    "the aliases of the document stand for too much, as those of an alias bomb do. Write out what is meant";

  test.each([
    ["10,000 lists in JSON", deep("[", "]"), `1:501 ${TOO_DEEP}`],
    ["10,000 maps in JSON", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, `1:2501 ${TOO_DEEP}`],
    ["10,000 lists in flow YAML", `a: ${deep("[", "]")}`, `1:503 ${TOO_DEEP}`],
    ["10,000 lists in one line", "- ".repeat(10_000), `1:1001 ${TOO_DEEP}`],
    ["an alias bomb", bomb(9), `5:10 ${TOO_MANY}`],
    [
      "an anchor within itself",
      "a: &a\n  b: [*a]\n",
      "2:7 the value of the anchor '&a' contains itself. Write out what is meant",
    ],
    [
      "a NUL byte",
      `${POD}# \0\n`,
      "12:3 is not YAML: null byte is not allowed in input. Take the control character out, or write it as an escape in double quotes",
    ],
  ])("%s", async (_, content, problem) => {
    expect(lines(await readStdin(content))[0]).toBe(problem);
  });

  test("10,000 levels of indentation", async () => {
    const content = Array.from({ length: 1200 }, (_, i) => `${" ".repeat(i)}a:\n`).join("");
    expect(lines(await readStdin(content))).toEqual([expect.stringContaining(TOO_DEEP)]);
  });

  test("deep aliases in each other", async () => {
    const text = Array.from({ length: 1000 }, (_, i) => `a${i}: &a${i} [${i === 0 ? "x" : `*a${i - 1}`}]`).join("\n");
    expect(lines(await readStdin(text))).toEqual([expect.stringContaining(TOO_MANY)]);
  });

  test("a packed file that unpacks to more than the bound", async () => {
    const packed = gzipSync(Buffer.alloc(257 * 2 ** 20));
    expect(lines(await readStdin(packed))).toEqual(["must have at most 256 MiB, unpacked. Give it in several files"]);
  });
});

describe("what is long is read", () => {
  test("a line of 100 MB", async () => {
    const read = await readStdin(`${POD}  x: ${"a".repeat(100_000_000)}\n`);
    expect(lines(read)).toEqual([]);
    const [pod] = read.plan.resources;
    expect(pod && read.locate(pod, "spec.x")).toMatchObject({ line: 12, column: 6, endColumn: 100_000_006 });
  });

  test.each([
    ["50,000 keys", (i: number) => `  k${i}: v\n`],
    ["5,000 broken documents", (i: number) => `---\na${i}: [\n`],
    ["5,000 flow lists with a bracket at the start of a line", (i: number) => `  f${i}: [\n]\n`],
    ["10,000 merges of one map", (i: number) => (i === 0 ? "  m: &m {a: 1, b: 2}\n" : `  m${i}: {<<: *m, c: 3}\n`)],
  ])("%s, before jest loses patience: quadratic work would take minutes", async (name, line) => {
    const count = Number(name.split(" ")[0]?.replace(",", ""));
    await survives(POD + Array.from({ length: count }, (_, i) => line(i)).join(""));
  });
});

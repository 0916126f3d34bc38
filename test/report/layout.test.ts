import { count } from "../../core/wording.js";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { clip, field, flow, names, printable, wrap } from "../../report/layout.js";

const words = fc.array(
  fc.string({ minLength: 1, maxLength: 30 }).filter((w) => !/\s/.test(w)),
  { maxLength: 20 },
);

describe("layout", () => {
  it("wraps within the width and loses no letter", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 5, max: 60 }), (list, width) => {
        const lines = wrap(list.join(" "), width);
        expect(lines.every((line) => line.length <= width)).toBe(true);
        expect(lines.join("").replaceAll(" ", "")).toBe(list.join(""));
      }),
    );
  });

  it("keeps every field within the width, its further lines under the first", () => {
    expect(field("    what    ", "the API of cluster 'prod' can be reached from anywhere", 40)).toEqual([
      "    what    the API of cluster 'prod'",
      "            can be reached from anywhere",
    ]);
  });

  it("keeps the lines and the indentation of a remedy", () => {
    expect(field("> ", "spec:\n  hostNetwork: false", 80)).toEqual(["> spec:", "    hostNetwork: false"]);
  });

  it("cuts a field at its limit and shows that it did", () => {
    expect(field("", "one two three four five six seven", 20, 1)).toEqual(["one two three four …"]);
  });

  it("names as many as fit and counts the rest", () => {
    expect(names(["vote/db", "vote/redis", "vote/web"], 100)).toBe("vote/db, vote/redis, vote/web");
    expect(names(["vote/db", "vote/redis", "vote/web"], 24)).toBe("vote/db, vote/redis +1");
    expect(names(["vote/db", "vote/redis", "vote/web"], 5)).toBe("v… +2");
    expect(names([], 5)).toBe("");
  });

  it("breaks a list between its items alone", () => {
    expect(flow(["pod-no-privileged (5)", "pod-no-host-pid"], 24)).toEqual([
      "pod-no-privileged (5),",
      "pod-no-host-pid",
    ]);
    expect(flow([], 24)).toEqual([]);
  });

  it("lets no control character through to the terminal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        expect(stripVTControlCharacters(shown)).toBe(shown);
      }),
    );
    expect(printable("a\u001b[31mb\nc\u202e")).toBe("a\\u001b[31mb\\nc\\u202e");
  });

  it("counts in words", () => {
    expect([count(0, "rule"), count(1, "rule"), count(2, "repository", "repositories")]).toEqual([
      "0 rules",
      "1 rule",
      "2 repositories",
    ]);
    expect(clip("abcdef", 4)).toBe("abc…");
  });
});

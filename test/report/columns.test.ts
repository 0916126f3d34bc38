import { charactersOf, columnsOf, frontOf } from "../../report/columns.js";
import { clip, field, wrap } from "../../report/layout.js";

describe("columns", () => {
  it.each([
    ["plain", 5],
    ["", 0],
    ["ü", 1],
    ["u\u0308", 1],
    ["漢字", 4],
    ["ひらがな", 8],
    ["한국", 4],
    ["ﾊﾝｶｸ", 4],
    ["ＡＢ", 4],
    ["👍", 2],
    ["👍🏽", 2],
    ["👨‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["❤", 1],
    ["a\u200bb", 2],
    ["…·—", 3],
  ])("%j takes %i", (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  it("cuts between characters and never through one", () => {
    expect(frontOf("漢字かな", 5)).toBe("漢字");
    expect(frontOf("a👨‍👩‍👧b", 2)).toBe("a");
    expect(frontOf("abc", 2)).toBe("ab");
    expect(charactersOf("e\u0301👍🏽")).toEqual(["e\u0301", "👍🏽"]);
  });

  it("are what text is clipped and wrapped by", () => {
    expect(clip("漢字漢字", 6)).toBe("漢字…");
    expect(clip("漢字", 4)).toBe("漢字");
    expect(wrap("漢字漢字 ab", 5)).toEqual(["漢字", "漢字", "ab"]);
    expect(wrap("👍👍 👍", 5)).toEqual(["👍👍", "👍"]);
    expect(field("x ", `${"字".repeat(11)} y`, 22)).toEqual([`x ${"字".repeat(10)}`, "  字 y"]);
  });
});

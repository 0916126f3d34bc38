import fc from "fast-check";
import { loadAll } from "js-yaml";
import { Secret } from "../../../plan/model/index.js";
import { REPORT_FORMATS } from "../../../report/formats/index.js";
import { contextOf, db, EXEMPTION, fullReport, JUDGEMENT, odds, password, pinned } from "../fixture.js";
import { finding } from "../support.js";
import { problemsBy } from "./schemas.js";

/** Text of all planes, with halves of surrogate pairs, control characters and what formats read as markup. */
const TEXT = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
      fc.constantFrom(
        "\ud800",
        "\udc00",
        "\u0000",
        "\u001b[2J",
        "\r\n",
        "\n::error::x",
        "]]>",
        "<!--",
        "</details>",
        "```",
        "|",
      ),
      fc.constantFrom("---\n", "'", '"', "&", "%0A", "#1", "@team", "{0}", "$&", "\u2028", "\u202e", "\ufffe", "\\"),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

function rendered(id: string, text: string): string {
  const judged = {
    ...JUDGEMENT,
    findings: [
      finding(odds, db, { message: `m ${text}`, path: "spec.x", value: { [text]: text } }),
      finding(password, db, {
        value: new Secret("hunter2-sesame"),
        message: `it is hunter2-sesame${text}`,
        path: "spec.y",
      }),
    ],
    exempted: [
      {
        finding: finding(pinned, db, { path: "spec.z" }),
        exemption: { ...EXEMPTION, reason: `r ${text}`, owner: `o ${text}` },
      },
    ],
    exemptionProblems: [{ kind: "unused" as const, said: `s ${text}`, message: `p ${text}` }],
  };
  const report = fullReport({ judgement: judged, all: false });
  const format = REPORT_FORMATS.find((one) => one.id === id);
  return format?.render(report, contextOf(report)) ?? "";
}

describe("whatever a finding says", () => {
  const check = (id: string, holds: (text: string, given: string) => void): void => {
    fc.assert(
      fc.property(TEXT, (given) => {
        const text = rendered(id, given);
        expect(text).not.toContain("hunter2-sesame");
        holds(text, given);
      }),
      { numRuns: 60 },
    );
  };

  it("SARIF and OSCAL are valid", () => {
    check("sarif", (text) => {
      expect(problemsBy("sarif", JSON.parse(text))).toEqual([]);
    });
    check("oscal", (text) => {
      expect(problemsBy("oscal", JSON.parse(text))).toEqual([]);
    });
  });

  it("JUnit has the same tags, and no character that XML cannot hold", () => {
    const tags = (text: string): readonly string[] => text.match(/<[/?]?[a-z]+/g) ?? [];
    const plain = tags(rendered("junit", "x"));
    check("junit", (text) => {
      expect(tags(text)).toEqual(plain);
      expect(text).toMatch(/^[\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
      expect(text.replace(/&#\d+;/g, "")).not.toContain("&");
    });
  });

  it("GitHub gets a command a finding, and no other", () => {
    const lines = rendered("github", "x").split("\n").length;
    check("github", (text) => {
      expect(text.split("\n")).toHaveLength(lines);
      expect(text.match(/^::(error|warning|notice) /gm)).toHaveLength(lines - 2);
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028\u202e]/);
    });
  });

  it("Markdown keeps its sections, and holds no tag, mention or fence of others", () => {
    const structure = (text: string): readonly string[] =>
      (text.replace(/(`+)(?!`)[^\n]*?[^`\n]\1(?!`)/g, "code").match(/<[!/a-z]+|^`{3,}$|^\*\*|@/gm) ?? []).map((one) =>
        one.startsWith("`") ? "fence" : one,
      );
    const plain = structure(rendered("markdown", "x"));
    check("markdown", (text) => {
      expect(structure(text)).toEqual(plain);
    });
  });

  it("PolicyReport is YAML that reads back to the same text", () => {
    check("policyreport", (text, given) => {
      const [object] = loadAll(text) as { readonly results: readonly { readonly message: string }[] }[];
      expect(object?.results.map(({ message }) => message)).toContain(
        `m ${given}`.replace(/\p{Surrogate}/gu, "\ufffd"),
      );
    });
  });
});

import { renderMarkdown } from "../../../report/formats/markdown.js";
import { code, codeBlock, plain, table } from "../../../report/formats/markdown-text.js";
import { contextOf, db, fullReport, JUDGEMENT, limits, privileged, UNUSUAL, VERSION } from "../fixture.js";
import { finding, judgement } from "../support.js";

describe("Markdown", () => {
  const report = fullReport();
  const text = renderMarkdown(report, contextOf(report));

  it("begins with a mark for the workflow, the outcome and a table", () => {
    expect(text.split("\n").slice(0, 13)).toEqual([
      "<!-- ringfence -->",
      "",
      "### Ringfence",
      "",
      "2 problems with the inputs: not everything was judged. 2 findings of severity high or above, 3 below. 1 exemption needs attention.",
      "",
      "3 resources, 9 rules: 1 pass, 5 fail, 1 undecided, 1 exempted.",
      "",
      "| ring | critical | high | medium | low | info |",
      "| --- | --- | --- | --- | --- | --- |",
      "| cloud | 0 | 0 | 0 | 1 | 0 |",
      "| container | 1 | 0 | 1 | 0 | 1 |",
      "| code | 0 | 1 | 0 | 0 | 0 |",
    ]);
  });

  it("has a collapsed section for each severity, then for what is undecided and exempted", () => {
    expect([...text.matchAll(/<summary>(.*)<\/summary>/g)].map(([, summary]) => summary)).toEqual([
      "<b>critical</b>: 1 finding",
      "<b>high</b>: 1 finding",
      "<b>medium</b>: 1 finding, below --fail-on high",
      "<b>low</b>: 1 finding, below --fail-on high",
      "<b>info</b>: 1 finding, below --fail-on high",
      "<b>undecided</b>: 1 value cannot be known before the deployment",
      "<b>exempted</b>: 1 finding",
    ]);
    expect(text.match(/<details>/g)).toHaveLength(7);
    expect(text.match(/<\/details>/g)).toHaveLength(7);
  });

  it("says of a finding where, what and what to do", () => {
    const [section] = text.split("</details>");
    expect(section?.split("</summary>")[1]).toBe(
      [
        "",
        "",
        "**`no-privileged`**: no-privileged holds",
        "",
        "- `Deployment vote/db`: the container db runs privileged (`deploy/app 1.yaml:11:25`)",
        "  - `spec.template.spec.containers[0].securityContext.privileged`: `true`",
        "  - implies `no-escalation`",
        "  - change: `set spec.template.spec.containers[0].securityContext.privileged to false`",
        "",
        "```",
        "fix: no-privileged",
        "```",
        "",
        "",
      ].join("\n"),
    );
  });

  it("stays under 60,000 characters: the least severe are left out, and counted", () => {
    const many = judgement([
      ...Array.from({ length: 40 }, (_, i) => finding(privileged, db, { path: `a[${i}]`, message: UNUSUAL })),
      ...Array.from({ length: 4_000 }, (_, i) => finding(limits, db, { path: `b[${i}]`, message: UNUSUAL.repeat(9) })),
    ]);
    const long = fullReport({ judgement: { ...JUDGEMENT, findings: many.findings, counts: many.counts }, all: false });
    const shown = renderMarkdown(long, contextOf(long));
    expect(shown.length).toBeLessThan(60_000);
    expect(shown.length).toBeGreaterThan(55_000);
    expect(shown.match(/^ {2}- `a\[\d+\]`/gm)).toHaveLength(40);
    const left = Number(/^([\d,]+) findings left out for length, the least severe/m.exec(shown)?.[1]);
    const mediums = shown.match(/^ {2}- `b\[\d+\]`/gm)?.length ?? 0;
    expect(mediums).toBeGreaterThan(10);
    // One exempted finding is among those left out.
    expect(mediums + left).toBe(4_001);
    expect(shown.match(/<details>/g)?.length).toBe(shown.match(/<\/details>/g)?.length);
  });

  it("says so in few lines when nothing was found", () => {
    const clean = fullReport({
      judgement: judgement([]),
      all: false,
      from: { inputs: [], problems: [], skipped: [], locate: () => undefined },
    });
    expect(renderMarkdown(clean, contextOf(clean, { rules: [] }))).toBe(
      [
        "<!-- ringfence -->",
        "",
        "### Ringfence",
        "",
        "No finding of severity high or above.",
        "",
        "3 resources, 0 rules: 0 pass, 0 fail, 0 undecided, 0 exempted.",
        "",
        `<sub>ringfence ${VERSION}, Kubernetes 1.36. \`ringfence rules ID\` tells the story of a rule.</sub>`,
        "",
      ].join("\n"),
    );
  });
});

describe("text in Markdown", () => {
  it("reads as it is written", () => {
    expect(plain("a_b*c* `d` [x](y) <b> & @team #12 | ~~z~~\r\n- next\u0000")).toBe(
      "a\\_b\\*c\\* \\`d\\` \\[x\\](y) &#60;b&#62; &#38; &#64;team &#35;12 \\| \\~\\~z\\~\\~ - next",
    );
  });

  it.each([
    ["plain", "`plain`"],
    ["a`b", "``a`b``"],
    ["`a", "`` `a ``"],
    ["a\nb", "`a b`"],
    ["", "`  `"],
  ])("%j as code is %j", (given, expected) => {
    expect(code(given)).toBe(expected);
  });

  it("fences code with more backticks than it holds", () => {
    expect(codeBlock("a\r\n```\nb")).toBe("````\na\n```\nb\n````");
  });

  it("escapes pipes within the cells of a table, in code too, and once", () => {
    expect(table(["a"], [[code("x|y")], [plain("x|y")]])).toBe("| a |\n| --- |\n| `x\\|y` |\n| x\\|y |");
  });
});

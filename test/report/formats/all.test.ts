import { renderCheckText } from "../../../report/check.js";
import { REPORT_FORMATS } from "../../../report/formats/index.js";
import { APP, contextOf, fullReport, PASSWORD } from "../fixture.js";

const lineOf = (file: string, line: number): string | undefined =>
  file === "deploy/app 1.yaml" ? APP.split("\n")[line - 1] : undefined;

describe("every format", () => {
  const report = fullReport();
  const context = contextOf(report);
  const rendered: readonly (readonly [string, () => string])[] = [
    ...REPORT_FORMATS.map(({ id, render }) => [id, () => render(report, context)] as const),
    ...[true, false].map(
      (verbose) =>
        [
          verbose ? "verbose text" : "text",
          () => renderCheckText(report, { ...context, width: 100, colour: false, verbose, quiet: false, lineOf }),
        ] as const,
    ),
  ];

  it.each(rendered)("%s shows no secret", (_, render) => {
    expect(APP).toContain(PASSWORD);
    expect(render()).not.toContain(PASSWORD);
  });

  it.each(rendered)("%s ends with a newline and is the same for the same report", (_, render) => {
    expect(render()).toMatch(/[^\n]\n$/);
    expect(render()).toBe(render());
  });

  it.each(rendered.filter(([id]) => !["json", "sarif", "oscal"].includes(id)))(
    "%s holds no control character but line breaks, and no half of a surrogate pair",
    (_, render) => {
      // eslint wants no control characters in a pattern, and that is what this one is about.
      const text = render();
      const codes = [...new Set(Array.from(text, (c) => c.codePointAt(0) ?? 0))];
      const escapes = codes.filter((code) => (code < 32 && code !== 10 && code !== 9) || (code >= 0x7f && code < 0xa0));
      expect(escapes).toEqual([]);
      expect(Buffer.from(text, "utf8").toString("utf8")).toBe(text);
    },
  );

  it("has an id of its own for each, and an ending for its files", () => {
    expect(REPORT_FORMATS.map(({ id, fileExtension }) => `${id}.${fileExtension}`)).toEqual([
      "json.json",
      "sarif.sarif",
      "junit.xml",
      "markdown.md",
      "github.txt",
      "policyreport.yaml",
      "openreports.yaml",
      "oscal.json",
    ]);
  });
});

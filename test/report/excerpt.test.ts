import { Excerpts } from "../../report/excerpt.js";
import type { ReportSource } from "../../report/model.js";
import { APP, fullReport, PASSWORD, placeIn } from "./fixture.js";

const FILE = "deploy/app 1.yaml";
const at = (line: number, column: number, endColumn: number): ReportSource => ({
  file: FILE,
  line,
  column,
  document: 0,
  endLine: line,
  endColumn,
  exact: true,
});

function excerptOf(
  line: string,
  column: number,
  endColumn: number,
  width = 60,
): readonly [string, number, number] | undefined {
  const report = fullReport();
  const excerpt = new Excerpts({ ...report, findings: [] }, () => line).of(at(1, column, endColumn), width);
  return excerpt === undefined ? undefined : [excerpt.text, excerpt.indent, excerpt.marked];
}

describe("an excerpt", () => {
  it("is the marked line alone, with the columns that are marked", () => {
    const excerpts = new Excerpts({ ...fullReport(), findings: [] }, (_, line) => APP.split("\n")[line - 1]);
    expect(excerpts.of(placeIn("true"), 80)).toEqual({ text: "            privileged: true", indent: 24, marked: 4 });
  });

  it("counts columns, not characters", () => {
    expect(excerptOf("\tname: 漢字 # x", 8, 10)).toEqual(["  name: 漢字 # x", 8, 4]);
  });

  it("marks one column of nothing, and the rest of the line of what goes on below", () => {
    expect(excerptOf("key:", 5, 5)).toEqual(["key:", 4, 1]);
    const below = new Excerpts({ ...fullReport(), findings: [] }, () => "text: |- # here");
    expect(below.of({ ...at(1, 7, 4), endLine: 3 }, 60)).toEqual({ text: "text: |- # here", indent: 6, marked: 9 });
  });

  it("cuts a long line at both ends, and keeps the mark", () => {
    const line = `${"a".repeat(100)}MARK${"b".repeat(100)}`;
    expect(excerptOf(line, 101, 105)).toEqual([`…${"a".repeat(20)}MARK${"b".repeat(34)}…`, 21, 4]);
    const [text, indent, marked] = excerptOf("x".repeat(1_000_000), 1, 1_000_001) ?? ["", 0, 0];
    expect([text.length, indent, marked]).toEqual([60, 0, 60]);
  });

  it("escapes what a terminal would obey", () => {
    expect(excerptOf("a: \u001b[31mred", 4, 12)).toEqual(["a: \\u001b[31mred", 3, 13]);
  });

  it("hides a value that any finding knows to be a secret, whatever is marked on its line", () => {
    const report = fullReport();
    const only = { ...report, findings: report.findings.filter((f) => f.rule === "no-password") };
    const excerpts = new Excerpts(only, (_, line) => APP.split("\n")[line - 1]);
    expect(excerpts.of(placeIn(PASSWORD), 90)).toEqual({
      text: "            - { name: POSTGRES_PASSWORD, value: [secret] }",
      indent: 48,
      marked: 8,
    });
    expect(excerpts.of(placeIn("{ name: POSTGRES_PASSWORD"), 90)?.text).toBe(
      "            - { name: POSTGRES_PASSWORD, value: [secret] }",
    );
  });

  it("hides several on one line, of any length and found twice, and what its source hides", () => {
    const line = "a: {p: \0\0\0, q: secretTwo, r: ab}";
    const [found] = fullReport().findings.filter((f) => f.rule === "no-password");
    if (found === undefined) throw new Error("the fixture has none");
    const spans = [at(1, 16, 25), at(1, 30, 32), at(1, 16, 25)];
    const findings = spans.map((source) => ({ ...found, value: "[secret]", source }));
    const excerpts = new Excerpts({ ...fullReport(), findings }, () => line);
    expect(excerpts.of(at(1, 30, 32), 80)).toEqual({
      text: "a: {p: [secret], q: [secret], r: [secret]}",
      indent: 33,
      marked: 8,
    });
  });

  it("is none where a finding says that a secret is somewhere within, nor where nobody has the line", () => {
    const excerpts = new Excerpts(fullReport(), (_, line) => APP.split("\n")[line - 1]);
    expect(excerpts.of(placeIn(PASSWORD), 90)).toBeUndefined();
    expect(new Excerpts(fullReport(), () => undefined).of(placeIn("true"), 90)).toBeUndefined();
  });
});

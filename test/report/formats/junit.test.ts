import { renderJunit } from "../../../report/formats/junit.js";
import type { Report } from "../../../report/model.js";
import { contextOf, fullReport, VERSION } from "../fixture.js";
import { GATE } from "../support.js";

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

const ENTITY = /&#(\d+);/g;

/** A strict reader of the XML that we write: it throws on anything that is not well-formed. */
function parse(xml: string): Node {
  const root: Node = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  expect(xml.startsWith(declaration)).toBe(true);
  const rest = xml.slice(declaration.length);
  const token = /<\/([a-z]+)>|<([a-z]+)((?: [a-z]+="[^"<>]*")*)(\/?)>|([^<>]+)/gy;
  let end = 0;
  for (const match of rest.matchAll(token)) {
    const [all, closed, opened, attributes = "", empty, text] = match;
    end += all.length;
    const top = open.at(-1) ?? root;
    if (closed !== undefined) expect(open.pop()?.name).toBe(closed);
    else if (opened !== undefined) {
      const pairs = [...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [
        key,
        decode(value),
      ]);
      const node: Node = {
        name: opened,
        attributes: Object.fromEntries(pairs) as Record<string, string>,
        children: [],
        text: "",
      };
      expect(pairs).toHaveLength(Object.keys(node.attributes).length);
      top.children.push(node);
      if (empty === "") open.push(node);
    } else top.text += decode(text ?? "");
  }
  expect(end).toBe(rest.length);
  expect(open).toEqual([root]);
  return root.children[0] ?? root;
}

function decode(text: string): string {
  expect(text.replace(ENTITY, "")).not.toContain("&");
  expect(text).toMatch(/^[\n\x20-\ud7ff\ue000-\ufffd]*$/);
  return text.replace(ENTITY, (_, code: string) => String.fromCharCode(Number(code)));
}

function casesOf(
  report: Report,
  rest: Parameters<typeof contextOf>[1] = {},
): readonly (readonly [string, string, string])[] {
  const root = parse(renderJunit(report, contextOf(report, rest)));
  return root.children.flatMap((suite) =>
    suite.children.map(
      ({ attributes, children }) =>
        [
          attributes["classname"] ?? "",
          attributes["name"]?.split(":")[0] ?? "",
          children[0]?.name ?? "passed",
        ] as const,
    ),
  );
}

describe("JUnit", () => {
  const report = fullReport();

  it("has a suite a ring, a test a finding, and one for each rule without; what does not count is skipped", () => {
    expect(casesOf(report)).toEqual([
      ["cloud", "odd-bucket", "skipped"],
      ["cluster", "default-deny", "skipped"],
      ["cluster", "holds", "passed"],
      ["container", "no-privileged", "failure"],
      ["container", "cpu-limit", "skipped"],
      ["container", "env-duplicate", "skipped"],
      ["container", "no-escalation", "passed"],
      ["code", "no-password", "failure"],
      ["code", "image-pinned", "skipped"],
      ["ringfence.input", "deploy/bad.yaml", "error"],
      ["ringfence.input", "gone.yaml", "error"],
      ["ringfence.exemption", "ringfence.exemptions.yaml", "failure"],
    ]);
  });

  it("counts what it holds", () => {
    const root = parse(renderJunit(report, contextOf(report)));
    expect(root.attributes).toEqual({
      name: `ringfence ${VERSION}`,
      tests: "12",
      failures: "3",
      errors: "2",
      skipped: "5",
      time: "0",
    });
    expect(
      root.children.map(({ attributes: a }) => [a["name"], a["tests"], a["failures"], a["errors"], a["skipped"]]),
    ).toEqual([
      ["cloud", "1", "0", "0", "1"],
      ["cluster", "2", "0", "0", "1"],
      ["container", "4", "1", "0", "2"],
      ["code", "2", "1", "0", "1"],
      ["ringfence", "3", "1", "2", "0"],
    ]);
    expect(root.children[0]?.attributes["timestamp"]).toBe("2026-11-21T18:00:00");
  });

  it("says of a failure where, what and what to do", () => {
    const root = parse(renderJunit(report, contextOf(report)));
    const test = root.children[2]?.children[0];
    expect(test?.attributes).toMatchObject({ file: "deploy/app 1.yaml", line: "11" });
    expect(test?.children[0]).toEqual({
      name: "failure",
      attributes: { type: "critical", message: "the container db runs privileged" },
      children: [],
      text: [
        "the container db runs privileged",
        "at deploy/app 1.yaml:11:25",
        "value: true",
        "implies: no-escalation",
        "change: set spec.template.spec.containers[0].securityContext.privileged to false",
        "remedy: fix: no-privileged",
        "frameworks: pss baseline/privileged",
      ].join("\n"),
    });
  });

  it("keeps text whole but for what XML cannot hold", () => {
    const root = parse(renderJunit(report, contextOf(report)));
    expect(root.children[0]?.children[0]?.children[0]?.attributes["message"]).toBe(
      "low, below --fail-on high. the bucket says 100% of \ufffd\ufffd[31mred\ufffd[0m, <b>&amp;</b> \"q\" 'a' | `code` ```fence``` [x](y) @team #12 ]]> ::error::\r\nnext\tline 漢字 \ufffd {0} -- $&",
    );
  });

  it("lets nothing fail but what counts: with --fail-on never no finding, with --on-unknown fail what is undecided", () => {
    const outcomes = (gate: Partial<typeof GATE>): readonly string[] =>
      casesOf(report, { gate: { ...GATE, ...gate } })
        .filter(([suite, , outcome]) => !suite.startsWith("ringfence") && outcome === "failure")
        .map(([, rule]) => rule);
    expect(outcomes({ failOn: "never" })).toEqual([]);
    expect(outcomes({ onUnknown: "fail" })).toEqual(["default-deny", "no-privileged", "no-password"]);
    expect(outcomes({ failOn: "medium" })).toEqual(["no-privileged", "cpu-limit", "no-password"]);
  });

  it("skips what the baseline has", () => {
    const [first] = report.findings;
    const against = fullReport({ baseline: new Set([first?.fingerprint ?? ""]) });
    expect(casesOf(against)).toContainEqual(["container", "no-privileged", "skipped"]);
  });
});

import { RINGS } from "../../core/ring.js";
import { countsForGate } from "../gate.js";
import type { Report, ReportFinding } from "../model.js";
import { changeText, exemptionTerms, fileText, placeText, referenceTexts, valueText } from "../values.js";
import type { RenderContext } from "./model.js";
import type { Element } from "./xml.js";
import { renderXml } from "./xml.js";

/**
 * The report as JUnit XML, in the form that GitLab and Jenkins read: a suite a ring, in it a test for each finding and one
 * for each rule without. What counts for the exit code is a failure; what does not is skipped, and says why.
 */
export function renderJunit(report: Report, context: RenderContext): string {
  const suites = [
    ...RINGS.map((ring) => suiteOf(ring, ringCases(ring, report, context), context.now)),
    suiteOf("ringfence", runCases(report), context.now),
  ].filter(({ content }) => content !== undefined && content.length > 0);
  const sum = (name: string): number =>
    suites.reduce((total, { attributes }) => total + Number(attributes[name] ?? 0), 0);
  return renderXml({
    name: "testsuites",
    attributes: {
      name: `ringfence ${report.ringfence}`,
      tests: sum("tests"),
      failures: sum("failures"),
      errors: sum("errors"),
      skipped: sum("skipped"),
      time: 0,
    },
    content: suites,
  });
}

function suiteOf(name: string, cases: readonly Element[], now: Date): Element {
  const having = (child: string): number =>
    cases.filter(({ content }) => typeof content === "object" && content.some((c) => c.name === child)).length;
  return {
    name: "testsuite",
    attributes: {
      name,
      tests: cases.length,
      failures: having("failure"),
      errors: having("error"),
      skipped: having("skipped"),
      time: 0,
      timestamp: now.toISOString().slice(0, 19),
    },
    content: cases,
  };
}

function ringCases(ring: string, report: Report, context: RenderContext): readonly Element[] {
  const found = report.findings.filter((f) => f.ring === ring && f.verdict !== "pass");
  const failing = new Set(found.map(({ rule }) => rule));
  const holding = context.rules.filter((rule) => rule.ring === ring && !failing.has(rule.id));
  return [
    ...found.map((finding) => caseOf(finding, context)),
    ...holding.map(({ id, title }) => testCase(ring, `${id}: ${title}`, undefined, [])),
  ];
}

function caseOf(finding: ReportFinding, context: RenderContext): Element {
  const name = `${finding.rule}: ${placeText(finding)}`;
  const outcome: Element = countsForGate(finding, context.gate)
    ? {
        name: "failure",
        attributes: { type: finding.severity, message: finding.message },
        content: detailsOf(finding),
      }
    : { name: "skipped", attributes: { message: skippedBecause(finding, context) } };
  return testCase(finding.ring, name, finding.source, [outcome]);
}

function skippedBecause(
  { severity, message, exemption, inBaseline, verdict }: ReportFinding,
  { gate }: RenderContext,
): string {
  if (exemption !== null) return `exempted (${exemptionTerms(exemption)}): ${exemption.reason}. ${message}`;
  if (inBaseline === true) return `${severity}, in the baseline. ${message}`;
  if (verdict === "unknown") return `${severity}, cannot be known before the deployment. ${message}`;
  return `${severity}, below --fail-on ${gate.failOn}. ${message}`;
}

function detailsOf(finding: ReportFinding): string {
  const { source, path, remediation, fix, covers } = finding;
  const references = referenceTexts(finding);
  return [
    finding.message,
    ...(source === undefined ? [] : [`at ${fileText(source)}`]),
    ...(path === "" ? [] : [`value: ${valueText(finding)}`]),
    ...(covers.length === 0 ? [] : [`implies: ${[...new Set(covers.map(({ rule }) => rule))].join(", ")}`]),
    ...fix.map((change) => `change: ${changeText(change)}`),
    `remedy: ${remediation}`,
    ...(references.length === 0 ? [] : [`frameworks: ${references.join("; ")}`]),
  ].join("\n");
}

/** What went wrong in the run, which no rule answers for. */
function runCases({ problems, defects, exemptionProblems }: Report): readonly Element[] {
  return [
    ...problems.map((problem) =>
      testCase("ringfence.input", fileText(problem), problem, [wrong("error", "input", problem.message)]),
    ),
    ...exemptionProblems.map(({ said, kind, message }) =>
      testCase("ringfence.exemption", said, undefined, [wrong("failure", kind, message)]),
    ),
    ...defects.map((message, i) =>
      testCase("ringfence.defect", `defect ${i + 1}`, undefined, [wrong("error", "defect", message)]),
    ),
  ];
}

function wrong(name: "error" | "failure", type: string, message: string): Element {
  return { name, attributes: { type, message } };
}

function testCase(
  suite: string,
  name: string,
  place: { readonly file: string; readonly line?: number } | undefined,
  content: readonly Element[],
): Element {
  return {
    name: "testcase",
    attributes: { classname: suite, name, file: place?.file, line: place?.line, time: 0 },
    content,
  };
}

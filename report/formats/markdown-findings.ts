import { count } from "../../core/wording.js";
import { SEVERITIES } from "../../policies/model.js";
import { countsForGate } from "../gate.js";
import { groupBy } from "../groups.js";

import type { Report, ReportFinding } from "../model.js";
import { labelOf } from "../names.js";
import { changeText, exemptionTerms, fileText, valueText } from "../values.js";
import { code, codeBlock, plain } from "./markdown-text.js";
import type { RenderContext } from "./model.js";

/** Longest value or message of a finding, in characters. */
const MOST_SHOWN = 300;

/** One finding, and the section and group that it stands in. */
export interface Entry {
  /** The summary of a collapsed section, as HTML. */
  readonly section: string;
  readonly heading: string;
  readonly line: string;
  /** Behind the group. */
  readonly closing: string;
}

/** The findings, worst first, those of a rule together; then what is undecided, and what is exempted. */
export function entriesOf(report: Report, { gate }: RenderContext): readonly Entry[] {
  const failed = report.findings.filter((f) => f.verdict === "fail" && f.inBaseline !== true);
  const known = report.findings.filter((f) => f.verdict !== "pass" && f.inBaseline === true);
  const undecided = report.findings.filter((f) => f.verdict === "unknown" && f.inBaseline !== true);
  const exempted = report.findings.filter((f) => f.verdict === "exempted");
  return [
    ...SEVERITIES.flatMap((severity) => {
      const found = failed.filter((f) => f.severity === severity);
      const passing = found.some((f) => countsForGate(f, gate)) ? "" : `, below --fail-on ${gate.failOn}`;
      return grouped(found, `<b>${severity}</b>: ${count(found.length, "finding")}${passing}`, true);
    }),
    ...(gate.onUnknown === "ignore"
      ? []
      : grouped(
          undecided,
          `<b>undecided</b>: ${count(undecided.length, "value")} cannot be known before the deployment`,
          false,
        )),
    ...grouped(exempted, `<b>exempted</b>: ${count(exempted.length, "finding")}`, false),
    ...grouped(known, `<b>in the baseline</b>: ${count(known.length, "finding")}`, false),
  ];
}

function grouped(findings: readonly ReportFinding[], section: string, withRemedy: boolean): readonly Entry[] {
  return [...groupBy(findings, ({ rule }) => rule).values()].flatMap((group) =>
    group.map((finding) => ({
      section,
      heading: `**${code(finding.rule)}**: ${plain(finding.title)}`,
      line: lineOf(finding),
      closing: withRemedy ? codeBlock(finding.remediation) : "",
    })),
  );
}

function lineOf(finding: ReportFinding): string {
  const { resource, source, path, message, exemption, covers, fix } = finding;
  const place = source === undefined ? "" : ` (${code(fileText(source))})`;
  const implied = [...new Set(covers.map(({ rule }) => code(rule)))];
  const details = [
    ...(path === "" ? [] : [`${code(path)}: ${code(cut(valueText(finding)))}`]),
    ...(implied.length === 0 ? [] : [`implies ${implied.join(", ")}`]),
    ...fix.map((change) => `change: ${code(cut(changeText(change)))}`),
    ...(exemption === null ? [] : [plain(cut(`exempted (${exemptionTerms(exemption)}): ${exemption.reason}`))]),
  ];
  const first = `- ${code(labelOf(resource))}: ${plain(cut(message))}${place}`;
  return [first, ...details.map((line) => `  - ${line}`)].join("\n");
}

function cut(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

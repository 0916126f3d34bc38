import { count } from "../core/wording.js";
import { SEVERITIES } from "../policies/model.js";
import { columnsOf } from "./columns.js";
import type { Excerpts } from "./excerpt.js";
import { countsForGate } from "./gate.js";
import { groupBy } from "./groups.js";
import { clip, field, names, printable } from "./layout.js";
import type { ReportFinding, Report } from "./model.js";
import { labelOf } from "./names.js";
import type { Page } from "./page.js";
import { bySeverity, title } from "./page.js";
import { changeText, fileText, referenceTexts, valueText } from "./values.js";

/** Resources printed with their findings unless `verbose`: more is nobody going to read, and the formats for programs have all. */
const RESOURCES_SHOWN = 200;

/** Columns in front of what belongs to a finding. */
const INDENT = "    ";

/** Columns that short lines give to places, so that a long one does not move the others. */
const LONGEST_PLACE = 12;

/** Lines that a remedy may take unless `verbose`. */
const REMEDY_LINES = 6;

/**
 * A section a resource, the worst first: in full what counts for the exit code, or everything when `verbose`; in a line
 * each what does not. The remedy of a rule stands at its first finding, unless a change that a machine can make does.
 */
export function resourceSections(report: Report, page: Page, excerpts: Excerpts): readonly (readonly string[])[] {
  const shown = report.findings.filter((finding) => isShown(finding, page));
  const groups = [...groupBy(shown, ({ resource }) => resource.urn ?? resource.id).values()].sort(
    (a, b) => rankOf(a) - rankOf(b),
  );
  const room = page.verbose ? groups.length : RESOURCES_SHOWN;
  const explained = new Set<string>();
  const sections = groups.slice(0, room).map((group) => sectionOf(group, { page, excerpts, explained }));
  return groups.length <= room ? sections : [...sections, restSection(groups.slice(room), page)];
}

function isShown({ verdict, inBaseline }: ReportFinding, { gate, quiet, verbose }: Page): boolean {
  if (inBaseline === true && !verbose) return false;
  if (verdict === "unknown") return !quiet && gate.onUnknown !== "ignore";
  return verdict === "fail";
}

/** How bad the worst of some findings is; what is undecided comes behind what failed. */
function rankOf(findings: readonly ReportFinding[]): number {
  const ranks = findings.map(
    ({ verdict, severity }) => SEVERITIES.indexOf(severity) + (verdict === "fail" ? 0 : SEVERITIES.length),
  );
  return ranks.reduce((least, rank) => Math.min(least, rank), Number.POSITIVE_INFINITY);
}

interface Desk {
  readonly page: Page;
  readonly excerpts: Excerpts;
  /** Rules whose remedy was printed. */
  readonly explained: Set<string>;
}

function sectionOf(findings: readonly ReportFinding[], desk: Desk): readonly string[] {
  const { page } = desk;
  const [first] = findings;
  if (first === undefined) return [];
  const file = first.source === undefined ? "" : ` · ${first.source.file}`;
  const head = clip(printable(`${labelOf(first.resource)}${file}`), page.width);
  const inFull = findings.filter((f) => page.verbose || countsForGate(f, page.gate));
  const others = findings.filter((f) => !inFull.includes(f));
  const blocks = [...inFull.map((f) => fullLines(f, desk)), shortLines(others, page)];
  const spaced = blocks.filter((lines) => lines.length > 0).flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
  return [title(page, head), ...spaced];
}

function fullLines(finding: ReportFinding, { page, excerpts, explained }: Desk): readonly string[] {
  const { severity, ring, rule, verdict, message, path, source, covers, fix, inBaseline } = finding;
  const { paint, width } = page;
  const label = (name: string): string => `${INDENT}${name.padEnd(9)}`;
  const notes = [
    ring,
    ...(verdict === "unknown" ? ["undecided"] : []),
    ...(inBaseline === true ? ["in the baseline"] : []),
  ];
  const at = [...(source === undefined ? [] : [fileText(source)]), ...(path === "" ? [] : [path])].join("  ");
  const remedy = (page.verbose || fix.length === 0) && !explained.has(rule);
  if (remedy) explained.add(rule);
  const references = page.verbose ? referenceTexts(finding).join(" · ") : "";
  return [
    `  ${bySeverity(page, severity, severity)} ${paint.bold(rule)} ${paint.dim(`· ${notes.join(" · ")}`)}`,
    ...field(INDENT, message, width),
    ...(at === "" ? [] : field(`${INDENT}--> `, at, width).map(paint.dim)),
    ...excerptLines(finding, page, excerpts),
    ...(covers.length === 0 ? [] : impliedLines(finding, label("implies"), page)),
    ...fix.flatMap((change) => field(label("change"), changeText(change), width, page.verbose ? undefined : 2)),
    ...(remedy ? field(label("remedy"), finding.remediation, width, page.verbose ? undefined : REMEDY_LINES) : []),
    ...(references === "" ? [] : field(label("see"), references, width)),
  ];
}

function excerptLines(finding: ReportFinding, page: Page, excerpts: Excerpts): readonly string[] {
  const { source, path } = finding;
  // The first line of a whole object says nothing.
  if (path === "") return [];
  const number = source === undefined ? "" : String(source.line);
  const bar = (before: string): string => page.paint.dim(`${INDENT}${before.padStart(number.length)} | `);
  const excerpt =
    source === undefined ? undefined : excerpts.of(source, page.width - INDENT.length - number.length - 3);
  if (source === undefined || excerpt === undefined) {
    // No source to point at: the value itself tells.
    return field(`${INDENT}    `, `value: ${valueText(finding)}`, page.width, page.verbose ? undefined : 3);
  }
  const mark = bySeverity(page, finding.severity, "^".repeat(excerpt.marked));
  const note = source.exact === false ? " not set" : "";
  return [bar(number) + excerpt.text, bar("") + " ".repeat(excerpt.indent) + mark + note];
}

function impliedLines({ covers }: ReportFinding, label: string, page: Page): readonly string[] {
  if (page.verbose) {
    const all = covers.map(({ rule, resource, path }) => {
      const place = resource === undefined ? path : [labelOf(resource), path].filter((part) => part !== "").join(": ");
      return place === "" ? rule : `${rule} (${place})`;
    });
    return field(label, all.join(", "), page.width);
  }
  const rules = [...groupBy(covers, ({ rule }) => rule)].map(([rule, all]) =>
    all.length === 1 ? rule : `${rule} (${all.length})`,
  );
  return [label + names(rules, page.width - label.length)];
}

/** What does not count, a line each: where, and what. */
function shortLines(findings: readonly ReportFinding[], page: Page): readonly string[] {
  const placeOf = ({ source, path }: ReportFinding): string =>
    source === undefined ? path : `${source.line}:${source.column}`;
  const widest = Math.max(0, ...findings.map((finding) => columnsOf(placeOf(finding))));
  return findings.map((finding) => {
    const { severity, verdict, rule, message } = finding;
    const head = `${severity.padEnd(9)}${verdict === "unknown" ? "undecided " : ""}`;
    const place = widest === 0 ? "" : `${placeOf(finding).padEnd(Math.min(widest, LONGEST_PLACE))}  `;
    const room = page.width - columnsOf(head) - 2;
    return `  ${bySeverity(page, severity, head)}${clip(printable(`${place}${rule}  ${message}`), room)}`;
  });
}

/** The resources that are not printed, a line a rule. */
function restSection(groups: readonly (readonly ReportFinding[])[], page: Page): readonly string[] {
  const byRule = [...groupBy(groups.flat(), ({ rule }) => rule).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ first, group }];
  });
  const sorted = byRule.sort((a, b) => SEVERITIES.indexOf(a.first.severity) - SEVERITIES.indexOf(b.first.severity));
  return [
    title(
      page,
      `${count(groups.length, "resource")} more with findings; --verbose prints all, as every other format does`,
    ),
    ...sorted.map(({ first, group }) => {
      const head = `  ${bySeverity(page, first.severity, first.severity.padEnd(9))}${first.rule}`;
      return `${head} ${page.paint.dim(count(group.length, "place"))}`;
    }),
  ];
}

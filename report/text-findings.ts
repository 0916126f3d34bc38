import { count } from "../core/wording.js";
import { SEVERITIES } from "../policies/model.js";
import type { FindingGroup } from "./groups.js";
import { groupsOf, placesOf } from "./groups.js";
import { counts } from "./gate.js";
import { clip, field, flow, names, printable } from "./layout.js";
import type { Report, ReportFinding } from "./model.js";
import type { Page } from "./page.js";
import { bySeverity, title } from "./page.js";
import { placeText, valueText } from "./values.js";

/** Lines that a remedy may take unless `verbose`. */
const REMEDY_LINES = 4;

/** Rules with a line of their own behind those in full, where there is little room; the others share lines. */
const DENSE_LINES = 8;

/** How much room the failed findings are given. */
export interface FindingRoom {
  /** Rules printed with what, where, value and remedy. */
  readonly full: number;
  /** Whether the rules that do not count for the exit code share their lines, and not have one each. */
  readonly dense: boolean;
}

/** The failed findings, grouped by rule, by how much they matter: the first in full, the others in brief. */
export function findingSections(
  report: Report,
  page: Page,
  { full, dense }: FindingRoom,
): readonly (readonly string[])[] {
  const groups = groupsOf(report, "fail");
  if (groups.length === 0) return [];
  const heading = `Findings, the most important first: ${count(groups.length, "rule")}, ${count(report.summary.fail, "place")}`;
  const first = groups.slice(0, full).map((group, i) => inFull(group, i + 1, page));
  const rest = briefly(groups.slice(full), dense, page);
  if (!page.verbose) return [[title(page, heading), ...first.flat(), ...rest]];
  const [head = [], ...blocks] = first;
  return [[title(page, heading), ...head], ...blocks];
}

/** What cannot be decided before the deployment. */
export function undecidedSection(report: Report, page: Page): readonly string[] {
  const groups = groupsOf(report, "unknown");
  if (groups.length === 0) return [];
  const heading = `Undecided: ${count(report.summary.unknown, "value")} cannot be known before the deployment`;
  if (page.gate.onUnknown === "ignore") return [`${heading} (--on-unknown ignore)`];
  if (!page.verbose) return [title(page, heading), ...oneLiners(groups, page)];
  const lines = groups.flatMap((group) => [
    ...oneLiners([group], page),
    ...group.findings.flatMap((f) => field("      ", `${whereOf(f)}: ${f.message}`, page.width)),
  ]);
  return [title(page, heading), ...lines];
}

/** The rules that hold, when the report lists them. */
export function passSection(report: Report, page: Page): readonly string[] {
  const groups = groupsOf(report, "pass");
  return groups.length === 0 ? [] : [title(page, "Passed"), ...oneLiners(groups, page)];
}

function inFull({ first, findings }: FindingGroup, number: number, page: Page): readonly string[] {
  const places = findings.length === 1 ? "" : ` (${findings.length} places)`;
  const label = (name: string): string => `    ${name.padEnd(8)}`;
  const head = `${String(number).padStart(2)}. ${bySeverity(page, first.severity, first.severity)} · ${first.ring} · ${first.rule}${places}`;
  const remedy = field(label("remedy"), first.remediation, page.width, page.verbose ? undefined : REMEDY_LINES);
  if (page.verbose) {
    const all = findings.flatMap((finding) => placeLines(finding, label, page));
    const references = first.references.map(({ framework, id }) => `${framework} ${id}`).join(", ");
    return [head, ...all, ...remedy, ...(references === "" ? [] : field(label("see"), references, page.width))];
  }
  const others = placesOf(findings.filter((f) => f.resource.id !== first.resource.id));
  const room = page.width - label("").length;
  const also = others.length === 0 ? [] : [label("also") + names(others.map(printable), room)];
  return [head, ...placeLines(first, label, page), ...also, ...remedy];
}

function placeLines(finding: ReportFinding, label: (name: string) => string, page: Page): readonly string[] {
  const room = page.width - label("").length;
  const where = printable(whereOf(finding));
  const value = finding.path === "" ? "" : printable(valueText(finding));
  const joined = "value" in finding ? `${where} = ${value}` : `${where} (${value})`;
  const what = [...field(label("what"), finding.message, page.width), ...impliedLines(finding, label, page)];
  if (value === "") return [...what, ...field(label("where"), where, page.width)];
  if (joined.length <= room) return [...what, label("where") + joined];
  const shown = page.verbose ? field(label("value"), value, page.width) : [label("value") + clip(value, room)];
  return [...what, ...field(label("where"), where, page.width), ...shown];
}

/** What a finding implies: the rules alone, or each with its place. */
function impliedLines({ covers }: ReportFinding, label: (name: string) => string, page: Page): readonly string[] {
  if (covers.length === 0) return [];
  const rules = [...new Set(covers.map(({ rule }) => rule))];
  if (!page.verbose) return [label("implies") + names(rules, page.width - label("").length)];
  return field(
    label("implies"),
    covers.map(({ rule, path }) => (path === "" ? rule : `${rule} (${path})`)).join(", "),
    page.width,
  );
}

/** One line a rule. */
function oneLiners(groups: readonly FindingGroup[], page: Page): readonly string[] {
  const widest = Math.max(0, ...groups.map(({ first }) => first.rule.length));
  return groups.map(({ first, findings }) => {
    const { severity, ring, rule } = first;
    const head = `${ring.padEnd(11)}${rule.padEnd(widest)}  `;
    const places = names(placesOf(findings).map(printable), Math.max(12, page.width - head.length - 12));
    return `  ${bySeverity(page, severity, severity.padEnd(10))}${head}${places}`;
  });
}

/** The ids alone, a paragraph a severity, each with the number of its places when there are several. */
function paragraphs(groups: readonly FindingGroup[], page: Page): readonly string[] {
  return SEVERITIES.flatMap((severity) => {
    const ids = groups
      .filter(({ first }) => first.severity === severity)
      .map(({ first, findings }) => (findings.length === 1 ? first.rule : `${first.rule} (${findings.length})`));
    if (ids.length === 0) return [];
    const label = severity.padEnd(10);
    return flow(ids, page.width - label.length - 2).map(
      (line, i) => `  ${i === 0 ? bySeverity(page, severity, label) : " ".repeat(label.length)}${line}`,
    );
  });
}

function briefly(groups: readonly FindingGroup[], dense: boolean, page: Page): readonly string[] {
  if (groups.length === 0) return [];
  const apart = dense ? groups.filter((group) => isListed(group, page)).slice(0, DENSE_LINES) : groups;
  const hint = "`ringfence rules <id>`: why, and how to fix it. --verbose: every place in full.";
  return [
    ...oneLiners(apart, page),
    ...paragraphs(
      groups.filter((group) => !apart.includes(group)),
      page,
    ),
    ...field("  ", hint, page.width).map(page.paint.dim),
  ];
}

/** Whether a rule may have a line of its own where there is little room: where nothing counts for the exit code, all may. */
function isListed({ first }: FindingGroup, { gate }: Page): boolean {
  return gate.failOn === "never" || counts(first.severity, gate);
}

function whereOf(finding: ReportFinding): string {
  const { source } = finding;
  return source === undefined ? placeText(finding) : `${placeText(finding)} (${source.file}:${source.line})`;
}

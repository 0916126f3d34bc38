import { count } from "../../core/wording.js";
import { countsForGate } from "../gate.js";
import { printable } from "../layout.js";
import type { Report, ReportFinding, ReportSource } from "../model.js";
import { labelOf } from "../names.js";
import { outcome } from "../outcome.js";
import { changeText } from "../values.js";
import type { RenderContext } from "./model.js";
import { levelOf } from "./severity.js";

/**
 * Annotations of one kind that GitHub shows of a step; it drops further ones without a word (actions/toolkit,
 * docs/problem-matchers.md: 10 errors and 10 warnings a step, 50 of a job; read 2026-11). Notices are kept to the same.
 */
const SHOWN_OF_A_KIND = 10;

type Kind = "error" | "warning" | "notice";

interface Annotation {
  readonly kind: Kind;
  readonly place: Partial<ReportSource>;
  readonly title: string;
  readonly message: string;
}

/**
 * The report as workflow commands of GitHub, which turn into annotations of the changed files: as many as GitHub shows,
 * the worst first, and a line that counts the rest and says the outcome.
 */
export function renderGithub(report: Report, context: RenderContext): string {
  const all = [...troublesOf(report), ...findingsOf(report, context)];
  const shown = (["error", "warning", "notice"] as const).flatMap((kind) =>
    all.filter((annotation) => annotation.kind === kind).slice(0, SHOWN_OF_A_KIND),
  );
  const rest = all.length - shown.length;
  const more = rest === 0 ? "" : ` ${count(rest, "annotation")} more than GitHub shows.`;
  return `${[...shown.map(command), `ringfence: ${printable(outcome(report, context))}${more}`].join("\n")}\n`;
}

function troublesOf({ defects, problems, exemptionProblems }: Report): readonly Annotation[] {
  return [
    ...defects.map((message) => ({ kind: "error" as const, place: {}, title: "Ringfence: a rule broke", message })),
    ...problems.map(({ message, ...place }) => ({
      kind: "error" as const,
      place,
      title: "Ringfence: bad input",
      message,
    })),
    ...exemptionProblems.map(({ said, message }) => ({
      kind: "error" as const,
      place: placeSaid(said),
      title: "Ringfence: exemption",
      message: `${said}: ${message}`,
    })),
  ];
}

/** `ringfence.exemptions.yaml:3` as a place; anything else as none. */
function placeSaid(said: string): Partial<ReportSource> {
  const [, file, line] = /^(\S.*):(\d+)$/.exec(said) ?? [];
  return file === undefined ? {} : { file, line: Number(line) };
}

function findingsOf({ findings }: Report, { gate }: RenderContext): readonly Annotation[] {
  return findings.flatMap((finding) => {
    const { verdict, severity, rule, source, inBaseline } = finding;
    const counted = countsForGate(finding, gate);
    const undecided = verdict === "unknown";
    if (inBaseline === true || !(verdict === "fail" || (undecided && (counted || gate.onUnknown === "warn"))))
      return [];
    const level = levelOf(severity);
    const kind: Kind = undecided && !counted ? "notice" : level === "note" ? "notice" : level;
    return [{ kind, place: source ?? {}, title: `${rule} (${severity})`, message: messageOf(finding) }];
  });
}

function messageOf({ resource, path, message, fix, covers, remediation }: ReportFinding): string {
  const where = path === "" ? labelOf(resource) : `${labelOf(resource)}: ${path}`;
  const implied = [...new Set(covers.map(({ rule }) => rule))];
  return [
    `${where}: ${message}`,
    ...(implied.length === 0 ? [] : [`It implies: ${implied.join(", ")}`]),
    fix.length === 0 ? `Remedy: ${remediation}` : `Change: ${fix.map(changeText).join("; ")}`,
  ].join("\n");
}

function command({ kind, place, title, message }: Annotation): string {
  const { file, line, column, endLine, endColumn } = place;
  // GitHub takes columns of a single line alone, and an end that is not before the start.
  const oneLine = line !== undefined && (endLine ?? line) === line;
  const properties = {
    file: file === "-" ? undefined : file,
    line,
    endLine,
    col: oneLine ? column : undefined,
    endColumn: oneLine && endColumn !== undefined && column !== undefined ? Math.max(column, endColumn - 1) : undefined,
    title,
  };
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  const lines = message.split(/\r?\n/).map(printable);
  return `::${kind} ${given.join(",")}::${escapeData(lines.join("\n"))}`;
}

/** As `escapeData` of @actions/core (command.ts). */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** As `escapeProperty` of @actions/core (command.ts). */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

import { count } from "../core/wording.js";
import { SEVERITIES } from "../policies/model.js";
import { clip, field, names } from "./layout.js";
import type { Report } from "./model.js";
import { kindOf, labelOf } from "./names.js";
import { outcome } from "./outcome.js";
import type { Page } from "./page.js";
import { bySeverity, title } from "./page.js";

/** Entries of a list shown unless `verbose`. */
const SHOWN = 4;

/** The verdicts in numbers. */
export function verdictSection({ summary: s }: Report, page: Page): readonly string[] {
  const label = "Verdicts  ";
  const exempted = s.exempted === 0 ? [] : [`${s.exempted} exempted`];
  const numbers = [
    `${s.pass} pass`,
    `${s.fail} fail`,
    `${s.unknown} unknown`,
    ...exempted,
    `${s.notApplicable} not applicable`,
  ];
  const [head = "", ...rest] = field(label, [...numbers, `${count(s.rules, "rule")} asked`].join(" · "), page.width);
  const severities = SEVERITIES.filter((severity) => s.bySeverity[severity] > 0).map((severity) =>
    bySeverity(page, severity, `${s.bySeverity[severity]} ${severity}`),
  );
  const failed = severities.length === 0 ? [] : [`${" ".repeat(label.length)}failed: ${severities.join(" · ")}`];
  return [title(page, label) + head.slice(label.length), ...rest, ...failed];
}

/** What was seen and not judged, and what else a reader should know of the run. */
export function gapSections(
  { notEvaluated, typesNotRead, warnings }: Report,
  page: Page,
): readonly (readonly string[])[] {
  const byReason = new Map<string, string[]>();
  for (const { resource, reason } of notEvaluated) {
    const labels = byReason.get(reason) ?? [];
    labels.push(labelOf(resource));
    byReason.set(reason, labels);
  }
  const gaps = [...byReason].map(
    ([reason, labels]) => `${page.verbose ? labels.join(", ") : names(labels, page.width / 2)}: ${reason}`,
  );
  const unread = unreadLine(typesNotRead, page);
  return [list("Not evaluated", [...gaps, ...unread], page), list("Warnings", warnings, page)];
}

/** What no rule asked about, the most numerous first: the absence of a finding says nothing of it. */
function unreadLine(types: Report["typesNotRead"], page: Page): readonly string[] {
  if (types.length === 0) return [];
  const total = types.reduce((sum, { resources }) => sum + resources, 0);
  const sorted = [...types].sort((a, b) => b.resources - a.resources);
  const labels = sorted.map(({ type, resources }) => `${page.verbose ? type : kindOf(type)} ${resources}`);
  const some = page.verbose ? labels.join(", ") : names(labels, page.width - 40);
  return [`${count(total, "resource")} of ${count(types.length, "type")} that no rule asked reads: ${some}`];
}

/** What the judgement rests on. */
export function assumptionSection({ assumptions }: Report, page: Page): readonly string[] {
  return list("What this rests on", assumptions, page);
}

/** What the run amounts to, and the exit code that says the same. */
export function outcomeSection(report: Report, page: Page): readonly string[] {
  const { exitCode } = page.result;
  const text = `${outcome(report, page)} Exit code ${exitCode}.`;
  const paint = exitCode === 0 ? page.paint.green : page.paint.red;
  return field("", text, page.width).map(paint);
}

function list(heading: string, entries: readonly string[], page: Page): readonly string[] {
  if (entries.length === 0) return [];
  const shown = page.verbose ? entries : entries.slice(0, SHOWN);
  const left = entries.length - shown.length;
  return [
    title(page, heading),
    ...shown.flatMap((entry) => field("  ", entry, page.width, page.verbose ? undefined : 2)),
    ...(left === 0 ? [] : [clip(`  and ${left} more; --verbose lists them`, page.width)]),
  ];
}

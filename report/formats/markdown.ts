import { count } from "../../core/wording.js";
import { RINGS } from "../../core/ring.js";
import { costLine } from "../../cost/index.js";
import { SEVERITIES } from "../../policies/model.js";

import type { Report } from "../model.js";
import { outcome } from "../outcome.js";
import { fileText } from "../values.js";
import type { Entry } from "./markdown-findings.js";
import { entriesOf } from "./markdown-findings.js";
import { code, plain, table } from "./markdown-text.js";
import type { RenderContext } from "./model.js";

/** Longest comment, in characters. GitHub takes 65,536 (2026-11); what a workflow adds has to fit too. */
const MOST_CHARACTERS = 60_000;

/** By which a workflow finds the comment that it made before. */
const MARK = "<!-- ringfence -->";

/** Lines of one kind of trouble; the JSON report has all of them. */
const TROUBLES_SHOWN = 20;

/** Longest line of trouble, in characters. */
const TROUBLE_LENGTH = 500;

/**
 * The report as Markdown for a comment on a pull request: the outcome, a table by ring and severity, and the findings by
 * severity in collapsed details. It stays under 60,000 characters: the least severe findings are left out, and counted.
 */
export function renderMarkdown(report: Report, context: RenderContext): string {
  const head = [
    MARK,
    `### Ringfence\n\n${plain(outcome(report, context))}`,
    ...summary(report),
    ...(report.cost === undefined ? [] : [`${plain(costLine(report.cost))}.`]),
    ...troubles(report),
  ].join("\n\n");
  const foot = `<sub>ringfence ${report.ringfence}, Kubernetes ${report.kubernetesVersion}. \`ringfence rules ID\` tells the story of a rule.</sub>`;
  const entries = entriesOf(report, context);
  const leftOutLine = (n: number): string =>
    `${count(n, "finding")} left out for length, the least severe: \`--format json\` has all of them.`;
  const room = MOST_CHARACTERS - head.length - foot.length - leftOutLine(entries.length).length - 10;
  const shown = fitting(entries, room);
  const leftOut = entries.length - shown.length;
  const parts = [head, ...sections(shown), ...(leftOut === 0 ? [] : [leftOutLine(leftOut)]), foot];
  return `${parts.join("\n\n")}\n`;
}

function summary({ findings, summary: s }: Report): readonly string[] {
  const numbers =
    `${count(s.resources, "resource")}, ${count(s.rules, "rule")}: ${s.pass} pass, ${s.fail} fail, ` +
    `${s.unknown} undecided, ${s.exempted} exempted.`;
  const severities = SEVERITIES.filter((severity) => s.bySeverity[severity] > 0);
  if (severities.length === 0) return [numbers];
  const rows = RINGS.flatMap((ring) => {
    const inRing = findings.filter((f) => f.ring === ring && f.verdict === "fail");
    const cells = severities.map((severity) => String(inRing.filter((f) => f.severity === severity).length));
    return inRing.length === 0 ? [] : [[ring, ...cells]];
  });
  return [numbers, table(["ring", ...severities], rows)];
}

/** What went wrong besides findings: inputs, exemptions, rules that broke. */
function troubles({ problems, exemptionProblems, defects }: Report): readonly string[] {
  const block = (title: string, lines: readonly string[]): readonly string[] => {
    if (lines.length === 0) return [];
    const left = lines.length - TROUBLES_SHOWN;
    const more = left > 0 ? [`- and ${left} more`] : [];
    return [[`**${title}**`, "", ...lines.slice(0, TROUBLES_SHOWN), ...more].join("\n")];
  };
  const line = (place: string, text: string): string => {
    const said = text.length > TROUBLE_LENGTH ? `${text.slice(0, TROUBLE_LENGTH)}…` : text;
    return place === "" ? `- ${plain(said)}` : `- ${code(place.slice(-TROUBLE_LENGTH))}: ${plain(said)}`;
  };
  return [
    ...block(
      "Rules that broke",
      defects.map((message) => line("", message)),
    ),
    ...block(
      "Problems with the inputs",
      problems.map((p) => line(fileText(p), p.message)),
    ),
    ...block(
      "Problems with exemptions",
      exemptionProblems.map(({ message }) => line("", message)),
    ),
  ];
}

/** The first entries that have room, with what they bring along. */
function fitting(entries: readonly Entry[], room: number): readonly Entry[] {
  let used = 0;
  let before: Entry | undefined;
  for (const [i, entry] of entries.entries()) {
    used += entry.line.length + 1;
    // What opens and closes a section is paid for with its first entry, blank lines and tags included.
    if (before?.section !== entry.section) used += entry.section.length + 60;
    if (before?.section !== entry.section || before.heading !== entry.heading)
      used += entry.heading.length + entry.closing.length + 4;
    if (used > room) return entries.slice(0, i);
    before = entry;
  }
  return entries;
}

function sections(entries: readonly Entry[]): readonly string[] {
  return runsOf(entries, ({ section }) => section).map((inSection) => {
    const groups = runsOf(inSection, ({ heading }) => heading).map((group) => {
      const [first] = group;
      const lines = group.map(({ line }) => line).join("\n");
      return [first?.heading ?? "", lines, first?.closing ?? ""].filter((part) => part !== "").join("\n\n");
    });
    return `<details><summary>${inSection[0]?.section ?? ""}</summary>\n\n${groups.join("\n\n")}\n\n</details>`;
  });
}

/** Neighbours with the same key together. */
function runsOf<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const runs: T[][] = [];
  let last: string | undefined;
  for (const item of items) {
    const key = keyOf(item);
    if (key === last) runs.at(-1)?.push(item);
    else runs.push([item]);
    last = key;
  }
  return runs;
}

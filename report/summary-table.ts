import { RINGS } from "../core/ring.js";
import type { Severity } from "../policies/index.js";
import { SEVERITIES } from "../policies/model.js";
import type { Report, ReportFinding } from "./model.js";
import type { Page } from "./page.js";
import { bySeverity, title } from "./page.js";

/** Columns of a terminal that a number takes at least. */
const LEAST_WIDTH = 7;

/** What a finding is counted as. */
type Column = Severity | "undecided" | "exempted" | "in baseline";

/** Open findings by ring and severity, and beside them what is undecided, exempted and known to the baseline; nothing when nothing was found. */
export function summaryTable({ findings, summary }: Report, page: Page): readonly string[] {
  const found = findings.filter((f) => f.verdict !== "pass");
  if (found.length === 0) return [];
  const known: readonly Column[] = summary.inBaseline === undefined ? [] : ["in baseline"];
  const columns: readonly Column[] = [...SEVERITIES, "undecided", "exempted", ...known];
  const rows = RINGS.flatMap((ring) => {
    const counted = found.filter((f) => f.ring === ring).map(columnOf);
    const cells = columns.map((column) => counted.filter((one) => one === column).length);
    return counted.length === 0 ? [] : [{ ring, cells }];
  });
  const total = columns.map((_, i) => rows.reduce((sum, { cells }) => sum + (cells[i] ?? 0), 0));
  const line = (name: string, cells: readonly number[]): string =>
    `  ${name.padEnd(9)}${cells.map((n, i) => cell(n, columns[i] ?? "info", page)).join("")}`;
  return [
    title(page, "Findings by ring"),
    page.paint.dim(`  ${"".padEnd(9)}${columns.map((column) => column.padStart(widthOf(column))).join("")}`),
    ...rows.map(({ ring, cells }) => line(ring, cells)),
    ...(rows.length < 2 ? [] : [line("all", total)]),
  ];
}

function columnOf({ verdict, severity, inBaseline }: ReportFinding): Column {
  if (verdict === "exempted") return "exempted";
  if (inBaseline === true) return "in baseline";
  return verdict === "unknown" ? "undecided" : severity;
}

function widthOf(column: Column): number {
  return Math.max(column.length + 2, LEAST_WIDTH);
}

function cell(n: number, column: Column, page: Page): string {
  const text = String(n).padStart(widthOf(column));
  if (n === 0) return page.paint.dim(text);
  const severity = SEVERITIES.find((one) => one === column);
  return severity === undefined ? text : bySeverity(page, severity, text);
}

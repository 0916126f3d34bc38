import { RINGS } from "../core/ring.js";
import { SEVERITIES } from "../policies/model.js";
import type { Report } from "./model.js";
import type { Page } from "./page.js";
import { bySeverity, title } from "./page.js";

/** Failed findings by ring and severity, with what is undecided and exempted besides; nothing when nothing was found. */
export function summaryTable({ findings }: Report, page: Page): readonly string[] {
  const found = findings.filter((f) => f.verdict !== "pass");
  if (found.length === 0) return [];
  const columns = [...SEVERITIES, "undecided", "exempted"] as const;
  const rows = RINGS.map((ring) => {
    const inRing = found.filter((f) => f.ring === ring);
    const cells = columns.map((column) => {
      if (column === "undecided") return inRing.filter((f) => f.verdict === "unknown").length;
      if (column === "exempted") return inRing.filter((f) => f.verdict === "exempted").length;
      return inRing.filter((f) => f.verdict === "fail" && f.severity === column).length;
    });
    return { ring, cells };
  }).filter(({ cells }) => cells.some((n) => n > 0));
  const total = columns.map((_, i) => rows.reduce((sum, { cells }) => sum + (cells[i] ?? 0), 0));
  const line = (name: string, cells: readonly number[]): string =>
    `  ${name.padEnd(9)}${cells.map((n, i) => cell(n, columns[i] ?? "info", page)).join("")}`;
  return [
    title(page, "Findings by ring"),
    page.paint.dim(`  ${"".padEnd(9)}${columns.map((column) => column.padStart(COLUMN)).join("")}`),
    ...rows.map(({ ring, cells }) => line(ring, cells)),
    ...(rows.length < 2 ? [] : [line("all", total)]),
  ];
}

/** Width of a column. */
const COLUMN = 11;

function cell(n: number, column: (typeof SEVERITIES)[number] | "undecided" | "exempted", page: Page): string {
  const text = String(n).padStart(COLUMN);
  if (n === 0) return page.paint.dim(text);
  return column === "undecided" || column === "exempted" ? text : bySeverity(page, column, text);
}

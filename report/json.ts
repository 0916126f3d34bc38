import type { Report } from "./model.js";

/** A report as two-space JSON with a final newline. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

import { createColors } from "picocolors";
import { resourceSections } from "./check-findings.js";
import { exemptedSection, headSection, skippedSection, troubleSections } from "./check-sections.js";
import type { LineOf } from "./excerpt.js";
import { Excerpts } from "./excerpt.js";
import type { Report } from "./model.js";
import type { Page } from "./page.js";
import { summaryTable } from "./summary-table.js";
import { passSection } from "./text-findings.js";
import type { TextOptions } from "./text.js";
import { printSections } from "./text.js";
import { assumptionSection, gapSections, outcomeSection } from "./text-verdicts.js";

/** How the report of files is printed as text. */
export interface CheckTextOptions extends TextOptions {
  /** Where excerpts come from, as `ReadInputs.lineOf`. */
  readonly lineOf: LineOf;
}

/**
 * The report of files as text: the findings grouped by resource, the worst first, each that counts with its line of source
 * and a mark under the value; then what is exempted, what went wrong, a table by ring and severity, and the outcome.
 */
export function renderCheckText(report: Report, options: CheckTextOptions): string {
  const page: Page = { ...options, paint: createColors(options.colour), hide: (text) => text };
  const excerpts = new Excerpts(report, options.lineOf);
  if (options.quiet) return printSections(resourceSections(report, page, excerpts));
  return printSections([
    headSection(report, page),
    ...resourceSections(report, page, excerpts),
    passSection(report, page),
    exemptedSection(report, page),
    ...troubleSections(report, page),
    skippedSection(report, page),
    ...gapSections(report, page),
    ...(options.verbose ? [assumptionSection(report, page)] : []),
    summaryTable(report, page),
    outcomeSection(report, page),
  ]);
}

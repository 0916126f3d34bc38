import { createColors } from "picocolors";
import type { Plan } from "../plan/model/index.js";
import { exemptedSection, troubleSections } from "./check-sections.js";
import { costSection } from "./text-cost.js";
import type { Gate, GateResult } from "./gate.js";
import { symbolHider } from "./names.js";
import type { Report } from "./model.js";
import type { Page } from "./page.js";
import { findingSections, passSection, undecidedSection } from "./text-findings.js";
import { headerSection, inventorySection, relaxationSection } from "./text-plan.js";
import { assumptionSection, gapSections, outcomeSection, verdictSection } from "./text-verdicts.js";
import { treeSection } from "./tree.js";

/** How a report is printed as text. */
export interface TextOptions {
  readonly gate: Gate;
  readonly result: GateResult;
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  /** Every resource as a tree, and every finding in full. */
  readonly verbose: boolean;
  /** The failed findings alone, and nothing when there are none. */
  readonly quiet: boolean;
}

/** Lines that a report of a program without findings stays within; findings in full are left out to keep to it. */
const SCREEN_ROWS = 40;

/** How many findings are printed in full whatever the screen. */
const LEAST_IN_FULL = 3;

/**
 * The report as text: what would be created by ring, the verdicts, the findings by how much they matter, and what was
 * not evaluated. About a screenful unless `verbose`; the findings that do not fit take one line a rule.
 *
 * @param plan The plan that the report was built from, for names and parents.
 */
export function renderText(report: Report, plan: Plan, options: TextOptions): string {
  const page: Page = { ...options, paint: createColors(options.colour), hide: symbolHider(plan) ?? ((shown) => shown) };
  if (options.quiet)
    return printSections(findingSections(report, page, { full: Number.POSITIVE_INFINITY, dense: false }));
  const before = [
    headerSection(report, page),
    inventorySection(report, plan, page),
    costSection(report, page),
    ...(options.verbose ? [treeSection(plan, page)] : []),
    relaxationSection(report, page),
    verdictSection(report, page),
  ];
  const after = [
    undecidedSection(report, page),
    passSection(report, page),
    exemptedSection(report, page),
    ...troubleSections(report, page),
    ...gapSections(report, page),
    ...(options.verbose ? [assumptionSection(report, page)] : []),
    outcomeSection(report, page),
  ];
  const rest = rows([...before, ...after]);
  return printSections([...before, ...fitting(report, page, SCREEN_ROWS - rest), ...after]);
}

/** The findings, as many in full as fit; when even few do not, those that do not count share their lines. */
function fitting(report: Report, page: Page, room: number): readonly Section[] {
  const rules = new Set(report.findings.filter((f) => f.verdict === "fail").map((f) => f.rule)).size;
  if (page.verbose) return findingSections(report, page, { full: rules, dense: false });
  const least = Math.min(rules, LEAST_IN_FULL);
  for (const dense of [false, true])
    for (let full = rules; full >= least; full--) {
      const sections = findingSections(report, page, { full, dense });
      if (rows(sections) <= room) return sections;
    }
  return findingSections(report, page, { full: least, dense: true });
}

type Section = readonly string[];

/** Lines of the sections, with one blank line before each. */
function rows(sections: readonly Section[]): number {
  return sections.filter((s) => s.length > 0).reduce((sum, s) => sum + s.length + 1, 0);
}

/** Sections with a blank line between them; those without lines are left out. */
export function printSections(sections: readonly Section[]): string {
  const shown = sections.filter((s) => s.length > 0);
  return shown.length === 0 ? "" : `${shown.map((s) => s.join("\n")).join("\n\n")}\n`;
}

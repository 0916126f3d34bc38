import type { Report, ReportFinding } from "./model.js";
import { kindOf, placeOf } from "./names.js";

/** The findings of one rule with one verdict, in the report's order. */
export interface FindingGroup {
  readonly first: ReportFinding;
  readonly findings: readonly ReportFinding[];
}

/** Groups findings of one verdict by rule. The report's order, by how much they matter, is kept. */
export function groupsOf(report: Report, verdict: ReportFinding["verdict"]): readonly FindingGroup[] {
  const byRule = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    if (finding.verdict !== verdict) continue;
    const list = byRule.get(finding.rule);
    if (list === undefined) byRule.set(finding.rule, [finding]);
    else list.push(finding);
  }
  return [...byRule.values()].flatMap((findings) => {
    const [first] = findings;
    return first === undefined ? [] : [{ first, findings }];
  });
}

/** The resources of some findings, each once, a kind named once: `Deployment vote/db`, `vote/redis`, `Pod vote/x`. */
export function placesOf(findings: readonly ReportFinding[]): readonly string[] {
  const byKind = new Map<string, Set<string>>();
  for (const { resource } of findings) {
    const kind = kindOf(resource.type);
    const places = byKind.get(kind) ?? new Set();
    byKind.set(kind, places.add(placeOf(resource)));
  }
  return [...byKind].flatMap(([kind, places]) => [...places].map((place, i) => (i === 0 ? `${kind} ${place}` : place)));
}

import type { Report, ReportFinding } from "./model.js";
import { kindOf, placeOf } from "./names.js";

/** The findings of one rule with one verdict, in the report's order. */
export interface FindingGroup {
  readonly first: ReportFinding;
  readonly findings: readonly ReportFinding[];
}

/** Items by a key, keys in the order of their first item. */
export function groupBy<T, Key>(items: Iterable<T>, keyOf: (item: T) => Key): ReadonlyMap<Key, readonly T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Groups findings of one verdict by rule. The report's order, by how much they matter, is kept. */
export function groupsOf(report: Report, verdict: ReportFinding["verdict"]): readonly FindingGroup[] {
  const findings = report.findings.filter((f) => f.verdict === verdict);
  return [...groupBy(findings, ({ rule }) => rule).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ first, findings: group }];
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

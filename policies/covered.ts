import type { PlannedResource } from "../plan/model/index.js";
import type { Finding, Rule } from "./model.js";
import { SEVERITIES } from "./model.js";

/**
 * One defect, one finding: what a finding implies is listed under it, see {@link Rule.covers}. A finding that matters more
 * than the one that implies it stays.
 *
 * @param findings In order; the order is kept.
 */
export function foldCovered(findings: readonly Finding[]): readonly Finding[] {
  const heads = headsOf(findings);
  if (heads.size === 0) return findings;
  const below = new Map<Finding, Finding[]>();
  for (const [finding, direct] of heads) {
    const head = topOf(direct, heads);
    const list = below.get(head);
    if (list === undefined) below.set(head, [finding]);
    else list.push(finding);
  }
  return findings
    .filter((finding) => !heads.has(finding))
    .map((finding) => ({ ...finding, covered: below.get(finding) ?? [] }));
}

/** Which finding implies which, directly. */
function headsOf(findings: readonly Finding[]): ReadonlyMap<Finding, Finding> {
  const heads = new Map<Finding, Finding>();
  for (const [head, neighbours] of coverersWithNeighbours(findings)) {
    const scope = head.rule.coversResource === true ? "" : scopeOf(head.path);
    for (const finding of neighbours)
      if (finding !== head && !heads.has(finding) && implies(head, finding, scope) && topOf(head, heads) !== finding)
        heads.set(finding, head);
  }
  return heads;
}

function* coverersWithNeighbours(findings: readonly Finding[]): Iterable<readonly [Finding, readonly Finding[]]> {
  const coverers = findings.filter((f) => f.verdict === "fail" && coveredBy(f.rule).length > 0);
  if (coverers.length === 0) return;
  const byResource = new Map<PlannedResource, Finding[]>();
  for (const finding of findings)
    for (const resource of new Set([finding.resource, finding.under ?? finding.resource])) {
      const list = byResource.get(resource);
      if (list === undefined) byResource.set(resource, [finding]);
      else list.push(finding);
    }
  for (const head of coverers) yield [head, byResource.get(head.resource) ?? []];
}

function coveredBy({ covers = [], coversAtPath = [] }: Rule): readonly string[] {
  return covers.length === 0 ? coversAtPath : [...covers, ...coversAtPath];
}

function implies(head: Finding, finding: Finding, scope: string): boolean {
  const { covers = [], coversAtPath = [] } = head.rule;
  const { rule, path, severity, resource } = finding;
  if (SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(head.severity)) return false;
  if (resource !== head.resource) return covers.includes(rule.id);
  if (coversAtPath.includes(rule.id)) return path === head.path;
  if (!covers.includes(rule.id)) return false;
  return scope === "" || path === scope || path.startsWith(`${scope}.`) || path.startsWith(`${scope}[`);
}

/**
 * The item of the innermost list of maps that a path leads through: `spec.containers[0]` of `spec.containers[0].image`,
 * `rules[1]` of `rules[1].verbs[0]`; empty where there is none.
 */
function scopeOf(path: string): string {
  const [whole = "", outer] = /^(.*\[\d+\].*)\[\d+\]$/.exec(path) ?? [];
  return /^.*\[\d+\]/.exec(outer ?? (whole === "" ? path : whole))?.[0] ?? "";
}

function topOf(finding: Finding, heads: ReadonlyMap<Finding, Finding>): Finding {
  let top = finding;
  for (let head = heads.get(top); head !== undefined; head = heads.get(top)) top = head;
  return top;
}

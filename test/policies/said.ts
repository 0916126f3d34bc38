import { planOfExample } from "../../policies/examples.js";
import type { World } from "../../plan/world/index.js";
import type { ExampleResource, RuleContext } from "../../policies/index.js";
import { judge, ParameterValues } from "../../policies/index.js";

export const TODAY = new Date("2026-11-21");

/** What rules are asked in, with the defaults of all parameters. */
export function contextOf(world: World): RuleContext {
  return { world, today: TODAY, parameters: new ParameterValues() };
}

/** What one rule says of a plan: `verdict resource path` of each finding, else whether it passed or found nothing to judge. */
export function said(rule: string, ...resources: readonly ExampleResource[]): readonly string[] {
  const { findings, defects, counts } = judge(planOfExample({ title: "an edge", resources }), {
    rules: [rule],
    today: TODAY,
  });
  expect(defects).toEqual([]);
  if (findings.length > 0) return findings.map((f) => `${f.verdict} ${f.resource.name} ${f.path}`);
  return [counts.pass > 0 ? "pass" : "notApplicable"];
}

import type { Plan } from "../../plan/model/index.js";
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

/** `verdict type name path` of each finding of one rule, with the type and place that the plan has. */
export function found(rule: string, ...resources: readonly ExampleResource[]): readonly string[] {
  return foundIn(rule, planOfExample({ title: "a form", resources }));
}

/** {@link found} of a whole plan. */
export function foundIn(rule: string, plan: Plan): readonly string[] {
  const { findings, defects } = judge(plan, { rules: [rule], today: TODAY });
  expect(defects).toEqual([]);
  return findings.map((f) => `${f.verdict} ${f.resource.type} ${f.resource.name} ${f.path}`);
}

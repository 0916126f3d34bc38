import { judge } from "../../policies/index.js";
import type { JudgeOptions } from "../../policies/index.js";
import type { Plan } from "../../plan/index.js";

/** What our own rules find in a plan, one short line each, so that a failing test can be read. */
export function findingsIn(plan: Plan, options: JudgeOptions = {}): string[] {
  return judge(plan, options).findings.map(
    ({ rule, resource, path, verdict, message }) => `${rule.id} ${verdict} ${resource.name} ${path}: ${message}`,
  );
}

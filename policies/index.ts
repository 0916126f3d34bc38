export { judge } from "./judge.js";
export type { JudgeOptions } from "./judge.js";
export { selectRules } from "./select.js";
export { SETS } from "./sets.js";
export type { RuleSet } from "./sets.js";
export { RULES } from "./rules/index.js";
export type { AnyRuleId } from "./rules/index.js";
export { ExampleRef, ExampleText, SEVERITIES } from "./model.js";
export type {
  Defect,
  Example,
  ExampleObject,
  ExampleResource,
  ExampleValue,
  Finding,
  FindingExample,
  Framework,
  Judgement,
  JudgementCounts,
  Outcome,
  Pass,
  Reference,
  Rule,
  RuleContext,
  Severity,
  Verdict,
} from "./model.js";

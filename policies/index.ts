export { judge } from "./judge.js";
export type { JudgeOptions } from "./judge.js";
export { selectRules } from "./select.js";
export { SETS } from "./sets/index.js";
export type { RuleSet } from "./sets/index.js";
export { RULES } from "./rules/index.js";
export type { AnyRuleId } from "./rules/index.js";
export { ExampleRef, ExampleText, SEVERITIES } from "./model.js";
export { integer, integerList, ParameterValues, textList } from "./parameters.js";
export type { Parameter, ParameterSettings, ParameterText, ValueSchema } from "./parameters.js";
export type {
  Change,
  Defect,
  Example,
  ExampleObject,
  ExampleResource,
  ExampleValue,
  ExemptedFinding,
  Exemption,
  ExemptionProblem,
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

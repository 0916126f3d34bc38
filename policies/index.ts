export { judge } from "./judge.js";
export type { JudgeOptions } from "./judge.js";
export type { OwnSet, SeveritySettings } from "./own.js";
export { readCelRules } from "./cel/rule.js";
export { runExamples } from "./example-results.js";
export type { ExampleResult } from "./example-results.js";
export { EXEMPT_ANNOTATION } from "./exemptions/annotation.js";
export type { ExemptionText } from "./exemptions/entry.js";
export { exempt } from "./exemptions/exempt.js";
export { EXEMPTIONS_FILE, readExemptions } from "./exemptions/read.js";
export type { ReadExemptions } from "./exemptions/read.js";
export { controlsOf } from "./frameworks/controls.js";
export { FRAMEWORKS } from "./frameworks/index.js";
export { CONTROL_STATES } from "./frameworks/model.js";
export type {
  ControlEvidence,
  ControlFinding,
  ControlRow,
  ControlState,
  FrameworkControl,
  FrameworkId,
  FrameworkResult,
  FrameworkTable,
} from "./frameworks/model.js";
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

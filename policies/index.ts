export { judge } from "./judge.js";
export type { JudgeOptions } from "./judge.js";
export type { OwnSet, SeveritySettings } from "./own.js";
export { readCelRules } from "./cel/rule.js";
export { runExamples } from "./example-results.js";
export type { ExampleResult } from "./example-results.js";
export { CONFIG_FILES, loadConfig, loadConfigFile, loadExemptions, loadRules } from "./config/load.js";
export type { LoadedConfig } from "./config/load.js";
export { defineConfig, FAIL_ON, ON_UNKNOWN } from "./config/model.js";
export type { RingfenceConfig } from "./config/model.js";
export type { Config } from "./config/read.js";
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
export { ringfenceMatchers } from "./matcher.js";
export type { MatcherResult, RingfenceMatchers, SatisfyOptions } from "./matcher.js";
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
export { defineRule, references } from "./define.js";
export {
  cluster,
  concat,
  container,
  deployment,
  json,
  manifest,
  planned,
  ref,
  secret,
  unresolved,
} from "./examples.js";
export { labelOf, onContainers, onKubernetes, onPods, onResource, onWorld, WORKLOAD_TYPES } from "./shapes.js";
export type { ContainerView, Found, ObjectView, PodView, ResourceView, RuleBody, Verdicts } from "./shapes.js";
export {
  every,
  expectBoolean,
  expectNumber,
  expectPresent,
  expectString,
  fail,
  failWhole,
  includes,
  negate,
  notApplicable,
  pass,
  remove,
  setTo,
  some,
  unknown,
  unknownWhole,
} from "./verdicts.js";
export type { Expectation, FailureDetails } from "./verdicts.js";

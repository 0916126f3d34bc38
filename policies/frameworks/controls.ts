import { count } from "../../core/wording.js";
import { InputError, issue } from "../../core/issue.js";
import { identityOf } from "../../plan/world/index.js";
import type { Finding, Judgement, Rule } from "../model.js";
import { nearest } from "../../core/nearest.js";
import { RULES } from "../rules/index.js";

import { FRAMEWORKS } from "./index.js";
import type { MappedControl, MappedRule } from "./mapping.js";
import { controlsWithRules } from "./mapping.js";
import type {
  ControlEvidence,
  ControlFinding,
  ControlRow,
  ControlState,
  FrameworkControl,
  FrameworkResult,
} from "./model.js";
import { CONTROL_STATES } from "./model.js";

/** What a judgement found, by rule. */
interface Found {
  readonly asked: ReadonlySet<string>;
  readonly findings: ReadonlyMap<string, readonly ControlFinding[]>;
  readonly passes: ReadonlyMap<string, readonly string[]>;
}

/**
 * What a judgement says of the controls of a framework. Findings that others imply count as findings of their own rules, and
 * exempted ones count as failed.
 *
 * @param framework Its id. Judge with the set of the same id, else rules may not have been asked.
 * @throws InputError when there is no such framework, with the nearest ids.
 */
export function controlsOf(judgement: Judgement, framework: string): FrameworkResult {
  const table = FRAMEWORKS.find(({ id }) => id === framework);
  if (table === undefined) throw unknownFramework(framework);
  const own: readonly Rule[] = judgement.rules.filter((rule) => !(RULES as readonly Rule[]).includes(rule));
  const found = foundBy(judgement);
  const rows = controlsWithRules(table, [...RULES, ...own]).map((mapped) => rowOf(mapped, found));
  const { id, title, version, tableVersion, source, asOf, complete } = table;
  const counts = Object.fromEntries(
    CONTROL_STATES.map((state) => [state, rows.filter((row) => row.state === state).length]),
  ) as Record<ControlState, number>;
  return { framework: id, title, version, tableVersion, source, asOf, complete, rows, counts };
}

function unknownFramework(given: string): InputError {
  const near = nearest(
    given,
    FRAMEWORKS.map(({ id }) => id),
  );
  const advice =
    near.length === 0
      ? `The frameworks are ${FRAMEWORKS.map(({ id }) => id).join(", ")}`
      : `Did you mean ${near.map((id) => `'${id}'`).join(" or ")}?`;
  return new InputError("frameworks", [issue("NotFound", "framework", "must be the id of a framework", given, advice)]);
}

function foundBy({ rules, findings, exempted, passes }: Judgement): Found {
  const byRule = new Map<string, ControlFinding[]>();
  const add = (finding: Finding, isExempted: boolean): void => {
    const { rule, verdict, resource, path, severity, message } = finding;
    const entry = { verdict, at: identityOf(resource).id, path, severity, message, exempted: isExempted };
    push(byRule, rule.id, entry);
    for (const covered of finding.covered) add(covered, isExempted);
  };
  for (const finding of findings) add(finding, false);
  for (const { finding } of exempted) add(finding, true);
  const passed = new Map<string, string[]>();
  for (const { rule, resource } of passes) push(passed, rule.id, identityOf(resource).id);
  return { asked: new Set(rules.map(({ id }) => id)), findings: byRule, passes: passed };
}

function rowOf({ control, rules }: MappedControl, found: Found): ControlRow {
  const evidence = rules.map((mapped) => evidenceOf(mapped, control, found));
  const [state, because] = stateOf(control, evidence);
  return { id: control.id, title: control.title ?? control.id, state, because, evidence };
}

function evidenceOf(
  { rule, source }: MappedRule,
  { about }: FrameworkControl,
  { asked, findings, passes }: Found,
): ControlEvidence {
  const all = findings.get(rule.id) ?? [];
  const elsewhere = all.filter(({ verdict, message }) => verdict === "fail" && about?.test(message) === false);
  return {
    rule: rule.id,
    title: rule.title,
    asked: asked.has(rule.id),
    passed: [...(passes.get(rule.id) ?? []), ...elsewhere.map(({ at }) => at)],
    findings: all.filter((finding) => !elsewhere.includes(finding)),
    source,
  };
}

function stateOf(
  { provable = "partly", rest = "person", evidence: where }: FrameworkControl,
  evidence: readonly ControlEvidence[],
): readonly [ControlState, string] {
  const shown = where === undefined ? "" : `: ${where}`;
  const restState = rest === "person" ? "manual" : "notProvable";
  const restText = rest === "person" ? "a person has to judge" : "the running system alone shows";
  if (evidence.length === 0) return [restState, `no rule checks it, ${restText} it${shown}`];
  const findings = evidence.flatMap((e) => e.findings);
  const failed = findings.filter((f) => f.verdict === "fail");
  if (failed.length > 0) return ["failed", failedText(failed, evidence)];
  const left = evidence.filter((e) => !e.asked).map((e) => e.rule);
  if (left.length > 0) return ["notAsked", `not asked: ${left.join(", ")}`];
  if (findings.length > 0)
    return ["notProvable", `${count(findings.length, "place")} cannot be told before the deployment`];
  const passed = new Set(evidence.flatMap((e) => e.passed));
  const nothing = "the plan holds nothing that its rules judge";
  if (passed.size === 0)
    return provable === "yes" ? ["notApplicable", nothing] : [restState, `${nothing}, ${restText} it${shown}`];
  const held = `${count(passed.size, "resource")} checked, none fails`;
  return provable === "yes" ? ["passed", held] : [restState, `${held}; ${restText} the rest${shown}`];
}

function failedText(failed: readonly ControlFinding[], evidence: readonly ControlEvidence[]): string {
  const rules = evidence.filter((e) => e.findings.some((f) => f.verdict === "fail")).map((e) => e.rule);
  const excused = failed.filter((f) => f.exempted).length;
  const exempted = excused === 0 ? "" : `, ${excused === failed.length ? "all" : excused} of them exempted`;
  return `${count(failed.length, "failure")} of ${rules.join(", ")}${exempted}`;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

import type { Issue } from "../../core/issue.js";
import { InputError, issue } from "../../core/issue.js";
import { RINGS } from "../../core/ring.js";
import type { Rule } from "../model.js";
import { SEVERITIES } from "../model.js";
import { Fields } from "./fields.js";
import type { LoadedModule } from "./modules.js";
import { pathText } from "./yaml.js";

const ADVICE = "Make it with defineRule, as docs/own-rules.md shows";

/** The kinds of examples. */
const KINDS = ["fail", "pass", "unknown"] as const;

/**
 * The rules that a module exports, by name or as a list.
 *
 * @param file For messages.
 * @throws InputError for every export that is a rule in part, and when there is none.
 */
export function rulesIn(loaded: LoadedModule, file: string): readonly Rule[] {
  const exported = Object.entries(loaded).flatMap(([name, value]) =>
    Array.isArray(value)
      ? (value as readonly unknown[]).map((item, i) => [`${name}[${i}]`, item] as const)
      : [[name, value] as const],
  );
  const candidates = new Map(
    exported.filter(([, value]) => isMeantAsRule(value)).map(([name, value]) => [value, name]),
  );
  if (candidates.size === 0)
    throw new InputError("rules", [issue("Required", file, "must export a rule", undefined, ADVICE)]);
  const issues: Issue[] = [];
  const rules = [...candidates].map(([value, name]) => checkedRule(value, `${file} ${name}`, issues));
  if (issues.length > 0) throw new InputError(`rules in ${file}`, issues);
  return rules;
}

/**
 * One value as a rule.
 *
 * @throws InputError when it is none.
 */
export function ruleIn(value: unknown, name: string): Rule {
  const issues: Issue[] = [];
  const rule = checkedRule(value, name, issues);
  if (issues.length > 0) throw new InputError("rules", issues);
  return rule;
}

function isMeantAsRule(value: unknown): boolean {
  return typeof value === "object" && value !== null && "id" in value && "check" in value;
}

/** What `defineRule` types, checked where nobody compiled it. */
function checkedRule(value: unknown, name: string, issues: Issue[]): Rule {
  const fields = Fields.of(value, [], (path) => (path.length === 0 ? name : `${name} ${pathText(path)}`), issues);
  if (fields !== undefined) {
    for (const field of ["id", "title", "rationale", "remediation", "since"]) fields.requiredText(field, ADVICE);
    for (const field of ["ring", "severity", "references", "reads", "examples", "check"])
      if (!fields.has(field)) issues.push(issue("Required", fields.at(field), "must be there", undefined, ADVICE));
    fields.oneOf("ring", RINGS);
    fields.oneOf("severity", SEVERITIES);
    fields.list("references", ADVICE);
    fields.texts("reads", ADVICE);
    const examples = fields.map("examples", KINDS);
    for (const kind of KINDS)
      for (const i of examples?.list(kind, ADVICE).keys() ?? []) checkExample(examples, kind, i, issues);
    if (fields.has("check") && typeof fields.any("check") !== "function")
      issues.push(issue("Malformed", fields.at("check"), "must be a function", typeof fields.any("check"), ADVICE));
  }
  return withAllExamples(value as Rule);
}

/** What an example says; of one that is found or undecided also where. */
function checkExample(examples: Fields | undefined, kind: string, i: number, issues: Issue[]): void {
  const list = examples?.any(kind);
  if (examples === undefined || !Array.isArray(list)) return;
  const fields = Fields.of(list[i], [...examples.path, kind, i], examples.where, issues);
  if (fields === undefined) return;
  fields.requiredText("title", "Say in a few words what the example shows");
  const resources = "List the resources of the example";
  if (!fields.has("resources"))
    issues.push(issue("Required", fields.at("resources"), "must be there", undefined, resources));
  fields.list("resources", resources);
  if (kind === "pass" || typeof fields.any("path") === "string") return;
  const advice = 'Write the property that the finding points at, "" for the resource as a whole';
  issues.push(issue("Required", fields.at("path"), "must be text", fields.any("path"), advice));
}

/** A rule of whose kinds of examples none is absent: JavaScript may leave out what it has none of. */
function withAllExamples(rule: Rule): Rule {
  const given: unknown = rule.examples;
  if (typeof given !== "object" || given === null || KINDS.every((kind) => kind in given)) return rule;
  return { ...rule, examples: { fail: [], pass: [], unknown: [], ...given } };
}

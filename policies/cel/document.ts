import type { Issue } from "../../core/issue.js";
import { InputError, issue } from "../../core/issue.js";
import type { Ring } from "../../core/ring.js";
import { RINGS } from "../../core/ring.js";
import { Fields } from "../config/fields.js";
import type { Where } from "../config/fields.js";
import type { Step, YamlDocument } from "../config/yaml.js";
import { parseYaml, placesOf } from "../config/yaml.js";
import type { Framework, Rule, Severity } from "../model.js";
import { SEVERITIES } from "../model.js";
import { ID_FORM } from "../own.js";
import { readExamples } from "./example-text.js";
import type { CelMatch } from "./match.js";
import { readMatch, variablesOf } from "./match.js";

/** A rule as its file says it, checked but for its expressions. */
export interface CelRuleText {
  readonly id: string;
  readonly title: string;
  readonly ring: Ring;
  readonly severity: Severity;
  readonly rationale: string;
  readonly remediation: string;
  readonly match: CelMatch;
  /** True where it holds. */
  readonly expression: string;
  /** Property path of its findings; empty for the resource as a whole. */
  readonly path: string;
  /** Completes a sentence that begins with the resource: "has no label 'team'". */
  readonly message: string | undefined;
  /** Gives such a text. */
  readonly messageExpression: string | undefined;
  readonly references: Rule["references"];
  readonly examples: Rule["examples"];
  /** Names a field of the rule in messages, with file and line. */
  readonly at: (...path: readonly Step[]) => string;
}

const FIELDS = [
  "id",
  "title",
  "ring",
  "severity",
  "rationale",
  "remediation",
  "match",
  "expression",
  "path",
  "message",
  "messageExpression",
  "references",
  "examples",
] as const;

/** Frameworks that references may name. */
const REFERENCED = Object.keys({
  "cis-eks-1.8.0": true,
  "cis-kubernetes": true,
  "cis-aws-7": true,
  "aws-fsbp": true,
  "aws-security-hub": true,
  "pci-dss-4": true,
  hipaa: true,
  "nist-csf-2": true,
  "nist-800-53": true,
  "nsa-cisa": true,
  pss: true,
  "owasp-k8s": true,
  attack: true,
} satisfies Record<Framework, true>) as readonly Framework[];

/**
 * The rules in a file: YAML or JSON, one or more documents, each a map with the one key `rules`.
 *
 * @throws InputError with file and line of every problem.
 */
export function readRuleTexts(text: string, file: string): readonly CelRuleText[] {
  const issues: Issue[] = [];
  const rules = parseYaml(text, file).flatMap((document) => rulesOf(document, file, issues));
  if (rules.length === 0 && issues.length === 0)
    issues.push(issue("Required", file, "must hold rules", undefined, "Begin it with 'rules:' and a list"));
  if (issues.length > 0) throw new InputError(`rules in ${file}`, issues);
  return rules;
}

function rulesOf(document: YamlDocument, file: string, issues: Issue[]): readonly CelRuleText[] {
  const where = placesOf(document, file);
  const root = Fields.of(document.value, [], where, issues, ["rules"]);
  const list = root?.list("rules", "Write a list of maps with id, title, match, expression and examples") ?? [];
  return list.flatMap((value, i) => {
    const before = issues.length;
    const fields = Fields.of(value, ["rules", i], where, issues, FIELDS);
    const rule = fields === undefined ? undefined : ruleOf(fields, where);
    return rule === undefined || issues.length > before ? [] : [rule];
  });
}

function ruleOf(fields: Fields, where: Where): CelRuleText {
  const { issues, path } = fields;
  const id = fields.requiredText("id", "Write one with a name of yours before it: 'shop-team-label'");
  if (id !== "" && !ID_FORM.test(id))
    issues.push(issue("Malformed", fields.at("id"), "must be small letters, digits and dashes", id, "Rename it"));
  const severity = required(fields, "severity", SEVERITIES);
  const match = readMatch(fields);
  const findingPath = fields.text("path", "Name the property that findings point at, or leave it out") ?? "";
  return {
    id,
    title: fields.requiredText("title", "Say in a few words what must hold"),
    ring: required(fields, "ring", RINGS),
    severity,
    rationale: fields.requiredText("rationale", "Say why it matters"),
    remediation: fields.requiredText("remediation", "Say what to change, to paste"),
    match,
    expression: fields.requiredText(
      "expression",
      `Write CEL over ${variablesOf(match).join(", ")}, true where the rule holds`,
    ),
    path: findingPath,
    message: fields.text("message", "Complete a sentence that begins with the resource: \"has no label 'team'\""),
    messageExpression: fields.text("messageExpression", "Write CEL that gives text"),
    references: referencesOf(fields),
    examples: readExamples(fields, match, findingPath),
    at: (...steps) => where([...path, ...steps]),
  };
}

function required<const Word extends string>(fields: Fields, name: string, words: readonly [Word, ...Word[]]): Word {
  if (!fields.has(name))
    fields.issues.push(
      issue("Required", fields.at(name), `must be one of ${words.join(", ")}`, undefined, "Add it to the rule"),
    );
  return fields.oneOf(name, words) ?? words[0];
}

/** Requirements of frameworks that the rule helps to check: `{ pci-dss-4: ["1.2.8"] }`. */
function referencesOf(rule: Fields): Rule["references"] {
  const fields = rule.map("references", REFERENCED);
  const advice = "List the framework's own ids, in quotes where they are numbers";
  return REFERENCED.flatMap((framework) =>
    (fields?.texts(framework, advice) ?? []).map((id) => ({ framework, id, source: rule.at("references") })),
  );
}

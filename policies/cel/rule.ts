import type { Issue } from "../../core/issue.js";
import { InputError } from "../../core/issue.js";
import type { PlannedObject, PlannedResource } from "../../plan/model/index.js";
import { isPlannedObject, Secret, splitPath } from "../../plan/model/index.js";
import type { Cursor } from "../../plan/world/index.js";
import { defineRule } from "../define.js";
import { SENSITIVE_INPUTS } from "../lib/sensitive-inputs.js";
import type { Rule, Verdict } from "../model.js";
import type { RuleBody } from "../shapes.js";
import { labelOf, onKubernetes, onPods, onResource } from "../shapes.js";
import { fail, notApplicable, pass, unknown } from "../verdicts.js";
import type { CelRuleText } from "./document.js";
import { readRuleTexts } from "./document.js";
import type { CelAnswer, CelExpression, CelVariables } from "./expression.js";
import { CelLanguage } from "./expression.js";
import { variablesOf } from "./match.js";
import type { SecretReading } from "./values.js";

/** What `since` says of a rule that no release of Ringfence brought. */
export const OWN_SINCE = "own";

/**
 * The rules in a file of rules in CEL (Common Expression Language, github.com/google/cel-spec), as rules like any other.
 *
 * An expression is true where its rule holds. Where it needs a value that nobody knows before the deployment, the verdict is
 * `unknown`. Where it cannot be evaluated, since it reads a field that is not there, it fails and says so, as a
 * ValidatingAdmissionPolicy with `failurePolicy: Fail` does.
 *
 * @throws InputError with file and line of every problem, those within expressions included.
 */
export function readCelRules(text: string, file: string): readonly Rule[] {
  const texts = readRuleTexts(text, file);
  const language = new CelLanguage();
  const issues: Issue[] = [];
  const rules = texts.map((rule) => ruleOf(rule, language, issues));
  if (issues.length > 0) throw new InputError(`rules in ${file}`, issues);
  return rules;
}

function ruleOf(text: CelRuleText, language: CelLanguage, issues: Issue[]): Rule {
  const compile = (field: "expression" | "messageExpression"): CelExpression | undefined => {
    const source = text[field];
    if (source === undefined) return undefined;
    const compiled = language.compile(source, variablesOf(text.match));
    if (typeof compiled === "function") return compiled;
    const advice = "See github.com/google/cel-spec for the language";
    issues.push({ code: "Malformed", path: text.at(field), rule: `must be CEL: ${compiled.message}`, advice });
    return undefined;
  };
  const asker = new Asker(text, language, compile("expression"), compile("messageExpression"));
  const { id, title, ring, severity, rationale, remediation, references, examples } = text;
  const rest = { id, title, ring, severity, rationale, remediation, references, examples, since: OWN_SINCE };
  return defineRule({ ...rest, ...asker.body() });
}

/** A resource that an expression is asked about. */
interface Asked {
  readonly resource: PlannedResource;
  readonly root: Cursor;
  /** For messages: `Deployment 'vote/db'`. */
  readonly label: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  /** The pod's spec, of a workload. */
  readonly podSpec?: Cursor;
}

const NOTHING: PlannedObject = {};

/** Asks one rule's expressions. */
class Asker {
  constructor(
    private readonly text: CelRuleText,
    private readonly language: CelLanguage,
    private readonly expression: CelExpression | undefined,
    private readonly messageExpression: CelExpression | undefined,
  ) {}

  body(): RuleBody {
    const { match } = this.text;
    switch (match.kind) {
      case "objects":
        return onKubernetes(match.types, ({ object, root }) => {
          const { resource, name, namespace } = object;
          return this.#within(match.namespaces, { resource, root, label: labelOf(object), name, namespace });
        });
      case "workloads":
        return onPods(({ workload, label, spec }) => {
          const { resource, name, namespace, root } = workload.object;
          return this.#within(match.namespaces, { resource, root, label, name, namespace, podSpec: spec });
        });
      case "resources":
        return onResource(match.types, ({ resource, inputs }) => {
          const label = `${resource.type.split(":").at(-1) ?? ""} '${resource.name}'`;
          return this.#judge({ resource, root: inputs, label, name: resource.name });
        });
    }
  }

  #within(namespaces: readonly string[] | undefined, asked: Asked): Verdict {
    if (namespaces === undefined || (asked.namespace !== undefined && namespaces.includes(asked.namespace)))
      return this.#judge(asked);
    return notApplicable(`it is about the namespaces ${namespaces.join(", ")}`);
  }

  #judge(asked: Asked): Verdict {
    const at = asked.root.at(...splitPath(this.text.path));
    const answer = this.#ask(this.expression, asked, "reveal");
    if (answer.kind === "unknown")
      return unknown(at, `a value of ${asked.label} that decides is not known before the deployment`);
    if (answer.kind === "value" && answer.value === true) return pass();
    const verdict = fail(at, this.#messageOf(asked, answer));
    return verdict.kind === "fail" && verdict.actual !== undefined && this.#isSensitive(asked.resource)
      ? { ...verdict, actual: new Secret(verdict.actual) }
      : verdict;
  }

  #messageOf(asked: Asked, answer: CelAnswer): string {
    if (answer.kind === "error")
      return `the expression cannot be evaluated on ${asked.label}: ${answer.message}. Ask 'has(...)' before reading it`;
    if (answer.kind === "value" && answer.value !== false)
      return `the expression must give true or false, and gives another value on ${asked.label}`;
    const said = this.messageExpression === undefined ? undefined : this.#ask(this.messageExpression, asked, "hide");
    if (said?.kind === "value" && typeof said.value === "string" && said.value !== "")
      return `${asked.label} ${said.value.replace(/\s+/g, " ")}`;
    return this.text.message === undefined
      ? `${asked.label} does not meet: ${this.text.title}`
      : `${asked.label} ${this.text.message}`;
  }

  #ask(expression: CelExpression | undefined, asked: Asked, secrets: SecretReading): CelAnswer {
    if (expression === undefined || asked.root.isUnknown || asked.podSpec?.isUnknown === true)
      return { kind: "unknown" };
    return expression(this.#variables(asked, secrets));
  }

  #variables({ resource, root, name, namespace, podSpec }: Asked, secrets: SecretReading): CelVariables {
    const values = this.language.values[secrets];
    const inputs = isPlannedObject(root.value) ? root.value : NOTHING;
    const object = values.variable(secrets === "hide" ? hideSensitive(resource.type, inputs) : inputs);
    if (this.text.match.kind === "resources") return { inputs: object, name };
    const spec = podSpec?.value;
    return {
      object,
      name,
      namespace: namespace ?? "",
      ...(podSpec === undefined ? {} : { podSpec: values.variable(isPlannedObject(spec) ? spec : NOTHING) }),
    };
  }

  /** Whether findings point into what is a secret by what it is, whoever wrote it without a mark. */
  #isSensitive({ type }: PlannedResource): boolean {
    const [first] = splitPath(this.text.path);
    return typeof first === "string" && (SENSITIVE_INPUTS.get(type) ?? []).includes(first);
  }
}

/** The inputs with a mark on what is a secret by what it is. */
function hideSensitive(type: string, inputs: PlannedObject): PlannedObject {
  const sensitive = SENSITIVE_INPUTS.get(type) ?? [];
  if (sensitive.length === 0) return inputs;
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, sensitive.includes(key) ? new Secret(value) : value]),
  );
}

import { identityOf, World } from "../plan/world/index.js";
import { askRule } from "./ask.js";
import { planOfExample } from "./examples.js";
import type { Example, Finding, FindingExample, Rule } from "./model.js";
import { readParameters } from "./parameters.js";

/** What came of one example of a rule. */
export interface ExampleResult {
  /** Id of the rule. */
  readonly rule: string;
  readonly kind: "fail" | "pass" | "unknown";
  readonly title: string;
  /** What is wrong, a sentence each; empty when the rule says what the example shows. */
  readonly problems: readonly string[];
}

/**
 * Runs the examples of a rule: what fails must be found at its place, what passes must pass and give no finding, and what
 * nobody can decide must be undecided. A rule without an example of each of the first two says so.
 *
 * @param today The day on which dated facts are read. Defaults to now.
 */
export function runExamples(rule: Rule, today: Date = new Date()): readonly ExampleResult[] {
  const { fail, pass, unknown } = rule.examples;
  const result = (kind: ExampleResult["kind"], example: Example, problems: readonly string[]): ExampleResult => ({
    rule: rule.id,
    kind,
    title: example.title,
    problems,
  });
  const none = (kind: "fail" | "pass"): ExampleResult[] =>
    rule.examples[kind].length > 0
      ? []
      : [
          {
            rule: rule.id,
            kind,
            title: "no example",
            problems: [`a rule must have an example that ${kind}${kind === "pass" ? "es" : "s"}`],
          },
        ];
  return [
    ...none("fail"),
    ...none("pass"),
    ...fail.map((example) => result("fail", example, findingProblems(rule, "fail", example, today))),
    ...pass.map((example) => result("pass", example, passProblems(rule, example, today))),
    ...unknown.map((example) => result("unknown", example, findingProblems(rule, "unknown", example, today))),
  ];
}

function ask(rule: Rule, example: Example, today: Date): ReturnType<typeof askRule> {
  const parameters = readParameters({ [rule.id]: example.parameters ?? {} }, [rule]);
  const { title, previous } = example;
  const before = previous === undefined ? {} : { previous: new World(planOfExample({ title, resources: previous })) };
  return askRule(rule, { world: new World(planOfExample(example)), today, parameters, ...before });
}

function findingProblems(
  rule: Rule,
  verdict: "fail" | "unknown",
  example: FindingExample,
  today: Date,
): readonly string[] {
  const { findings, defects } = ask(rule, example, today);
  if (defects.length > 0) return defects.map(({ message }) => message);
  const on = example.on ?? example.resources[0]?.name;
  const isWanted = (f: Finding): boolean => f.verdict === verdict && f.path === example.path && f.resource.name === on;
  if (findings.some(isWanted)) {
    const failed = verdict === "unknown" ? findings.filter((f) => f.verdict === "fail") : [];
    return failed.map((f) => `it must leave this undecided, and fails: ${describe(f)}`);
  }
  const place = example.path === "" ? `'${on ?? ""}'` : `'${example.path}' of '${on ?? ""}'`;
  const instead = findings.length === 0 ? "and finds nothing" : `and says ${findings.map(describe).join("; ")}`;
  return [`it must say '${verdict}' of ${place}, ${instead}`];
}

function passProblems(rule: Rule, example: Example, today: Date): readonly string[] {
  const { findings, defects, passes } = ask(rule, example, today);
  if (defects.length > 0) return defects.map(({ message }) => message);
  if (findings.length > 0) return findings.map((f) => `it must pass, and says ${describe(f)}`);
  return passes.length > 0 ? [] : ["it must pass, and the rule finds nothing to judge: look at 'match' and the object"];
}

function describe({ verdict, resource, path, message }: Finding): string {
  return `'${verdict}' of ${identityOf(resource).id}${path === "" ? "" : `, ${path}`} (${message})`;
}

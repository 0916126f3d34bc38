import { askRule } from "../../policies/judge.js";
import { exampleUrn, planOfExample } from "../../policies/examples.js";
import type { Example, FindingExample, Rule } from "../../policies/index.js";
import { RULES } from "../../policies/index.js";
import { readParameters } from "../../policies/parameters.js";
import { World } from "../../plan/world/index.js";
import { contextOf } from "./said.js";

/** What a rule says of an example: every verdict but pass, as `verdict resource path`. */
function ask(rule: Rule, example: Example) {
  const parameters = readParameters({ [rule.id]: example.parameters ?? {} }, [rule]);
  const { title, previous } = example;
  const before = previous === undefined ? {} : { previous: new World(planOfExample({ title, resources: previous })) };
  const answer = askRule(rule, { ...contextOf(new World(planOfExample(example))), parameters, ...before });
  expect(answer.defects).toEqual([]);
  return {
    ...answer,
    said: answer.findings.map((f) => `${f.verdict} ${f.resource.urn} ${f.path}`),
  };
}

function expected(verdict: "fail" | "unknown", example: FindingExample): string {
  const on = example.resources.find((r) => r.name === (example.on ?? example.resources[0]?.name));
  return `${verdict} ${on === undefined ? "?" : exampleUrn(on)} ${example.path}`;
}

// Where a plan always tells, because what decides is an option or the mere presence of a resource.
const ALWAYS_KNOWN: readonly string[] = [
  "api-version-not-deprecated",
  "iam-access-analyzer-present",
  "securityhub-enabled",
  "vpc-no-default-vpc",
];

describe.each(RULES.map((rule: Rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  test.each(rule.examples.fail.map((e) => [e.title, e] as const))("fails: %s", (_, example) => {
    expect(ask(rule, example).said).toContain(expected("fail", example));
  });

  test.each(rule.examples.pass.map((e) => [e.title, e] as const))("does not fail: %s", (_, example) => {
    expect(ask(rule, example).said).toEqual([]);
  });

  if (rule.examples.unknown.length > 0)
    test.each(rule.examples.unknown.map((e) => [e.title, e] as const))("cannot tell: %s", (_, example) => {
      const { said, findings } = ask(rule, example);
      expect(said).toContain(expected("unknown", example));
      expect(findings.filter((f) => f.verdict === "fail")).toEqual([]);
    });

  test("has an example that really passes, one that fails and one that nobody can decide", () => {
    expect(rule.examples.fail.length).toBeGreaterThan(0);
    expect(rule.examples.pass.filter((example) => ask(rule, example).passes.length > 0).length).toBeGreaterThan(0);
    expect(rule.examples.unknown.length > 0).toBe(!ALWAYS_KNOWN.includes(id));
  });

  test("says something about each finding, in one line that begins in lower case", () => {
    for (const example of [...rule.examples.fail, ...rule.examples.unknown])
      for (const { message } of ask(rule, example).findings) expect(message).toMatch(/^\S[^\n]{20,300}[^.]$/);
  });
});

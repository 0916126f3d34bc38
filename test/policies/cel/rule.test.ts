import { container, manifest, planned, planOfExample, secret, unresolved } from "../../../policies/examples.js";
import type { ExampleObject, ExampleResource } from "../../../policies/index.js";
import { controlsOf, judge, readCelRules } from "../../../policies/index.js";

const EXAMPLES = `
    examples:
      fail: [{ title: none, object: { apiVersion: v1, kind: ConfigMap, metadata: { name: a } } }]
      pass: [{ title: some, object: { apiVersion: v1, kind: ConfigMap, metadata: { name: a } } }]
`;

/** A rule file with one rule. */
function rule(fields: string, examples = EXAMPLES): string {
  return `rules:
  - id: shop-rule
    title: what the shop wants holds
    ring: cluster
    severity: medium
    rationale: The shop wants it.
    remediation: change it
${fields
  .trim()
  .split("\n")
  .map((line) => `    ${line.trim()}`)
  .join("\n")}${examples}`;
}

function configMap(rest: ExampleObject): ExampleResource {
  return manifest({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "vote" }, ...rest });
}

/** What a rule says: verdict, path and message of each finding, else `pass` or `notApplicable`. */
function said(text: string, ...resources: readonly ExampleResource[]): readonly string[] {
  const ownRules = readCelRules(text, "shop.yaml");
  const { findings, defects, counts } = judge(planOfExample({ title: "a case", resources }), {
    ownRules,
    rules: ["shop-rule"],
  });
  expect(defects).toEqual([]);
  if (findings.length > 0) return findings.map((f) => `${f.verdict} ${f.path} ${f.message}`);
  return [counts.pass > 0 ? "pass" : "notApplicable"];
}

const onData = (expression: string) =>
  rule(
    `match: { kinds: [ConfigMap] }\nexpression: ${JSON.stringify(expression)}\npath: data.mode\nmessage: has a bad mode`,
  );

describe("an expression over a Kubernetes object", () => {
  test("that is true passes, that is false fails at the rule's path with its message", () => {
    const text = onData("object.data.mode == 'strict'");
    expect(said(text, configMap({ data: { mode: "strict" } }))).toEqual(["pass"]);
    expect(said(text, configMap({ data: { mode: "lax" } }))).toEqual([
      "fail data.mode ConfigMap 'vote/a' has a bad mode",
    ]);
  });

  test("counts whole numbers as int, so that arithmetic works", () => {
    const text = onData("object.n + 1 == 4 && object.n > 2 && object.half < 1.0");
    expect(said(text, configMap({ n: 3, half: 0.5 }))).toEqual(["pass"]);
  });

  test.each([
    ["a field that decides", "object.data.mode == 'strict'", "unknown"],
    ["whether it is there", "has(object.data.mode)", "unknown"],
    ["a key of the map", "'mode' in object.data", "unknown"],
    ["the map as a whole", "object.data == {'other': 'x'}", "unknown"],
    ["the map as a whole, the other way round", "!({'mode': 'x', 'other': 'x'} == object.data)", "unknown"],
    ["every key", "object.data.all(k, k != 'x')", "unknown"],
    ["how many", "size(object.data) == 2", "unknown"],
    ["an item of a list", "object.list[1] == 'b'", "unknown"],
    ["what a list holds", "!('x' in object.list)", "unknown"],
    ["two lists", "object.list != ['a', 'b']", "unknown"],
    ["whether one exists", "object.list.exists(i, i == 'x')", "unknown"],
    ["its type", "type(object.data.mode) == string", "unknown"],
    ["a chosen branch", "object.data.mode == 'x' ? true : true", "unknown"],
    ["nothing: the other side of an or decides", "object.data.mode == 'x' || object.data.other == 'x'", "pass"],
    ["nothing: the other side of an and decides", "object.data.mode == 'x' && object.data.other == 'y'", "fail"],
    ["nothing: the other side does not decide", "object.data.mode == 'x' && object.data.other == 'x'", "unknown"],
    ["nothing: another field does", "object.data.other == 'x'", "pass"],
    ["nothing: how many items there are", "size(object.list) == 2", "pass"],
  ])("is three-valued where %s is not known: %s", (_, expression, verdict) => {
    const object = configMap({ data: { mode: unresolved("string"), other: "x" }, list: ["a", unresolved()] });
    expect(said(onData(expression), object).map((line) => line.split(" ")[0])).toEqual([verdict]);
  });

  test("that cannot be evaluated fails, and says what to ask first", () => {
    expect(said(onData("object.data.mode == 'strict'"), configMap({}))).toEqual([
      "fail data.mode the expression cannot be evaluated on ConfigMap 'vote/a': field not found: data. Ask 'has(...)' before reading it",
    ]);
  });

  test("that gives no boolean fails", () => {
    expect(said(onData("object.data.mode"), configMap({ data: { mode: "x" } }))).toEqual([
      "fail data.mode the expression must give true or false, and gives another value on ConfigMap 'vote/a'",
    ]);
  });

  test("is asked in the namespaces that the rule names alone", () => {
    const text = rule("match: { kinds: [ConfigMap], namespaces: [shop] }\nexpression: 'false'");
    expect(said(text, configMap({}))).toEqual(["notApplicable"]);
  });

  test("is asked of every version of a kind, and of the kinds of others", () => {
    const text = rule("match: { kinds: [argoproj.io/Rollout] }\nexpression: object.spec.ok");
    const rollout = (version: string) =>
      manifest({ apiVersion: `argoproj.io/${version}`, kind: "Rollout", metadata: { name: "a" }, spec: { ok: true } });
    expect(said(text, rollout("v1alpha1"))).toEqual(["pass"]);
  });
});

describe("an expression over other resources", () => {
  test("reads the pods of every workload as 'podSpec'", () => {
    const text = rule(
      "match: { workloads: true }\nexpression: podSpec.containers.all(c, c.image.startsWith('example.com/'))",
    );
    expect(said(text, container("db", {}))).toEqual(["pass"]);
    expect(said(text, container("db", { image: "docker.io/x" }))).toEqual([
      "fail  Deployment 'vote/db' does not meet: what the shop wants holds",
    ]);
  });

  test("reads the inputs of AWS resources as 'inputs'", () => {
    const examples = `
    examples:
      fail: [{ title: none, inputs: {} }]
      pass: [{ title: some, inputs: { tags: { team: a } } }]
`;
    const text = rule(
      "match: { types: ['aws:s3/bucket:Bucket'] }\nexpression: has(inputs.tags) && 'team' in inputs.tags",
      examples,
    );
    expect(said(text, planned("aws:s3/bucket:Bucket", "logs", { tags: { team: "a" } }))).toEqual(["pass"]);
    expect(said(text, planned("aws:s3/bucket:Bucket", "logs", {}))).toEqual([
      "fail  Bucket 'logs' does not meet: what the shop wants holds",
    ]);
  });
});

describe("a message", () => {
  const text = rule(
    "match: { kinds: [ConfigMap, Secret] }\nexpression: object.data.mode == 'strict'\npath: data.mode\nmessage: has a bad mode\nmessageExpression: \"'has the mode ' + object.data.mode\"",
  );

  test("can be an expression", () => {
    expect(said(text, configMap({ data: { mode: "lax" } }))).toEqual([
      "fail data.mode ConfigMap 'vote/a' has the mode lax",
    ]);
  });

  test("never repeats a secret, marked or not, and neither does the finding", () => {
    for (const object of [
      configMap({ data: { mode: secret("hunter2") } }),
      manifest({
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "a", namespace: "vote" },
        data: { mode: "hunter2" },
      }),
    ]) {
      const plan = planOfExample({ title: "a case", resources: [object] });
      const { findings } = judge(plan, { ownRules: readCelRules(text, "shop.yaml"), rules: ["shop-rule"] });
      expect(findings.map((f) => f.message)).toEqual([expect.stringMatching(/^\w+ 'vote\/a' has a bad mode$/)]);
      expect(JSON.stringify(findings.map((f) => f.value))).not.toContain("hunter2");
    }
  });
});

describe("a file of rules", () => {
  test.each([
    [
      "object.data.mode ==",
      /^ {2}'shop.yaml:9 rules\[0\].expression' must be CEL: .*\(line 1, column \d+ of the expression\)/m,
    ],
    ["objekt.data == 'x'", /must be CEL: reads 'objekt', which is no variable here: there are object, name, namespace/],
    ["object.list.all(i, j == 1)", /reads 'j', which is no variable here/],
    ["isPrivileged(object)", /calls 'isPrivileged', which is no function of CEL or of its string extension/],
    ["object.name.shout() == 'X'", /calls 'shout', which is no function/],
  ])("refuses the expression %s with file and line", (expression, message) => {
    expect(() => readCelRules(onData(expression), "shop.yaml")).toThrow(message);
  });

  test("accepts macros, types and the string functions", () => {
    const expression =
      "object.list.map(i, i.lowerAscii()).exists_one(i, i == 'a') && type(object.n) == int && object.list.filter(i, true).size() == 1";
    expect(said(onData(expression), configMap({ list: ["A"], n: 1 }))).toEqual(["pass"]);
  });

  test("names every problem at once, each with its line", () => {
    const text = `rules:
  - id: Shop Rule
    severity: hgh
    ring: cluster
    rationale: It matters.
    remediation: change it
    match: { kinds: [Deployment], typs: [] }
    expresion: "true"
    examples:
      fail: []
      pass: [{ title: x, object: { kind: ConfigMap } }]
`;
    expect(() => readCelRules(text, "shop.yaml")).toThrow(
      [
        "rules in shop.yaml:",
        "  'shop.yaml:8 rules[0].expresion' must be a field that there is. Did you mean 'expression'?",
        "  'shop.yaml:2 rules[0].id' must be small letters, digits and dashes, got 'Shop Rule'. Rename it",
        "  'shop.yaml:3 rules[0].severity' must be one of critical, high, medium, low, info, got 'hgh'. Did you mean 'high'?",
        "  'shop.yaml:7 rules[0].match.typs' must be a field that there is. Did you mean 'types'?",
        "  'shop.yaml:7 rules[0].match.kinds[0]' must be a kind with its API group, got 'Deployment'. Write 'apps/Deployment'",
        "  'shop.yaml:2 rules[0].title' must be there, got nothing. Say in a few words what must hold",
        "  'shop.yaml:2 rules[0].expression' must be there, got nothing. Write CEL over object, name, namespace, true where the rule holds",
        "  'shop.yaml:10 rules[0].examples.fail' must hold an example, got nothing. Write a list of maps with a title and the object; `ringfence rules test` runs them",
        "  'shop.yaml:11 rules[0].examples.pass[0].object.apiVersion' must be there, got nothing. Write apiVersion, kind and metadata.name, as in its YAML",
        "  'shop.yaml:11 rules[0].examples.pass[0].object.metadata' must be there, got nothing. Write apiVersion, kind and metadata.name, as in its YAML",
      ].join("\n"),
    );
  });

  test.each(["", "rules: []", "rules: 7", "- id: x", "rule: []"])("refuses '%s', which holds no rules", (text) => {
    expect(() => readCelRules(text, "shop.yaml")).toThrow(/^rules in shop.yaml:\n {2}'shop.yaml/);
  });
});

test("references put a rule into the tables of frameworks, and name frameworks that there are", () => {
  const text = rule("match: { kinds: [ConfigMap] }\nexpression: 'false'\nreferences: { cis-eks-1.8.0: ['3.1.1'] }");
  const plan = planOfExample({ title: "a case", resources: [configMap({})] });
  const judgement = judge(plan, { sets: ["cis-eks-1.8.0"], ownRules: readCelRules(text, "shop.yaml") });
  const row = controlsOf(judgement, "cis-eks-1.8.0").rows.find(({ id }) => id === "3.1.1");
  expect([row?.state, row?.evidence.map((e) => [e.rule, e.source])]).toEqual([
    "failed",
    [["shop-rule", "shop.yaml:10 rules[0].references"]],
  ]);
  expect(() => readCelRules(text.replace("cis-eks-1.8.0", "cis-eks"), "shop.yaml")).toThrow(
    "'shop.yaml:10 rules[0].references.cis-eks' must be a field that there is. Did you mean",
  );
});

describe("rules of one's own in a judgement", () => {
  const ownRules = readCelRules(rule("match: { kinds: [ConfigMap] }\nexpression: 'false'"), "shop.yaml");
  const plan = planOfExample({ title: "a case", resources: [configMap({})] });

  test("are asked besides the sets, and not when rules alone are named", () => {
    expect(judge(plan, { ownRules }).rules.map(({ id }) => id)).toContain("shop-rule");
    expect(judge(plan, { ownRules, sets: ["cross-ring"] }).rules.map(({ id }) => id)).toContain("shop-rule");
    expect(judge(plan, { ownRules, rules: ["pod-no-privileged"] }).rules).toHaveLength(1);
  });

  test("may stand in sets of one's own, beside those of Ringfence", () => {
    const ownSets = [{ id: "shop", rules: ["shop-rule", "pod-no-privileged"] }];
    const { rules } = judge(plan, { ownRules, ownSets, sets: ["shop"] });
    expect(rules.map(({ id }) => id)).toEqual(["pod-no-privileged", "shop-rule"]);
  });

  test("take severities, and no id of another", () => {
    expect(judge(plan, { ownRules, severities: { "shop-rule": "low" } }).findings[0]?.severity).toBe("low");
    const [first] = ownRules;
    const taken = first === undefined ? [] : [{ ...first, id: "pod-no-privileged" }];
    expect(() => judge(plan, { ownRules: taken })).toThrow(
      "'rule' must have an id of its own, got 'pod-no-privileged'",
    );
    expect(() => judge(plan, { ownRules, severities: { "shop-rle": "low" } })).toThrow("Did you mean 'shop-rule'");
    expect(() => judge(plan, { ownSets: [{ id: "default", rules: ["nope-rule"] }] })).toThrow(
      /'set' must have an id of its own, got 'default'.*\n.*'set 'default'' must be the id of a rule, got 'nope-rule'/,
    );
  });
});

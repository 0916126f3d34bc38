import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { container, planOfExample } from "../../../policies/examples.js";
import { judge, loadConfig, loadExemptions, loadRules } from "../../../policies/index.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ringfence-config-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** The message of a refused configuration, without the folder's path. */
function refusal(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, "");
  }
  return "nothing was refused";
}

const CEL = `rules:
  - id: shop-team-label
    title: every workload names its team
    ring: container
    severity: medium
    rationale: Somebody has to answer at night.
    remediation: "metadata: { labels: { team: payments } }"
    match: { workloads: true }
    expression: has(object.metadata.labels) && 'team' in object.metadata.labels
    examples:
      fail: [{ title: none, object: { apiVersion: v1, kind: Pod, metadata: { name: a } } }]
      pass: [{ title: one, object: { apiVersion: v1, kind: Pod, metadata: { name: a, labels: { team: b } } } }]
`;

const JS_RULE = `exports.shopNoPods = {
  id: "shop-no-pods", title: "there are no bare pods", ring: "container", severity: "low", rationale: "They die.",
  remediation: "use a Deployment", references: [], since: "own", reads: ["kubernetes:core/v1:Pod"],
  examples: { fail: [], pass: [], unknown: [] },
  check: function* () {},
};`;

describe("ringfence.config.yaml", () => {
  test("becomes options of the judge, with rules and sets of one's own", () => {
    write({
      "ringfence.config.yaml": `
sets: [default, shop]
rules: [container-cpu-limit]
parameters: { image-approved-registry: { registries: [ghcr.io/shop] } }
severities: { pod-no-privileged: medium, shop-team-label: low }
failOn: critical
onUnknown: fail
kubernetesVersion: "1.35"
honourForeignSkips: true
exemptions: accepted.yaml
ownRules: [rules]
ownSets: { shop: { title: what the shop wants, rules: [shop-no-pods, shop-team-label] } }
`,
      "rules/team.yaml": CEL,
      "rules/deep/pods.js": JS_RULE,
      "rules/deep/pods.test.js": "throw new Error('tests are no rules')",
      "rules/node_modules/x/index.js": "throw new Error('nor are packages')",
    });
    const config = loadConfig(folder);
    const { ownRules = [], ...options } = config?.options ?? {};
    expect(ownRules.map(({ id }) => id)).toEqual(["shop-no-pods", "shop-team-label"]);
    expect(options).toEqual({
      sets: ["default", "shop"],
      rules: ["container-cpu-limit"],
      parameters: { "image-approved-registry": { registries: ["ghcr.io/shop"] } },
      severities: { "pod-no-privileged": "medium", "shop-team-label": "low" },
      kubernetesVersion: "1.35",
      honourForeignSkips: true,
      ownSets: [{ id: "shop", title: "what the shop wants", rules: ["shop-no-pods", "shop-team-label"] }],
    });
    expect([config?.failOn, config?.onUnknown, config?.exemptions]).toEqual(["critical", "fail", "accepted.yaml"]);
    const plan = planOfExample({ title: "a case", resources: [container("db", {})] });
    const { findings, kubernetesVersion } = judge(plan, config?.options);
    expect(kubernetesVersion).toBe("1.35");
    expect(findings.filter((f) => f.rule.id === "shop-team-label").map((f) => f.severity)).toEqual(["low"]);
  });

  test("is not asked for, and may be empty", () => {
    expect(loadConfig(folder)).toBeUndefined();
    write({ "ringfence.config.yaml": "# nothing yet\n" });
    expect(loadConfig(folder)?.options).toEqual({});
  });

  test("names every problem at once, each with line, value and nearest name", () => {
    write({
      "ringfence.config.yaml": `stes: [default]
sets: [defualt]
rules: [pod-no-privilegd]
kubernetesVersion: 1.36
parameters:
  image-approved-registry:
    registrys: [x]
    registries: no list
  nope-rule: {}
severities:
  pod-no-privileged: hgh
failOn: hight
exemptions: 7
ownSets:
  default: { rules: [] }
  shop: {}
ownRules: [missing.yaml]
`,
    });
    const lines = refusal(() => loadConfig(folder)).split("\n");
    expect(lines).toEqual([
      "ringfence.config.yaml:",
      "  'ringfence.config.yaml:1 stes' must be a field that there is. Did you mean 'sets'?",
      "  'ringfence.config.yaml:17 ownRules[0]: missing.yaml' must be a file or folder that exists, got nothing. Check the path",
      "  'ringfence.config.yaml:16 ownSets.shop.rules' must be there, got nothing. List ids of rules",
      "  'set' must have an id of its own, got 'default'. Another set has it: prefix it with a name of yours",
      "  'ringfence.config.yaml:2 sets[0]' must be the id of a set, got 'defualt'. Did you mean 'default'?",
      expect.stringMatching(
        /^ {2}'ringfence.config.yaml:3 rules\[0\]' must be the id of a rule, .* Did you mean 'pod-no-privileged'/,
      ),
      expect.stringMatching(/^ {2}'ringfence.config.yaml:\d+ parameters' must be the id of a rule, got 'nope-rule'/),
      "  'ringfence.config.yaml:6 parameters.image-approved-registry' must be the name of a parameter, got 'registrys'. Did you mean 'registries'?",
      expect.stringMatching(/^ {2}'ringfence.config.yaml:8 parameters.image-approved-registry.registries' must be /),
      "  'ringfence.config.yaml:11 severities.pod-no-privileged' must be one of critical, high, medium, low, info, got 'hgh'. Did you mean 'high'?",
      "  'ringfence.config.yaml:4 kubernetesVersion' must be a minor version of Kubernetes, got 1.36. Write it in quotes: '1.36'",
      expect.stringMatching(
        /^ {2}'ringfence.config.yaml:12 failOn' must be one of .*, got 'hight'. Did you mean 'high'\?$/,
      ),
      "  'ringfence.config.yaml:13 exemptions' must be text, got 7. Name a file, from the folder of this one",
    ]);
  });

  test("shows problems of its rule files with their own file and line", () => {
    write({ "ringfence.config.yaml": "ownRules: [bad.yaml]", "bad.yaml": CEL.replace("has(object", "has(objekt") });
    expect(refusal(() => loadConfig(folder))).toContain(
      "'ringfence.config.yaml:1 ownRules[0]: bad.yaml:9 rules[0].expression' must be CEL: reads 'objekt'",
    );
  });

  test("is one file: two are a conflict", () => {
    write({ "ringfence.config.yaml": "", "ringfence.config.json": "{}" });
    expect(refusal(() => loadConfig(folder))).toContain(
      "must be one file, got 'ringfence.config.yaml, ringfence.config.json'",
    );
  });
});

describe("a configuration that is a program", () => {
  test("is JavaScript as Node reads it", () => {
    write({ "ringfence.config.cjs": `module.exports = { default: { sets: ["cross-ring"] } };` });
    expect(loadConfig(folder)?.options).toEqual({ sets: ["cross-ring"] });
  });

  test("may hold rules themselves, which are checked", () => {
    write({
      "ringfence.config.cjs": `const { shopNoPods } = require("./pods.cjs");
module.exports = { default: { ownRules: [shopNoPods, { id: "half", check() {} }] } };`,
      "pods.cjs": JS_RULE,
    });
    const message = refusal(() => loadConfig(folder));
    expect(message).toContain("'ringfence.config.cjs ownRules[1]: rule title' must be there");
    expect(message).not.toContain("ownRules[0]");
  });

  test("that throws is one clear line", () => {
    write({ "ringfence.config.cjs": "throw new Error('no such team\\n    at somewhere')" });
    expect(refusal(() => loadConfig(folder))).toBe(
      "'ringfence.config.cjs' cannot be loaded: no such team at somewhere. Correct it, and run it again",
    );
  });

  test("does not mix two copies of Ringfence", () => {
    write({ "other/package.json": `{ "name": "ringfence" }`, "ringfence.config.cjs": "module.exports = {}" });
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(folder, "other"), join(folder, "node_modules", "ringfence"));
    expect(refusal(() => loadConfig(folder))).toContain("and another one runs. Run the project's own: npx ringfence");
  });
});

describe("files of rules", () => {
  test("may leave out kinds of examples that a rule has none of", () => {
    write({ "rule.cjs": JS_RULE.replace(", unknown: []", "") });
    expect(loadRules(join(folder, "rule.cjs")).map(({ examples }) => examples)).toEqual([
      { fail: [], pass: [], unknown: [] },
    ]);
  });

  test("must say of every example what it shows, with what, and where", () => {
    write({ "rule.cjs": JS_RULE.replace("fail: []", 'fail: [{ title: "a pod" }, 3]') });
    expect(refusal(() => loadRules(join(folder, "rule.cjs"), "rule.cjs"))).toBe(
      [
        "rules in rule.cjs:",
        "  'rule.cjs shopNoPods examples.fail[0].resources' must be there, got nothing. List the resources of the example",
        `  'rule.cjs shopNoPods examples.fail[0].path' must be text, got nothing. Write the property that the finding points at, "" for the resource as a whole`,
        "  'rule.cjs shopNoPods examples.fail[1]' must be a map, got 3. Write 'key: value'",
      ].join("\n"),
    );
  });

  test("export rules by name or as a list, and nothing else counts", () => {
    write({ "pods.cjs": `${JS_RULE}\nexports.all = [exports.shopNoPods];\nexports.helper = () => 1;` });
    expect(loadRules(join(folder, "pods.cjs")).map(({ id }) => id)).toEqual(["shop-no-pods"]);
  });

  test.each([
    ["exports.a = 1;", "must export a rule"],
    ["exports.a = { id: 'x', check: 1 };", "pods.cjs a check' must be a function, got 'number'"],
  ])("refuse %s", (text, message) => {
    write({ "pods.cjs": text });
    expect(refusal(() => loadRules(join(folder, "pods.cjs"), "pods.cjs"))).toContain(message);
  });

  test("an empty folder is a mistake", () => {
    mkdirSync(join(folder, "rules"));
    expect(refusal(() => loadRules(join(folder, "rules"), "rules"))).toContain("'rules' must hold files of rules");
  });
});

test("exemptions come from the file that is named, else from the usual one when it is there", () => {
  expect(loadExemptions(folder)).toEqual({ exemptions: [], problems: [] });
  write({ "ringfence.exemptions.yaml": "exemptions: [{}]", "other.yaml": "exemptions: []" });
  expect(loadExemptions(folder).problems.length).toBeGreaterThan(0);
  expect(loadExemptions(folder, "other.yaml")).toEqual({ exemptions: [], problems: [] });
  expect(refusal(() => loadExemptions(folder, "missing.yaml"))).toContain(
    "'missing.yaml' must be a file or folder that exists",
  );
});

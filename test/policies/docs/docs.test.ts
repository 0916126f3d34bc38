import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { container, manifest, planOfExample } from "../../../policies/examples.js";
import type { ExampleObject } from "../../../policies/index.js";
import { judge, loadConfig, readCelRules, readExemptions, runExamples } from "../../../policies/index.js";
import { parseOneYaml } from "../../../policies/config/yaml.js";
import { packOptions } from "../../../policies/pack/settings.js";
import { shopOneSpot } from "./shop-rules.js";

const DOCS = join(__dirname, "..", "..", "..", "docs");
const page = (name: string): string => readFileSync(join(DOCS, name), "utf8");

/** The fenced blocks of a page in a language. */
function blocks(name: string, language: string): readonly string[] {
  return Array.from(page(name).matchAll(/^```(\w+)\n(.*?)^```$/gms), ([, lang, text = ""]) => [lang, text] as const)
    .filter(([lang]) => lang === language)
    .map(([, text]) => text);
}

const TODAY = new Date("2026-11-21");

describe("docs/exemptions.md", () => {
  const [file = "", object = ""] = blocks("exemptions.md", "yaml");
  const exporter = (annotations: ExampleObject) =>
    manifest({
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "node-exporter", namespace: "monitoring", annotations },
      spec: { template: { spec: { hostPID: true, containers: [] } } },
    });

  test("the file exempts what it says", () => {
    const { exemptions, problems } = readExemptions(file, "ringfence.exemptions.yaml");
    expect(problems).toEqual([]);
    const plan = planOfExample({ title: "a page", resources: [exporter({})] });
    const { findings, exempted, exemptionProblems } = judge(plan, {
      rules: ["pod-no-host-pid"],
      exemptions,
      today: TODAY,
    });
    expect([findings, exempted.length, exemptionProblems]).toEqual([[], 1, []]);
  });

  test("so does the annotation", () => {
    const { metadata } = parseOneYaml(object, "object.yaml").value as { metadata: { annotations: ExampleObject } };
    const plan = planOfExample({ title: "a page", resources: [exporter(metadata.annotations)] });
    const { findings, exempted, exemptionProblems } = judge(plan, { rules: ["pod-no-host-pid"], today: TODAY });
    expect([findings, exempted.length, exemptionProblems]).toEqual([[], 1, []]);
  });
});

describe("docs/own-rules.md", () => {
  const [cel = ""] = blocks("own-rules.md", "yaml");

  test("the rules in CEL do what their examples show", () => {
    const rules = readCelRules(cel, "rules/shop.yaml");
    expect(rules.map(({ id }) => id)).toEqual(["shop-team-label", "shop-bucket-tags"]);
    for (const rule of rules)
      for (const { title, problems } of runExamples(rule)) expect([title, problems]).toEqual([title, []]);
  });

  test("the rule in TypeScript is the one that is compiled and run here", () => {
    const code = readFileSync(join(__dirname, "shop-rules.ts"), "utf8");
    expect(blocks("own-rules.md", "ts")).toContain(
      code.replace('"../../../policies/index.js"', '"ringfence/policies"'),
    );
    for (const { title, problems } of runExamples(shopOneSpot)) expect([title, problems]).toEqual([title, []]);
  });
});

test("docs/configuration.md shows a configuration that loads, and names every field", () => {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-docs-"));
  try {
    const [config = ""] = blocks("configuration.md", "yaml");
    const [cel = ""] = blocks("own-rules.md", "yaml");
    mkdirSync(join(folder, "rules"));
    writeFileSync(join(folder, "ringfence.config.yaml"), config);
    writeFileSync(join(folder, "rules", "shop.yaml"), cel);
    const loaded = loadConfig(folder);
    const plan = planOfExample({ title: "a page", resources: [container("web", {})] });
    const { findings } = judge(plan, { ...loaded?.options, today: TODAY });
    expect(findings.filter((f) => f.rule.id === "shop-team-label").map((f) => f.message)).toEqual([
      "Deployment 'vote/web' names no team",
    ]);
    expect([loaded?.failOn, loaded?.onUnknown, loaded?.exemptions]).toEqual(["medium", "warn", "accepted.yaml"]);
    const fields = Object.keys(parseOneYaml(config, "config.yaml").value as object);
    for (const field of fields) expect(page("configuration.md")).toContain(`| \`${field}\` |`);
    const [pack = ""] = blocks("configuration.md", "json");
    const configured = (JSON.parse(pack) as Record<string, object>)["ringfence-inputs"] ?? {};
    writeFileSync(join(folder, "accepted.yaml"), "exemptions: []");
    expect(packOptions({ ...configured, project: folder }).sets).toEqual(["default", "cis-eks-1.8.0", "shop"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

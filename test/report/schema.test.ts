import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judge } from "../../policies/index.js";
import type { Plan } from "../../plan/model/index.js";
import { renderJson } from "../../report/json.js";
import type { Report } from "../../report/model.js";
import { fullReport } from "./fixture.js";
import { deployment, plan, report, resource } from "./support.js";

const schema = JSON.parse(readFileSync(join(__dirname, "../../docs/report.schema.json"), "utf8")) as object;

function problems(of: unknown): readonly string[] {
  const ajv = new Ajv({ allErrors: true });
  ajv.validate(schema, of);
  return (ajv.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ""}`);
}

function breached(): Plan {
  return plan([
    resource("aws:eks/cluster:Cluster", "prod", { inputs: { vpcConfig: {} }, operation: "create" }),
    resource("aws:ec2/vpc:Vpc", "old", { operation: "delete" }),
    resource("kubernetes:core/v1:Namespace", "vote", { inputs: { metadata: { name: "vote" } } }),
    deployment("db", {
      inputs: {
        metadata: { name: "db", namespace: "vote" },
        spec: {
          template: {
            spec: { containers: [{ name: "db", image: "postgres:9.4", securityContext: { privileged: true } }] },
          },
        },
      },
    }),
    resource("kubernetes:helm.sh/v3:Release", "nginx"),
  ]);
}

describe("docs/report.schema.json", () => {
  const judged = judge(breached());
  const document = JSON.parse(renderJson(report(breached(), judged, true))) as Report;

  it("describes the report of a plan with findings of every kind", () => {
    expect(new Set(document.findings.map((f) => f.verdict))).toContain("pass");
    expect(document.summary.fail).toBeGreaterThan(10);
    expect(problems(document)).toEqual([]);
  });

  it("describes the report of files, with what is exempted, implied, wrong and in the baseline", () => {
    const [first] = fullReport().findings;
    const full = JSON.parse(renderJson(fullReport({ baseline: new Set([first?.fingerprint ?? ""]) }))) as Report;
    expect(new Set(full.findings.map((f) => f.verdict))).toEqual(new Set(["fail", "unknown", "exempted", "pass"]));
    expect(
      full.findings.some((f) => f.covers.length > 0 && f.fix.some((change) => change.replaces !== undefined)),
    ).toBe(true);
    expect(full.problems.length * full.skipped.length * full.exemptionProblems.length).toBeGreaterThan(0);
    expect(full.environment).toBeUndefined();
    expect(problems(full)).toEqual([]);
    const [finding, ...rest] = full.findings;
    expect(problems({ ...full, findings: [{ ...finding, fingerprint: "x", verdict: "maybe" }, ...rest] })).toEqual([
      ".findings[0].verdict should be equal to one of the allowed values",
      '.findings[0].fingerprint should match pattern "^[0-9a-f]{32}$"',
    ]);
  });

  it("refuses a report that lacks a field or holds a wrong one", () => {
    const { summary, ...rest } = document;
    expect(summary.theorems.proved).toBe(0);
    expect(problems(rest)).toEqual([" should have required property 'summary'"]);
    expect(problems({ ...document, theorems: [{}] })).toEqual([".theorems should NOT have more than 0 items"]);
  });
});

import { loadAll } from "js-yaml";
import { renderOpenReports, renderPolicyReport } from "../../../report/formats/policy-report.js";
import { contextOf, db, fullReport, JUDGEMENT, limits } from "../fixture.js";
import { finding, judgement, plan } from "../support.js";
import { problemsBy } from "./schemas.js";

interface ReportObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly summary: Readonly<Record<string, number>>;
  readonly results: readonly {
    readonly policy: string;
    readonly result: string;
    readonly scored: boolean;
    readonly resources: readonly unknown[];
    readonly properties: Readonly<Record<string, string>>;
  }[];
}

function objectsOf(text: string): readonly ReportObject[] {
  const objects = loadAll(text) as ReportObject[];
  for (const { metadata, ...rest } of objects) {
    expect(problemsBy("report", rest)).toEqual([]);
    expect(metadata.name).toMatch(/^ringfence(-\d+)?$/);
  }
  return objects;
}

describe("reports as Kubernetes objects", () => {
  const report = fullReport();

  it("are one for each namespace, and one for what lies in none", () => {
    const heads = (text: string): readonly string[] =>
      objectsOf(text).map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.namespace ?? ""}`);
    expect(heads(renderOpenReports(report, contextOf(report)))).toEqual([
      "openreports.io/v1alpha1 ClusterReport ",
      "openreports.io/v1alpha1 Report vote",
    ]);
    expect(heads(renderPolicyReport(report, contextOf(report)))).toEqual([
      "wgpolicyk8s.io/v1alpha2 ClusterPolicyReport ",
      "wgpolicyk8s.io/v1alpha2 PolicyReport vote",
    ]);
  });

  it("say fail of what counts, warn of what does not, error of what is undecided, skip of what is exempted", () => {
    const [clusterWide, vote] = objectsOf(renderOpenReports(report, contextOf(report)));
    const said = (object: ReportObject | undefined): readonly string[] =>
      (object?.results ?? []).map(({ policy, result, scored }) => `${policy} ${result}${scored ? " scored" : ""}`);
    expect(said(clusterWide)).toEqual(["default-deny error scored", "odd-bucket warn", "holds pass"]);
    expect(said(vote)).toEqual([
      "no-privileged fail scored",
      "no-password fail scored",
      "cpu-limit warn",
      "env-duplicate warn",
      "image-pinned skip",
    ]);
    expect(vote?.summary).toEqual({ pass: 0, fail: 2, warn: 2, error: 0, skip: 1 });
  });

  it("name the object as Kubernetes does", () => {
    const [clusterWide, vote] = objectsOf(renderOpenReports(report, contextOf(report)));
    expect(vote?.results[0]?.resources).toEqual([
      { apiVersion: "apps/v1", kind: "Deployment", namespace: "vote", name: "db" },
    ]);
    expect(clusterWide?.results[0]?.resources).toEqual([{ apiVersion: "v1", kind: "Namespace", name: "vote" }]);
    expect(vote?.results[0]?.properties).toEqual({
      resource: "kubernetes:apps/v1:Deployment vote/db",
      path: "spec.template.spec.containers[0].securityContext.privileged",
      value: "true",
      source: "deploy/app 1.yaml:11:25",
      remediation: "fix: no-privileged",
      frameworks: "pss baseline/privileged",
      implies: "no-escalation",
      fingerprint: report.findings[0]?.fingerprint,
    });
  });

  it("are split where there are more results than an object should hold", () => {
    const findings = Array.from({ length: 2_001 }, (_, i) => finding(limits, db, { path: `b[${i}]` }));
    const many = fullReport({ judgement: { ...JUDGEMENT, findings, exempted: [] }, all: false });
    const objects = objectsOf(renderPolicyReport(many, contextOf(many)));
    expect(objects.map(({ metadata, results }) => `${metadata.name} ${results.length}`)).toEqual([
      "ringfence 1000",
      "ringfence-2 1000",
      "ringfence-3 1",
    ]);
  });

  it("are one empty one when nothing was found", () => {
    const clean = fullReport({ plan: plan([]), judgement: judgement([]) });
    expect(objectsOf(renderPolicyReport(clean, contextOf(clean)))).toMatchObject([
      { kind: "ClusterPolicyReport", results: [] },
    ]);
  });
});

import { dump } from "js-yaml";
import type { Gate } from "../gate.js";
import { counts, countsForGate } from "../gate.js";
import { groupBy } from "../groups.js";
import type { Report, ReportFinding, ReportResource } from "../model.js";
import { kindOf, mapTexts } from "../names.js";
import { exemptionTerms, fileText, referenceTexts, valueText } from "../values.js";
import type { RenderContext } from "./model.js";
import { wellFormed } from "./well-formed.js";

/** Results of one object: a few hundred bytes each, and etcd takes objects of 1.5 MiB. */
const RESULTS_AT_MOST = 1_000;

/** Longest text of a result, in characters: values and messages can be whole objects. */
const TEXT_AT_MOST = 400;

/** The two groups that know reports, which differ in names. */
interface Dialect {
  readonly apiVersion: string;
  readonly namespaced: string;
  readonly clusterWide: string;
}

/** The report as `PolicyReport` objects of `wgpolicyk8s.io/v1alpha2`, a YAML document each; see {@link renderOpenReports}. */
export function renderPolicyReport(report: Report, context: RenderContext): string {
  const dialect = { namespaced: "PolicyReport", clusterWide: "ClusterPolicyReport" };
  return render({ apiVersion: "wgpolicyk8s.io/v1alpha2", ...dialect }, report, context);
}

/**
 * The report as `Report` objects of `openreports.io/v1alpha1`, a YAML document each: one for every namespace, and cluster
 * reports for what lies in none. What counts for the exit code is `fail`, what does not `warn`, what cannot be known before
 * the deployment `error`, and what is exempted `skip`.
 */
export function renderOpenReports(report: Report, context: RenderContext): string {
  return render(
    { apiVersion: "openreports.io/v1alpha1", namespaced: "Report", clusterWide: "ClusterReport" },
    report,
    context,
  );
}

function render(dialect: Dialect, report: Report, context: RenderContext): string {
  const byNamespace = groupBy(report.findings, ({ resource }) => resource.namespace);
  const objects = [...byNamespace]
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1))
    .flatMap(([namespace, findings]) => {
      const results = findings.map((finding) => resultOf(finding, context));
      return chunksOf(results, RESULTS_AT_MOST).map((part, i) => objectOf(dialect, namespace, part, i));
    });
  const shown = objects.length === 0 ? [objectOf(dialect, undefined, [], 0)] : objects;
  return mapTexts(shown, wellFormed)
    .map((object) => `---\n${dump(object, { noRefs: true, lineWidth: 120 })}`)
    .join("");
}

/** `ReportResult` of the API, as far as it is used. */
interface Result {
  readonly source: "ringfence";
  readonly policy: string;
  readonly category: string;
  readonly severity: string;
  readonly result: "pass" | "fail" | "warn" | "error" | "skip";
  readonly scored: boolean;
  readonly message: string;
  readonly resources: readonly object[];
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
  readonly properties: Readonly<Record<string, string>>;
}

function objectOf(dialect: Dialect, namespace: string | undefined, results: readonly Result[], part: number): object {
  const number = (kind: Result["result"]): number => results.filter(({ result }) => result === kind).length;
  return {
    apiVersion: dialect.apiVersion,
    kind: namespace === undefined ? dialect.clusterWide : dialect.namespaced,
    metadata: {
      name: part === 0 ? "ringfence" : `ringfence-${part + 1}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { "app.kubernetes.io/managed-by": "ringfence" },
    },
    summary: {
      pass: number("pass"),
      fail: number("fail"),
      warn: number("warn"),
      error: number("error"),
      skip: number("skip"),
    },
    results,
  };
}

function resultOf(finding: ReportFinding, { gate, now }: RenderContext): Result {
  const { rule, verdict, severity, ring, resource, message } = finding;
  return {
    source: "ringfence",
    policy: rule,
    category: ring,
    severity,
    result: verdictOf(finding, gate),
    scored: verdict !== "exempted" && counts(severity, gate),
    message: cut(message),
    resources: [subjectOf(resource)],
    timestamp: { seconds: Math.floor(now.getTime() / 1000), nanos: 0 },
    properties: propertiesOf(finding),
  };
}

function verdictOf(finding: ReportFinding, gate: Gate): Result["result"] {
  switch (finding.verdict) {
    case "pass":
      return "pass";
    case "exempted":
      return "skip";
    case "unknown":
      return "error";
    case "fail":
      return countsForGate(finding, gate) ? "fail" : "warn";
  }
}

/** An `ObjectReference`. What Kubernetes does not know, as a bucket, has a kind and a name. */
function subjectOf({ type, namespace, name }: ReportResource): object {
  const [, version] = /^kubernetes:(?:core\/)?([^:]+):/.exec(type) ?? [];
  return {
    ...(version === undefined ? {} : { apiVersion: version }),
    kind: kindOf(type),
    ...(namespace === undefined ? {} : { namespace }),
    name,
  };
}

function propertiesOf(finding: ReportFinding): Readonly<Record<string, string>> {
  const { resource, path, source, remediation, fingerprint, exemption, covers } = finding;
  return {
    resource: resource.id,
    ...(path === "" ? {} : { path, value: cut(valueText(finding)) }),
    ...(source === undefined ? {} : { source: fileText(source) }),
    remediation: cut(remediation),
    frameworks: referenceTexts(finding).join("; "),
    ...(covers.length === 0 ? {} : { implies: [...new Set(covers.map(({ rule }) => rule))].join(", ") }),
    ...(exemption === null ? {} : { exemption: cut(`${exemption.reason} (${exemptionTerms(exemption, "owner ")})`) }),
    fingerprint,
  };
}

function cut(text: string): string {
  return text.length > TEXT_AT_MOST ? `${text.slice(0, TEXT_AT_MOST - 1)}…` : text;
}

function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

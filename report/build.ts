import type { Plan, PlannedResource } from "../plan/model/index.js";
import { renderKey, toPlainJson } from "../plan/model/index.js";
import type { Finding, Judgement, Pass, Rule, Severity } from "../policies/index.js";
import { SEVERITIES } from "../policies/model.js";
import { assumptionsOf, notEvaluatedOf, typesNotRead, warningsOf } from "./gaps.js";
import type { Environment, Report, ReportChanges, ReportFinding, ReportSummary } from "./model.js";
import { REPORT_FORMAT } from "./model.js";
import { isReal, mapTexts, reportResource, symbolHider } from "./names.js";
import { relaxationsOf } from "./relaxations.js";
import { ringfenceVersion } from "./version.js";

/** What a report is made from. */
export interface ReportParts {
  /** As given on the command line. */
  readonly path: string;
  /** The plan, with what the deployment would delete when a previous plan tells. */
  readonly plan: Plan;
  readonly environment: Environment;
  /** Nobody named the account, so the environment's stands in for it. */
  readonly standInAccount: boolean;
  /** What the rules say of {@link keptOf} the plan. */
  readonly judgement: Judgement;
  /** Whether passes are listed among the findings. */
  readonly all: boolean;
}

/** The plan without what the deployment would delete: what is judged and saved. */
export function keptOf(plan: Plan): Plan {
  const kept = plan.resources.filter((r) => r.operation !== "delete");
  return kept.length === plan.resources.length ? plan : { ...plan, resources: kept };
}

/** Builds the report. The same parts give the same report. */
export function buildReport({ path, plan, environment, standInAccount, judgement, all }: ReportParts): Report {
  const kept = keptOf(plan);
  const resources = kept.resources.filter(isReal).length;
  const changes = changesOf(plan);
  const report: Report = {
    format: REPORT_FORMAT,
    ringfence: ringfenceVersion(),
    kubernetesVersion: judgement.kubernetesVersion,
    environment,
    inputs: [{ path, kind: "pulumi-program", resources }],
    summary: summaryOf(judgement, resources),
    ...(changes === undefined ? {} : { changes }),
    findings: [...judgement.findings.map(findingOf), ...(all ? judgement.passes.map(passOf) : [])],
    theorems: [],
    relaxations: relaxationsOf(kept),
    assumptions: assumptionsOf(environment, judgement.kubernetesVersion, standInAccount),
    notEvaluated: notEvaluatedOf(kept),
    typesNotRead: typesNotRead(kept, judgement.rules),
    warnings: warningsOf(kept),
    defects: judgement.defects.map(({ message }) => message),
  };
  return mapTexts(report, symbolHider(plan));
}

function summaryOf({ counts, findings }: Judgement, resources: number): ReportSummary {
  const failed = findings.filter((f) => f.verdict === "fail");
  const count = (severity: Severity): number => failed.filter((f) => f.severity === severity).length;
  return {
    resources,
    ...counts,
    exempted: 0,
    bySeverity: Object.fromEntries(SEVERITIES.map((s) => [s, count(s)])) as Record<Severity, number>,
    theorems: { proved: 0, counterexample: 0, possible: 0, notModelled: 0 },
  };
}

/** `undefined` without a previous plan: then no resource has an operation but `read`. */
function changesOf({ resources }: Plan): ReportChanges | undefined {
  if (!resources.some((r) => r.operation !== undefined && r.operation !== "read")) return undefined;
  const count = (operation: keyof ReportChanges): number =>
    resources.filter((r) => isReal(r) && r.operation === operation).length;
  return {
    create: count("create"),
    update: count("update"),
    replace: count("replace"),
    delete: count("delete"),
    same: count("same"),
  };
}

function findingOf({ rule, verdict, severity, resource, path, value, message }: Finding): ReportFinding {
  const undecided = verdict === "unknown" && path !== "" ? "[unknown]" : undefined;
  const shown = value === undefined ? undecided : toPlainJson(value);
  return describe(rule, resource, {
    verdict,
    severity,
    path: renderKey(path),
    message,
    ...(shown === undefined ? {} : { value: shown }),
  });
}

function passOf({ rule, resource }: Pass): ReportFinding {
  return describe(rule, resource, { verdict: "pass", severity: rule.severity, path: "", message: rule.title });
}

function describe(
  rule: Rule,
  resource: PlannedResource,
  said: Pick<ReportFinding, "verdict" | "severity" | "path" | "value" | "message">,
): ReportFinding {
  return {
    rule: rule.id,
    title: rule.title,
    verdict: said.verdict,
    severity: said.severity,
    ring: rule.ring,
    resource: reportResource(resource),
    ...(resource.source === undefined ? {} : { source: resource.source }),
    path: said.path,
    ...("value" in said ? { value: said.value } : {}),
    message: said.message,
    remediation: rule.remediation,
    references: rule.references.map(({ framework, id }) => ({ framework, id })),
    exemption: null,
  };
}

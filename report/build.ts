import type { MonthlyCost } from "../cost/index.js";
import type { Plan } from "../plan/model/index.js";
import type { ReadInputs } from "../plan/read/index.js";
import type { FrameworkResult } from "../policies/frameworks/model.js";
import type { Judgement, Severity } from "../policies/index.js";
import { SEVERITIES } from "../policies/model.js";
import { reportFindings } from "./findings.js";
import { assumptionsOf, notEvaluatedOf, typesNotRead, warningsOf } from "./gaps.js";
import type { Environment, Report, ReportChanges, ReportFinding, ReportSummary } from "./model.js";
import { REPORT_FORMAT } from "./model.js";
import { isReal, mapTexts, symbolHider } from "./names.js";
import { relaxationsOf } from "./relaxations.js";
import { ringfenceVersion } from "./version.js";

/** A program that was previewed. */
export interface ProgramSource {
  /** As given on the command line. */
  readonly path: string;
  readonly environment: Environment;
  /** Nobody named the account, so the environment's stands in for it. */
  readonly standInAccount: boolean;
}

/** Files that were read. */
export type FileSource = Pick<ReadInputs, "inputs" | "problems" | "skipped" | "locate">;

/** What a report is made from. */
export interface ReportParts {
  /** The plan, with what the deployment would delete when a previous plan tells. */
  readonly plan: Plan;
  /** Where the plan comes from. */
  readonly from: ProgramSource | FileSource;
  /** What the rules say of {@link keptOf} the plan. */
  readonly judgement: Judgement;
  /** Whether passes are listed among the findings. */
  readonly all: boolean;
  /**
   * Fingerprints of findings that were there before: they are listed and do not count for the exit code.
   *
   * @default - every finding counts
   */
  readonly baseline?: ReadonlySet<string>;
  /**
   * What the judgement says of frameworks.
   *
   * @default - none was asked for
   */
  readonly frameworks?: readonly FrameworkResult[];
  /**
   * What the plan costs a month at rest.
   *
   * @default - the report does not say
   */
  readonly cost?: MonthlyCost | undefined;
}

/** The plan without what the deployment would delete: what is judged and saved. */
export function keptOf(plan: Plan): Plan {
  const kept = plan.resources.filter((r) => r.operation !== "delete");
  return kept.length === plan.resources.length ? plan : { ...plan, resources: kept };
}

/** Builds the report. The same parts give the same report. */
export function buildReport({ plan, from, judgement, all, baseline, frameworks = [], cost }: ReportParts): Report {
  const kept = keptOf(plan);
  const resources = kept.resources.filter(isReal).length;
  const changes = changesOf(plan);
  const files = "locate" in from ? from : undefined;
  const program = "locate" in from ? undefined : from;
  const findings = reportFindings({
    judgement,
    locate: (resource, path) => files?.locate(resource, path),
    baseline,
    all,
  });
  const report: Report = {
    format: REPORT_FORMAT,
    ringfence: ringfenceVersion(),
    kubernetesVersion: judgement.kubernetesVersion,
    ...(program === undefined ? {} : { environment: program.environment }),
    inputs: program === undefined ? (files?.inputs ?? []) : [{ path: program.path, kind: "pulumi-program", resources }],
    summary: summaryOf(judgement, findings, resources, baseline !== undefined),
    ...(changes === undefined ? {} : { changes }),
    ...(cost === undefined ? {} : { cost }),
    findings,
    ...(frameworks.length === 0 ? {} : { frameworks }),
    exemptionProblems: judgement.exemptionProblems,
    problems: files?.problems ?? [],
    skipped: files?.skipped ?? [],
    theorems: [],
    relaxations: relaxationsOf(kept),
    assumptions: assumptionsOf(judgement.kubernetesVersion, program),
    notEvaluated: notEvaluatedOf(kept),
    typesNotRead: typesNotRead(kept, judgement.rules),
    warnings: [...warningsOf(kept), ...judgement.warnings],
    defects: judgement.defects.map(({ message }) => message),
  };
  const hide = symbolHider(plan);
  return hide === undefined ? report : mapTexts(report, hide);
}

function summaryOf(
  { counts, exempted }: Judgement,
  findings: readonly ReportFinding[],
  resources: number,
  withBaseline: boolean,
): ReportSummary {
  const bySeverity = Object.fromEntries(SEVERITIES.map((s) => [s, 0])) as Record<Severity, number>;
  for (const { verdict, severity } of findings) if (verdict === "fail") bySeverity[severity] += 1;
  return {
    resources,
    ...counts,
    exempted: exempted.length,
    ...(withBaseline ? { inBaseline: findings.filter((f) => f.inBaseline === true).length } : {}),
    bySeverity,
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

import type { Ring } from "../core/ring.js";
import type { MonthlyCost } from "../cost/index.js";
import type { InputKind, InputProblem, SkippedInput } from "../plan/read/index.js";
import type { FrameworkResult } from "../policies/frameworks/model.js";
import type { ExemptionProblem, Severity } from "../policies/index.js";

/** The mark of the document, with its version. Fields may be added within a version; none changes its meaning or goes. */
export const REPORT_FORMAT = "ringfence.report/1";

/** How the previewed program was kept off the network. */
export type Isolation = "namespace" | "guard" | "off";

/** Who the plan was made for, and how. */
export interface Environment {
  readonly project: string;
  readonly stack: string;
  /** Twelve digits. */
  readonly account: string;
  /** Left out when the program names no Region and needs none. */
  readonly region?: string;
  readonly isolation: Isolation;
  /** The day of the run, `YYYY-MM-DD` in UTC. Dated facts, as the support of a Kubernetes version, were read on it. */
  readonly date: string;
}

/** What was judged. */
export interface ReportInput {
  /** As given on the command line. */
  readonly path: string;
  readonly kind: "pulumi-program" | InputKind;
  /** Of a program what would exist after the deployment: components and providers do not count. Of a file all that it holds. */
  readonly resources: number;
}

/** A resource as reports name it. */
export interface ReportResource {
  /** `kubernetes:apps/v1:Deployment vote/db`, `aws:eks/cluster:Cluster prod`. */
  readonly id: string;
  /** Wire token. */
  readonly type: string;
  /** Left out for what has none. */
  readonly namespace?: string;
  readonly name: string;
  /** Left out for an object from a file. */
  readonly urn?: string;
}

/**
 * Where something stands in a file: line and column from 1, columns in UTF-16 code units, documents of a YAML stream from 0.
 * For a property that is absent it is the nearest ancestor that is there.
 */
export interface ReportSource {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly document: number;
  /** Line of the last character that is marked. Left out where the start alone is known. */
  readonly endLine?: number;
  /** The column after the last character that is marked. Left out where the start alone is known. */
  readonly endColumn?: number;
  /** Whether the property itself stands here; false when an ancestor stands for it. Left out where nobody knows. */
  readonly exact?: boolean;
}

/** One mechanical change of the object. */
export type ReportChange = ReportChangePlace &
  ({ readonly set: unknown; readonly remove?: never } | { readonly remove: true; readonly set?: never });

interface ReportChangePlace {
  /** Property path. */
  readonly path: string;
  /** The text in the file that the new value takes the place of. Known where a scalar stands at the path. */
  readonly replaces?: Required<ReportSource>;
}

/** A finding that another one implies: no finding of its own. */
export interface ReportCovered {
  readonly rule: string;
  readonly title: string;
  readonly verdict: "fail" | "unknown";
  readonly severity: Severity;
  /** Left out when it is that of the finding that implies it. */
  readonly resource?: ReportResource;
  readonly path: string;
  readonly value?: unknown;
  readonly message: string;
}

/** Somebody's permission for a finding. */
export interface ReportExemption {
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly until: string;
  /** Where it was said: `ringfence.exemptions.yaml:3`. */
  readonly said: string;
  /** What the rule says without it. */
  readonly excuses: "fail" | "unknown";
}

/** What a rule says of one place. */
export interface ReportFinding {
  /** Id of the rule. */
  readonly rule: string;
  /** What must hold. */
  readonly title: string;
  /** `pass` only when all verdicts were asked for. */
  readonly verdict: "fail" | "unknown" | "exempted" | "pass";
  /** How much it matters here, which may be less than the rule's own severity. */
  readonly severity: Severity;
  readonly ring: Ring;
  readonly resource: ReportResource;
  /** Known for objects from files only: of the path, as exactly as the reader knows. */
  readonly source?: ReportSource;
  /** Property path from the resource's inputs; empty when the resource as a whole is meant. */
  readonly path: string;
  /** What stands there as plain JSON, `"[secret]"` and `"[unknown]"` included; left out when nothing does. */
  readonly value?: unknown;
  /** What is the case here, one sentence. */
  readonly message: string;
  /** The smallest change that makes the rule pass. */
  readonly remediation: string;
  readonly references: readonly { readonly framework: string; readonly id: string }[];
  /** What a machine can change to make the rule pass here; empty when a person has to decide. */
  readonly fix: readonly ReportChange[];
  /** What this finding implies. */
  readonly covers: readonly ReportCovered[];
  /** The same in the next run for the same finding, wherever it stands in whichever file then; see docs/formats.md. */
  readonly fingerprint: string;
  readonly exemption: ReportExemption | null;
  /** Only with a baseline: whether it has the finding, which then does not count for the exit code. */
  readonly inBaseline?: boolean;
}

/** The verdicts in numbers. */
export interface ReportSummary {
  readonly resources: number;
  /** Rules that were asked. */
  readonly rules: number;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
  /** Findings that exemptions excuse; neither `fail` nor `unknown` counts them. */
  readonly exempted: number;
  /** Findings that others imply; neither `fail` nor `unknown` counts them. */
  readonly covered: number;
  /** Failed and undecided findings that the baseline has. Left out without a baseline. */
  readonly inBaseline?: number;
  /** Failed findings by severity. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly theorems: {
    readonly proved: number;
    readonly counterexample: number;
    readonly possible: number;
    readonly notModelled: number;
  };
}

/** What the deployment would do, against the plan of the previous preview. */
export interface ReportChanges {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly same: number;
}

/** A default that somebody loosened, with the reason given. */
export interface ReportRelaxation {
  readonly resource: ReportResource;
  /** What was chosen instead: `EndpointAccess.publicFrom`. */
  readonly choice: string;
  readonly reason: string;
}

/** Something that was seen and not judged. */
export interface ReportNotEvaluated {
  readonly resource: ReportResource;
  readonly reason: string;
}

/** A type of resources that no rule asked about. */
export interface ReportUnreadType {
  /** Wire token. */
  readonly type: string;
  /** How many of them the plan holds. */
  readonly resources: number;
}

/** The report, as `--format json` prints it. Every other format is made from it. */
export interface Report {
  readonly format: typeof REPORT_FORMAT;
  /** Version of Ringfence. */
  readonly ringfence: string;
  /** Minor version that Kubernetes objects were judged at. */
  readonly kubernetesVersion: string;
  /** Of a preview. Left out when files were judged. */
  readonly environment?: Environment;
  readonly inputs: readonly ReportInput[];
  readonly summary: ReportSummary;
  /** Left out without a previous plan. */
  readonly changes?: ReportChanges;
  /** What the plan costs a month at rest. Of a preview with resources of AWS; left out otherwise. */
  readonly cost?: MonthlyCost;
  /** By severity, then ring from the outermost, then rule, then resource, then path; exempted ones behind them, then passes. */
  readonly findings: readonly ReportFinding[];
  /** What is wrong with exemptions: each ends the run with exit code 1. */
  readonly exemptionProblems: readonly ExemptionProblem[];
  /** What is wrong with inputs: each ends the run with exit code 2, and everything else was judged. */
  readonly problems: readonly InputProblem[];
  /** What was found below a folder and not read. */
  readonly skipped: readonly SkippedInput[];
  /** The controls of each framework among the sets that were asked for. Left out without one. */
  readonly frameworks?: readonly FrameworkResult[];
  readonly theorems: readonly [];
  readonly relaxations: readonly ReportRelaxation[];
  /** What the judgement rests on. */
  readonly assumptions: readonly string[];
  readonly notEvaluated: readonly ReportNotEvaluated[];
  /** Types that none of the rules reads, by name: nothing is said of their resources. */
  readonly typesNotRead: readonly ReportUnreadType[];
  /** Sentences about the run: a function that nobody could answer, resources registered inside `apply`. */
  readonly warnings: readonly string[];
  /** Rules that broke, with whose they are: errors in Ringfence, or in rules of one's own. Empty but for them. */
  readonly defects: readonly string[];
}

import type { Ring } from "../core/ring.js";
import type { Severity } from "../policies/index.js";

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
  readonly kind: "pulumi-program";
  /** What would exist after the deployment: components and providers do not count. */
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

/** Where an object stands in a file: line and column from 1, documents of a YAML stream from 0. */
export interface ReportSource {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly document: number;
}

/** What a rule says of one place. */
export interface ReportFinding {
  /** Id of the rule. */
  readonly rule: string;
  /** What must hold. */
  readonly title: string;
  /** `pass` only when all verdicts were asked for. */
  readonly verdict: "fail" | "unknown" | "pass";
  readonly severity: Severity;
  readonly ring: Ring;
  readonly resource: ReportResource;
  /** Known for objects from files only. */
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
  readonly exemption: null;
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
  readonly exempted: number;
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
  readonly environment: Environment;
  readonly inputs: readonly ReportInput[];
  readonly summary: ReportSummary;
  /** Left out without a previous plan. */
  readonly changes?: ReportChanges;
  /** By severity, then ring from the outermost, then rule, then resource, then path; passes behind them. */
  readonly findings: readonly ReportFinding[];
  readonly theorems: readonly [];
  readonly relaxations: readonly ReportRelaxation[];
  /** What the judgement rests on. */
  readonly assumptions: readonly string[];
  readonly notEvaluated: readonly ReportNotEvaluated[];
  /** Types that none of the rules reads, by name: nothing is said of their resources. */
  readonly typesNotRead: readonly ReportUnreadType[];
  /** Sentences about the run: a function that nobody could answer, resources registered inside `apply`. */
  readonly warnings: readonly string[];
  /** Rules that broke: errors in Ringfence. Empty but for them. */
  readonly defects: readonly string[];
}

import type { Framework, Severity } from "../model.js";

/** The frameworks that there is a table of controls for. */
export type FrameworkId =
  | "cis-eks-1.8.0"
  | "nsa-cisa"
  | "owasp-k8s"
  | "pci-dss-4"
  | "hipaa"
  | "soc2"
  | "nist-csf-2"
  | "nist-800-53"
  | "aws-fsbp"
  | "attack";

/** How much of a control a plan can show: all of it, a part, or nothing. */
export type Provable = "yes" | "partly" | "no";

/** One control, requirement, recommendation or technique of a framework. */
export interface FrameworkControl {
  /** The framework's own id: `4.2.1`, `AC-6`, `T1611`. */
  readonly id: string;
  /**
   * What it is about, in a few words; never the standard's text.
   *
   * @default - the id alone, where the standard's own words are not free to repeat
   */
  readonly title?: string;
  /** @default "partly" - a plan shows the technical part of most requirements, and no process */
  readonly provable?: Provable;
  /**
   * Who can tell what a plan does not show of it: a person, or the running system alone.
   *
   * @default "person"
   */
  readonly rest?: "person" | "runtime";
  /** What in a plan shows it, or why nothing does. */
  readonly evidence?: string;
  /**
   * Rules that this table itself maps to the control, besides those whose references name it.
   *
   * @default - none
   */
  readonly rules?: readonly string[];
  /**
   * Which failures of its rules bear on it, by their message, where a rule says several things at once. A resource that the
   * rules fail for something else holds here.
   *
   * @default - all
   */
  readonly about?: RegExp;
}

/** A framework as a dated table. */
export interface FrameworkTable {
  readonly id: FrameworkId;
  readonly title: string;
  /** Version of the framework. */
  readonly version: string;
  /** Raised when a control joins, leaves, or is judged in another way. */
  readonly tableVersion: string;
  /** Where ids, titles and mapping come from. */
  readonly source: string;
  /** The day on which the table was gathered, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Which references of rules name its controls. */
  readonly namedBy: readonly Framework[];
  /**
   * True when the table lists every control of the framework; false when it lists those alone that rules help to check.
   */
  readonly complete: boolean;
  readonly controls: readonly FrameworkControl[];
}

/**
 * What can be said of a control:
 *
 * - `passed`: a plan shows all of it, and every rule that checks it holds;
 * - `failed`: a rule that checks it fails somewhere, exempted or not: an exemption accepts a risk and meets no control;
 * - `manual`: no rule checks it, or rules check a part of it and all hold: a person has to judge the rest;
 * - `notProvable`: the running system alone shows it, or the rest of it, or a value that decides is not known before the
 *   deployment;
 * - `notApplicable`: a plan shows all of it, and the rules that check it found nothing of the kind;
 * - `notAsked`: the judgement left out a rule that checks it.
 */
export type ControlState = "passed" | "failed" | "manual" | "notProvable" | "notApplicable" | "notAsked";

/** The states, in the order in which a table counts them. */
export const CONTROL_STATES = [
  "failed",
  "passed",
  "notProvable",
  "manual",
  "notApplicable",
  "notAsked",
] as const satisfies readonly ControlState[];

/** One finding that bears on a control. */
export interface ControlFinding {
  /** `fail` counts against the control, exempted or not. */
  readonly verdict: "fail" | "unknown";
  /** Id of the resource, as reports print it. */
  readonly at: string;
  readonly path: string;
  readonly severity: Severity;
  readonly message: string;
  /** Whether an exemption excuses it. */
  readonly exempted: boolean;
}

/** What one rule said that bears on a control. */
export interface ControlEvidence {
  /** Id of the rule. */
  readonly rule: string;
  /** What must hold. */
  readonly title: string;
  /** False when the judgement did not ask this rule. */
  readonly asked: boolean;
  /** Ids of the resources that it holds for. */
  readonly passed: readonly string[];
  readonly findings: readonly ControlFinding[];
  /** Where the mapping of the rule to the control comes from. */
  readonly source: string;
}

/** One row of the table: a control and what was found out about it. */
export interface ControlRow {
  readonly id: string;
  /** The id where the table has no title. */
  readonly title: string;
  readonly state: ControlState;
  /** One sentence: why the state is this one. */
  readonly because: string;
  readonly evidence: readonly ControlEvidence[];
}

/** What a judgement says of a framework. It is no claim of compliance: it says what was checked, and by what. */
export interface FrameworkResult {
  readonly framework: FrameworkId;
  readonly title: string;
  readonly version: string;
  readonly tableVersion: string;
  readonly source: string;
  readonly asOf: string;
  /** See {@link FrameworkTable.complete}. */
  readonly complete: boolean;
  /** In the framework's order. */
  readonly rows: readonly ControlRow[];
  /** Rows by state. */
  readonly counts: Readonly<Record<ControlState, number>>;
}

import type { Severity } from "../policies/index.js";
import type { ON_UNKNOWN } from "../policies/config/model.js";
import { SEVERITIES } from "../policies/model.js";
import type { Report, ReportFinding } from "./model.js";

/** When a run is to end with exit code 1. */
export interface Gate {
  /** The least severity that counts; `never` for none. */
  readonly failOn: Severity | "never";
  /** `fail`: undecided findings count as failed ones do. `warn`: they are listed. `ignore`: text only counts them. */
  readonly onUnknown: (typeof ON_UNKNOWN)[number];
}

/** What the gate says of a report. */
export interface GateResult {
  /** Failed findings at or above the severity that counts. */
  readonly failed: number;
  /** Undecided findings that count; 0 unless `onUnknown` is `fail`. */
  readonly undecided: number;
  /** What is wrong with exemptions; it counts whatever `failOn` says. */
  readonly exemptions: number;
  /**
   * 3 when a rule broke, since the judgement is not whole then; 2 when an input could not be read; 1 when anything counts;
   * else 0.
   */
  readonly exitCode: 0 | 1 | 2 | 3;
}

/** Whether a severity is at or above the one that counts. */
export function counts(severity: Severity, { failOn }: Gate): boolean {
  return failOn !== "never" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

/** Whether a finding counts for the exit code: what is exempted, or stands in the baseline, does not. */
export function countsForGate({ verdict, severity, inBaseline }: ReportFinding, gate: Gate): boolean {
  if (inBaseline === true || !counts(severity, gate)) return false;
  return verdict === "fail" || (verdict === "unknown" && gate.onUnknown === "fail");
}

/** Puts a report through the gate. */
export function passGate({ findings, exemptionProblems, problems, defects }: Report, gate: Gate): GateResult {
  const counted = findings.filter((finding) => countsForGate(finding, gate));
  const failed = counted.filter((f) => f.verdict === "fail").length;
  const undecided = counted.length - failed;
  const exemptions = exemptionProblems.length;
  const found = failed + undecided + exemptions > 0 ? 1 : 0;
  return { failed, undecided, exemptions, exitCode: defects.length > 0 ? 3 : problems.length > 0 ? 2 : found };
}

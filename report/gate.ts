import type { Severity } from "../policies/index.js";
import { SEVERITIES } from "../policies/model.js";
import type { Report, ReportFinding } from "./model.js";

/** What to do about values that cannot be known before the deployment. */
export const UNKNOWN_POLICIES = ["fail", "warn", "ignore"] as const;

/** When a run is to end with exit code 1. */
export interface Gate {
  /** The least severity that counts; `never` for none. */
  readonly failOn: Severity | "never";
  /** `fail`: undecided findings count as failed ones do. `warn`: they are listed. `ignore`: text only counts them. */
  readonly onUnknown: (typeof UNKNOWN_POLICIES)[number];
}

/** What the gate says of a report. */
export interface GateResult {
  /** Failed findings at or above the severity that counts. */
  readonly failed: number;
  /** Undecided findings that count; 0 unless `onUnknown` is `fail`. */
  readonly undecided: number;
  /** 3 when a rule broke, since the judgement is not whole then; 1 when anything counts; else 0. */
  readonly exitCode: 0 | 1 | 3;
}

/** Whether a severity is at or above the one that counts. */
export function counts(severity: Severity, { failOn }: Gate): boolean {
  return failOn !== "never" && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

/** Puts a report through the gate. */
export function passGate({ findings, defects }: Report, gate: Gate): GateResult {
  const counted = (verdict: ReportFinding["verdict"]): number =>
    findings.filter((f) => f.verdict === verdict && counts(f.severity, gate)).length;
  const failed = counted("fail");
  const undecided = gate.onUnknown === "fail" ? counted("unknown") : 0;
  return { failed, undecided, exitCode: defects.length > 0 ? 3 : failed + undecided > 0 ? 1 : 0 };
}

import type { Severity } from "../../policies/index.js";

/** The three levels that SARIF and GitHub have for what was found. */
export type Level = "error" | "warning" | "note";

/** A severity as a level. */
export function levelOf(severity: Severity): Level {
  switch (severity) {
    case "critical":
    case "high":
      return "error";
    case "medium":
      return "warning";
    case "low":
    case "info":
      return "note";
  }
}

/**
 * A severity as a score from 0 to 10 in the bands of GitHub code scanning, which are those of CVSS 3.1: over 9.0 critical,
 * from 7.0 high, from 4.0 medium, below low. `info` has none.
 */
export function scoreOf(severity: Severity): string | undefined {
  switch (severity) {
    case "critical":
      return "9.5";
    case "high":
      return "8.0";
    case "medium":
      return "5.5";
    case "low":
      return "2.0";
    case "info":
      return undefined;
  }
}

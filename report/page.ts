import type { Colors } from "picocolors/types";
import type { Severity } from "../policies/index.js";
import type { Gate, GateResult } from "./gate.js";

/** What every section of the text knows of the page that it is printed on. */
export interface Page {
  readonly gate: Gate;
  readonly result: GateResult;
  /** Columns. */
  readonly width: number;
  readonly verbose: boolean;
  /** The failed findings alone. */
  readonly quiet: boolean;
  readonly paint: Colors;
  /** Takes symbols out of text that comes from the plan and not from the report. */
  readonly hide: (text: string) => string;
}

/** The title of a section. */
export function title(page: Page, text: string): string {
  return page.paint.bold(text);
}

/** A text in the colour of a severity. */
export function bySeverity({ paint }: Pick<Page, "paint">, severity: Severity, text: string): string {
  switch (severity) {
    case "critical":
      return paint.bold(paint.red(text));
    case "high":
      return paint.red(text);
    case "medium":
      return paint.yellow(text);
    case "low":
      return paint.cyan(text);
    case "info":
      return paint.dim(text);
  }
}

import type { Rule } from "../../policies/index.js";
import type { Gate, GateResult } from "../gate.js";
import type { Report } from "../model.js";

/** What a format may use besides the report. */
export interface RenderContext {
  readonly gate: Gate;
  readonly result: GateResult;
  /** The rules that were asked, for their explanations. */
  readonly rules: readonly Rule[];
  /** The time of the run, for formats that must carry one. */
  readonly now: Date;
}

/** Prints a report; the text ends with a newline. */
export type Render = (report: Report, context: RenderContext) => string;

/** A format of reports. */
export interface ReportFormat {
  /** What `--format` calls it. */
  readonly id: string;
  /** What files in it end with, without the dot. */
  readonly fileExtension: string;
  /** A few words for the help. */
  readonly about: string;
  readonly render: Render;
}

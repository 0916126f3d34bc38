import type { Rule } from "../policies/index.js";
import { renderControls } from "../report/controls.js";
import { REPORT_FORMATS } from "../report/formats/index.js";
import type { Gate, GateResult } from "../report/gate.js";
import type { Report } from "../report/model.js";
import type { Io } from "./io.js";
import { DEFAULT_WIDTH, isColoured, widthOf } from "./io.js";
import type { ReportRequest } from "./judge-options.js";
import type { TextFile } from "./outputs.js";
import { writeFiles } from "./outputs.js";

/** How text is laid out. */
export interface TextLayout {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/** What is printed, and where to. */
export interface Printing {
  readonly report: Report;
  readonly gate: Gate;
  readonly result: GateResult;
  readonly rules: readonly Rule[];
  readonly request: ReportRequest;
  /** The report as text, which each command lays out in its own way. */
  readonly text: (layout: TextLayout) => string;
  /** Files to write besides those of the formats. */
  readonly extra: readonly TextFile[];
  readonly io: Io;
}

/** Prints a report in the formats asked for. All files are complete before anything is printed. */
export async function printReport({ report, gate, result, rules, request, text, extra, io }: Printing): Promise<void> {
  const { quiet, verbose, colour } = request;
  const context = { gate, result, rules, now: io.now() };
  const rendered = request.outputs.map(({ format, file }) => {
    const known = REPORT_FORMATS.find(({ id }) => id === format);
    const layout: TextLayout = {
      width: file === undefined ? widthOf(io.stdout) : DEFAULT_WIDTH,
      colour: file === undefined && isColoured(colour, io),
      verbose,
      quiet,
    };
    const controls = (report.frameworks ?? []).map((framework) =>
      renderControls(framework, { ...layout, format: known === undefined ? "text" : "markdown" }),
    );
    const whole = known === undefined ? text(layout) : known.render(report, context);
    const hasTables = known === undefined || known.id === "markdown";
    return { file, format, text: hasTables ? [whole, ...controls].join("\n") : whole };
  });
  const files = [
    ...rendered.flatMap((one) => (one.file === undefined ? [] : [{ file: one.file, text: one.text }])),
    ...extra,
  ];
  const printed = rendered.filter(({ file }) => file === undefined);
  writeFiles(files);
  for (const one of printed) io.stdout.write(one.text);
  if (!quiet) for (const { file } of files) io.stderr.write(`ringfence: wrote ${file}\n`);
  if (!quiet && printed.length === 0) {
    const { outcome } = await import("../report/outcome.js");
    io.stderr.write(`ringfence: ${outcome(report, { gate, result })}\n`);
  }
  const saidInText = rendered.some(({ file, format }) => file === undefined && format === "text") && !quiet;
  if (!saidInText) tellProblems(report, io);
  for (const defect of report.defects) io.stderr.write(`ringfence: ${defect}\n`);
}

/** What ends the run with an exit code of its own and stands in no finding. */
function tellProblems({ problems, exemptionProblems }: Report, { stderr }: Io): void {
  for (const { file, line, column, message } of problems) {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    stderr.write(`ringfence: ${place}: ${message}\n`);
  }
  for (const { message } of exemptionProblems) stderr.write(`ringfence: ${message}\n`);
}

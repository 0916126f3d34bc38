import { count } from "../core/wording.js";
import { createColors } from "picocolors";
import { CONTROL_STATES } from "../policies/frameworks/model.js";
import type { ControlEvidence, ControlRow, ControlState, FrameworkResult } from "../policies/frameworks/model.js";
import { code, plain, table } from "./formats/markdown-text.js";
import { field, names, printable } from "./layout.js";
import { ringfenceVersion } from "./version.js";

/** The mark of the document, with its version. Fields may be added within a version; none changes its meaning or goes. */
export const CONTROLS_FORMAT = "ringfence.controls/1";

/** The formats that a table of controls is printed in. */
export const CONTROL_FORMATS = ["text", "markdown", "json"] as const;

/** How a table of controls is printed. */
export interface ControlsOptions {
  readonly format: (typeof CONTROL_FORMATS)[number];
  /** Columns of text. */
  readonly width: number;
  readonly colour: boolean;
  /** Every control with every finding, and not those alone that failed. */
  readonly verbose: boolean;
}

/** What each state is called. */
const STATES: Readonly<Record<ControlState, string>> = {
  failed: "failed",
  passed: "passed",
  notProvable: "not provable",
  manual: "manual",
  notApplicable: "not applicable",
  notAsked: "not asked",
};

/** Said with every table. */
const NO_CLAIM = "What was checked, and by what. No claim of compliance follows from it.";

/** Names shown of a list unless `verbose`. */
const NAMES_WIDTH = 60;

/** A table of controls with their state and evidence; the text ends with a newline. */
export function renderControls(result: FrameworkResult, options: ControlsOptions): string {
  switch (options.format) {
    case "json":
      return `${JSON.stringify({ format: CONTROLS_FORMAT, ringfence: ringfenceVersion(), ...result }, null, 2)}\n`;
    case "markdown":
      return renderMarkdown(result);
    case "text":
      return renderText(result, options);
  }
}

function headOf({ title, version, framework, tableVersion, asOf }: FrameworkResult): string {
  const name = title.includes(version) ? title : `${title} ${version}`;
  return `${name} (${framework}, table ${tableVersion} of ${asOf})`;
}

/** `50 controls: 3 failed, 12 passed`; an incomplete table says so. */
function totalOf({ rows, counts, complete }: FrameworkResult): string {
  const states = CONTROL_STATES.filter((state) => counts[state] > 0).map(
    (state) => `${counts[state]} ${STATES[state]}`,
  );
  const scope = complete ? "" : " that rules help to check";
  return `${count(rows.length, "control")}${scope}: ${states.join(", ")}.`;
}

/** What a rule said, in a few words: `fails at Deployment vote/db +2`, `holds for 12 resources`. */
function saidBy({ asked, passed, findings }: ControlEvidence, limit: number): string {
  if (!asked) return "was not asked";
  const failed = findings.filter((f) => f.verdict === "fail");
  const undecided = findings.filter((f) => f.verdict === "unknown");
  const at = (some: typeof findings): string =>
    names([...new Set(some.map((f) => (f.exempted ? `${f.at} (exempted)` : f.at)))], limit);
  const parts = [
    ...(failed.length === 0 ? [] : [`fails at ${at(failed)}`]),
    ...(undecided.length === 0 ? [] : [`cannot be told at ${at(undecided)}`]),
    ...(passed.length === 0 ? [] : [`holds for ${count(passed.length, "resource")}`]),
  ];
  return parts.length === 0 ? "found nothing of the kind" : parts.join("; ");
}

function renderMarkdown(result: FrameworkResult): string {
  const rows = result.rows.map((row) => [
    plain(row.id),
    plain(row.title),
    STATES[row.state],
    plain(row.because),
    row.evidence.map((one) => `${code(one.rule)} ${plain(saidBy(one, NAMES_WIDTH))}`).join("<br>"),
  ]);
  return [
    `## ${plain(headOf(result))}`,
    NO_CLAIM,
    plain(totalOf(result)),
    table(["control", "what it is about", "state", "because", "evidence"], rows),
    `Ids and mapping: ${plain(result.source)}\n`,
  ].join("\n\n");
}

type Paint = ReturnType<typeof createColors>;

function renderText(result: FrameworkResult, { width, colour, verbose }: ControlsOptions): string {
  const paint = createColors(colour);
  const ids = Math.max(0, ...result.rows.map(({ id }) => id.length));
  const states = Math.max(...Object.values(STATES).map((state) => state.length));
  const lines = result.rows.flatMap((row) => {
    const head = `  ${STATES[row.state].padEnd(states)}  ${row.id.padEnd(ids)}  `;
    const indent = " ".repeat(head.length);
    const [first = "", ...rest] = field(head, row.title === row.id ? row.because : row.title, width);
    const told = verbose || row.state === "failed";
    return [
      coloured(row, paint, first.slice(0, head.length)) + first.slice(head.length),
      ...rest,
      ...(row.title === row.id ? [] : field(indent, row.because, width).map(paint.dim)),
      ...(told
        ? row.evidence
            .filter((one) => verbose || tells(one))
            .flatMap((one) => evidenceLines(one, indent, width, verbose))
        : []),
    ];
  });
  const source = field("Ids and mapping: ", result.source, width);
  const parts = [
    [paint.bold(printable(headOf(result))), NO_CLAIM],
    lines,
    [...field("", totalOf(result), width), ...source],
  ];
  return `${parts.map((part) => part.join("\n")).join("\n\n")}\n`;
}

/** Whether a rule said something of a control, or should have been asked. */
function tells({ asked, findings, passed }: ControlEvidence): boolean {
  return !asked || findings.length > 0 || passed.length > 0;
}

function evidenceLines(one: ControlEvidence, indent: string, width: number, verbose: boolean): readonly string[] {
  const limit = verbose ? Number.MAX_SAFE_INTEGER : NAMES_WIDTH;
  return field(`${indent}${one.rule} `, saidBy(one, limit), width);
}

function coloured({ state }: ControlRow, paint: Paint, text: string): string {
  if (state === "failed") return paint.red(text);
  return state === "passed" ? paint.green(text) : text;
}

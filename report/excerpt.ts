import { HIDDEN } from "../plan/read/index.js";
import { charactersOf, columnsOf } from "./columns.js";
import { groupBy } from "./groups.js";
import { clip, printable } from "./layout.js";
import type { Report, ReportFinding, ReportSource } from "./model.js";
import { SECRET_MARK } from "./secret-mask.js";

/** One line of a file, without its end, secrets filled with {@link HIDDEN}; `undefined` when nobody has it. */
export type LineOf = (file: string, line: number) => string | undefined;

/** A line of a source with a mark under it, to be printed. */
export interface Excerpt {
  readonly text: string;
  /** Columns before the mark. */
  readonly indent: number;
  /** Columns that are marked; at least one. */
  readonly marked: number;
}

/** Columns kept in front of the mark when a line is too long. */
const BEFORE_MARK = 20;

/** Code units looked at on each side: more than a screen is wide, and little of a line of a hundred megabytes. */
const FAR = 2_000;

/** A secret, or several without anything between them. */
const HIDDEN_RUN = new RegExp(`${HIDDEN}+`, "g");

/** A stretch of a line that must not be shown, in UTF-16 code units from 0; all of the line when it has no end. */
interface Hidden {
  readonly place: string;
  readonly start: number;
  readonly end?: number;
}

/**
 * Cuts excerpts out of sources. It is the marked line alone: its neighbours may hold what is secret. What a finding knows
 * to be one is blanked out in every excerpt.
 */
export class Excerpts {
  readonly #lineOf: LineOf;
  readonly #hidden: ReadonlyMap<string, readonly Hidden[]>;

  /** @param report What holds the secrets that no excerpt may show. */
  constructor(report: Report, lineOf: LineOf) {
    this.#lineOf = lineOf;
    this.#hidden = groupBy(report.findings.flatMap(hiddenBy), ({ place }) => place);
  }

  /** The excerpt of a place in at most `width` columns; `undefined` when nobody has the line, or none of it may be shown. */
  of(source: ReportSource, width: number): Excerpt | undefined {
    const { file, line, column, endLine, endColumn } = source;
    const raw = this.#lineOf(file, line);
    const hidden = this.#hidden.get(placeOf(file, line)) ?? [];
    if (raw === undefined || hidden.some(({ end }) => end === undefined)) return undefined;
    const start = Math.min(column - 1, raw.length);
    const end = endLine === line && endColumn !== undefined ? Math.max(start, endColumn - 1) : raw.length;
    const part = (from: number, to: number): string => visible(raw.slice(from, to), from, hidden);
    return fitted(
      part(Math.max(0, start - FAR), start),
      part(start, Math.min(end, start + FAR)),
      part(end, Math.min(raw.length, end + FAR)),
      width,
    );
  }
}

function hiddenBy(finding: ReportFinding): readonly Hidden[] {
  const { value } = finding;
  if (value === undefined || !JSON.stringify(value).includes(SECRET_MARK)) return [];
  const { source } = finding;
  if (source === undefined) return [];
  const { file, line, column, endLine = line, endColumn, exact } = source;
  if (value === SECRET_MARK && exact === true && endLine === line && endColumn !== undefined)
    return [{ place: placeOf(file, line), start: column - 1, end: endColumn - 1 }];
  // Nobody knows which part of it is the secret.
  return Array.from({ length: endLine - line + 1 }, (_, i) => ({ place: placeOf(file, line + i), start: 0 }));
}

function placeOf(file: string, line: number): string {
  return `${file}:${line}`;
}

/** A part of a line as a terminal may show it: tabs as two spaces, control characters escaped, secrets replaced. */
function visible(part: string, offset: number, hidden: readonly Hidden[]): string {
  let text = part;
  for (const { start, end = Number.POSITIVE_INFINITY } of hidden) {
    const [from, to] = [Math.max(0, start - offset), Math.min(part.length, end - offset)];
    if (from < to) text = text.slice(0, from) + HIDDEN.repeat(to - from) + text.slice(to);
  }
  // Once all are filled, since a mark of another length would move the columns of the next.
  return printable(text.replaceAll(HIDDEN_RUN, SECRET_MARK).replaceAll("\t", "  "));
}

/** Cuts the front and the back of a line that is too long, so that the mark is to be seen. */
function fitted(before: string, marked: string, after: string, width: number): Excerpt {
  const fits = columnsOf(before) + Math.min(columnsOf(marked), width / 2) <= width;
  const front = fits ? before : `…${tailOf(before, BEFORE_MARK)}`;
  const indent = columnsOf(front);
  const mark = clip(marked, width - indent);
  const rest = mark === marked ? clip(after, width - indent - columnsOf(mark)) : "";
  return { text: `${front}${mark}${rest}`.trimEnd(), indent, marked: Math.max(1, columnsOf(mark)) };
}

/** The end of a text, about so many columns. */
function tailOf(text: string, columns: number): string {
  const characters = charactersOf(text);
  let [i, used] = [characters.length, 0];
  while (i > 0 && used < columns) used += columnsOf(characters[--i] ?? "");
  return characters.slice(i).join("");
}

import { EVENT_ID } from "js-yaml";
import type { Event } from "js-yaml";
import type { PlannedValue } from "../model/values.js";
import type { TextProblem } from "./errors.js";
import { TextError } from "./errors.js";
import { jsonEvents } from "./json/events.js";
import { looksLikeJson, readJson } from "./json/read-json.js";
import { Lines } from "./lines.js";
import type { SourcePlace, TextSpan } from "./model.js";
import { Positions } from "./positions.js";
import { compose } from "./yaml/compose.js";
import { chunksOf } from "./yaml/documents.js";
import { eventsOf } from "./yaml/events.js";
import { readPlainBlocks } from "./yaml/plain-blocks.js";
import { handlesOf } from "./yaml/tags.js";

/** A document of a file. */
export interface SourceDocument {
  /** Counted from 0 over the file. */
  readonly index: number;
  readonly isJson: boolean;
  /** `undefined` when it cannot be read: the problems then say why. */
  readonly value: PlannedValue | undefined;
  /** Where its value begins. */
  readonly offset: number;
  /** Where the items of its property `items` begin, if that is a list. */
  readonly itemOffsets: readonly number[];
  readonly problems: readonly TextProblem[];
}

/** Where a document stands: in which stretch of the text, and as which document of it. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly within: number;
  readonly isJson: boolean;
}

/** How much text may lie in {@link SourceText}'s memory of positions, in UTF-16 code units. */
const MOST_REMEMBERED = 32 * 2 ** 20;

/** A text of Kubernetes objects: its documents, and where everything in them stands. */
export class SourceText {
  readonly lines: Lines;
  readonly #stretches: Stretch[] = [];
  readonly #positions = new Map<Stretch, Positions>();
  #remembered = 0;

  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    this.lines = new Lines(text);
  }

  /** Reads the documents, each when it is asked for. To be called once. */
  *documents(): Generator<SourceDocument> {
    for (const { start, end } of chunksOf(this.text)) {
      const content = afterMarker(this.text, start, end);
      const whole = content === 0 && end === this.text.length;
      const json = looksLikeJson(this.text, content) ? this.#json(content, end) : undefined;
      for (const document of json ?? this.#yaml(whole ? this.text : this.text.slice(start, end), start, end))
        yield document;
    }
  }

  #json(start: number, end: number): readonly SourceDocument[] | undefined {
    const part = start === 0 && end === this.text.length ? this.text : this.text.slice(start, end);
    const documents = readJson(part, (offset) => this.#lineAt(start + offset));
    return documents?.map(({ value, problems, itemOffsets, ...at }) => {
      const stretch = { start: start + at.start, end: start + at.end, within: 0, isJson: true };
      return this.#document(stretch, { value, offset: 0, problems, itemOffsets });
    });
  }

  #yaml(part: string, start: number, end: number): readonly SourceDocument[] {
    const plain = readPlainBlocks(part);
    if (plain !== undefined)
      return [this.#document({ start, end, within: 0, isJson: false }, { ...plain, problems: [] })];
    try {
      return compose(part, eventsOf(part), (offset) => this.#lineAt(start + offset)).map((composed, within) =>
        this.#document({ start, end, within, isJson: false }, composed),
      );
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      const problems = [{ message: error.message, offset: error.offset ?? 0 }];
      const nothing = { value: undefined, offset: 0, itemOffsets: [], problems };
      return [this.#document({ start, end, within: 0, isJson: false }, nothing)];
    }
  }

  /** Notes a document and counts its offsets from the start of the text. */
  #document(stretch: Stretch, read: Omit<SourceDocument, "index" | "isJson">): SourceDocument {
    const { start, isJson } = stretch;
    const index = this.#stretches.push(stretch) - 1;
    return {
      index,
      isJson,
      value: read.value,
      offset: start + read.offset,
      itemOffsets: start === 0 ? read.itemOffsets : read.itemOffsets.map((offset) => start + offset),
      problems: read.problems.map(({ message, offset }) => ({ message, offset: start + offset })),
    };
  }

  #lineAt(offset: number): number {
    return this.lines.position(offset).line;
  }

  /**
   * Where a property stands.
   *
   * @param path From the root of the document.
   */
  place(document: number, path: string): SourcePlace | undefined {
    const stretch = this.#stretches[document];
    const positions = stretch === undefined ? undefined : this.#positionsOf(stretch);
    if (stretch === undefined || positions === undefined) return undefined;
    const found = positions.find(path);
    const value = moved(found.value, stretch.start);
    const key = found.key === undefined ? undefined : moved(found.key, stretch.start);
    const marked = key !== undefined && (!found.exact || found.block) ? key : value;
    const { line, column } = this.lines.position(marked.start);
    const last = this.lines.position(Math.max(marked.start, marked.end - 1));
    return {
      file: this.file,
      line,
      column,
      document,
      endLine: last.line,
      endColumn: marked.end > marked.start ? last.column + 1 : last.column,
      exact: found.exact,
      value,
      ...(key === undefined ? {} : { key }),
    };
  }

  #positionsOf(stretch: Stretch): Positions | undefined {
    const known = this.#positions.get(stretch);
    if (known !== undefined) return known;
    const part = this.text.slice(stretch.start, stretch.end);
    if (this.#remembered + part.length > MOST_REMEMBERED) {
      this.#positions.clear();
      this.#remembered = 0;
    }
    const positions = positionsIn(part, stretch.isJson ? jsonEvents(part) : eventsOrNone(part), stretch.within);
    if (positions === undefined) return undefined;
    this.#remembered += part.length;
    this.#positions.set(stretch, positions);
    return positions;
  }
}

/** A document that was read the quick way may hold too much for events: then nobody can say where things stand in it. */
function eventsOrNone(part: string): readonly Event[] {
  try {
    return eventsOf(part);
  } catch (error) {
    if (error instanceof TextError) return [];
    throw error;
  }
}

function positionsIn(part: string, events: readonly Event[], within: number): Positions | undefined {
  let count = 0;
  for (const [at, event] of events.entries())
    if (event.type === EVENT_ID.DOCUMENT && count++ === within)
      return new Positions(part, events, at + 1, handlesOf(event));
  return undefined;
}

/** The offset behind a `---` line that holds nothing else. */
function afterMarker(text: string, start: number, end: number): number {
  const [marker = ""] = /^---[ \t]*(?:#[^\r\n]*)?[\r\n]+/.exec(text.slice(start, Math.min(end, start + 200))) ?? [];
  return start + marker.length;
}

function moved({ start, end }: TextSpan, by: number): TextSpan {
  return { start: start + by, end: end + by };
}

import type { PlannedValue } from "../../model/values.js";
import type { TextProblem } from "../errors.js";
import { TextError } from "../errors.js";
import { DEEPEST, duplicateMessage, MOST_VALUES, tooDeep, tooManyValues } from "../limits.js";
import { scanJson, skipSpace } from "./scan.js";

/** A JSON text within a text. */
export interface JsonDocument {
  readonly value: PlannedValue | undefined;
  readonly start: number;
  readonly end: number;
  readonly problems: readonly TextProblem[];
  /** Where the items of its property `items` begin, if that is a list. */
  readonly itemOffsets: readonly number[];
}

/** Whether a text looks like JSON rather than YAML, as kubectl decides it: by its first character. */
export function looksLikeJson(text: string, from: number): boolean {
  const first = text.charCodeAt(skipSpace(text, from));
  return first === 0x7b || first === 0x5b;
}

/**
 * Reads a text as JSON, or as a stream of JSON texts with white space between.
 *
 * @param lineAt The line of an offset, for messages.
 * @returns `undefined` when it is neither, but perhaps YAML in flow style.
 */
export function readJson(text: string, lineAt: (offset: number) => number): readonly JsonDocument[] | undefined {
  const documents: JsonDocument[] = [];
  for (let start = skipSpace(text, 0); start < text.length;) {
    const { problems, end, itemOffsets, isTooMuch } = check(text, start, lineAt);
    const whole = start === 0 && end === text.length ? text : text.slice(start, end);
    const value = isTooMuch ? undefined : parse(whole);
    if (value === NO_JSON) return undefined;
    documents.push({ value: problems.length > 0 ? undefined : value, start, end, problems, itemOffsets });
    start = skipSpace(text, end);
  }
  return documents;
}

const NO_JSON = Symbol("no JSON");

function parse(text: string): PlannedValue | typeof NO_JSON {
  try {
    return JSON.parse(text) as PlannedValue;
  } catch {
    return NO_JSON;
  }
}

/** What `JSON.parse` would not say, and where the text ends. */
function check(
  text: string,
  start: number,
  lineAt: (offset: number) => number,
): Omit<JsonDocument, "value" | "start"> & { readonly isTooMuch: boolean } {
  const problems: TextProblem[] = [];
  const maps: (Map<string, number> | undefined)[] = [];
  const itemOffsets: number[] = [];
  let rootKey = "";
  let values = 0;
  const open = (map: Map<string, number> | undefined, offset: number): void => {
    maps.push(map);
    if (++values > MOST_VALUES) throw tooManyValues(MOST_VALUES, offset);
    if (maps.length > DEEPEST) throw tooDeep(offset);
  };
  try {
    const end = scanJson(text, start, {
      openMap: (offset) => {
        if (maps.length === 2 && rootKey === '"items"') itemOffsets.push(offset);
        open(new Map(), offset);
      },
      openList: (offset) => {
        open(undefined, offset);
      },
      close: () => maps.pop(),
      scalar: (offset, stop) => {
        if (++values > MOST_VALUES) throw tooManyValues(MOST_VALUES, offset);
        if (isTooLarge(text, offset, stop))
          problems.push({ message: "must be a number that fits into 64 bits. Write text, in quotes", offset });
      },
      key: (offset, stop) => {
        const keys = maps.at(-1);
        const key = text.slice(offset, stop);
        if (maps.length === 1) rootKey = key;
        const before = keys?.get(key);
        if (before === undefined) keys?.set(key, offset);
        else problems.push({ message: duplicateMessage(key.slice(1, -1), lineAt(before)), offset });
      },
    });
    return { problems, end, itemOffsets, isTooMuch: false };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    return {
      problems: [{ message: error.message, offset: error.offset ?? start }],
      end: text.length,
      itemOffsets,
      isTooMuch: true,
    };
  }
}

/** Whether a scalar is a number beyond all floats, which `JSON.parse` makes infinite. */
function isTooLarge(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if (end - start < 4 || first > 0x39 || first === 0x22) return false;
  return Math.abs(Number(text.slice(start, end))) === Infinity;
}

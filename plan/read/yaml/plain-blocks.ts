import type { PlannedValue } from "../../model/values.js";
import { DEEPEST, MOST_VALUES } from "../limits.js";
import { literalText } from "./literal.js";
import { resolvePlain } from "./scalars.js";

/** A document that was read the quick way. */
export interface PlainDocument {
  readonly value: PlannedValue;
  /** Where its value begins. */
  readonly offset: number;
  /** Where the items of its property `items` begin, if that is a list. */
  readonly itemOffsets: readonly number[];
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const COLON = 0x3a;

/** What is neither printed nor plain: control characters, tabs, carriage returns, line ends of Unicode, surrogates. */
const UNUSUAL = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe]/;

/** What begins neither a plain scalar nor a quoted one without further thought. */
const INDICATORS = new Set(Array.from(",[]{}#&*!|>%@`?:-'\"", (character) => character.charCodeAt(0)));

/** Characters of keys that need no thought: letters, digits and `_ . / -`. */
const KEY = keyCharacters();

/**
 * Reads the quick way a document that consists of plain blocks: block maps and lists, scalars on one line, literal text. It
 * reads a document whole or not at all: whatever it does not know for certain (anchors, tags, flow collections, escapes, text
 * over several lines, a key that stands twice, every error) it leaves to the parser, and what it reads, that one reads alike.
 *
 * @returns `undefined` when the document is not that plain.
 */
export function readPlainBlocks(text: string): PlainDocument | undefined {
  return UNUSUAL.test(text) ? undefined : new PlainReader(text).document();
}

class PlainReader {
  /** The first character of the current line that is no space, and how many spaces stand before it; -1 at the end. */
  #at = 0;
  #indent = -1;
  #isPlain = true;
  #values = 0;
  readonly #itemOffsets: number[] = [];

  constructor(private readonly text: string) {}

  document(): PlainDocument | undefined {
    this.#settle(this.#afterMarker());
    const offset = this.#at;
    if (this.#indent === -1 || this.#isItem()) return undefined;
    const value = this.#map(this.#indent, 1);
    if (!this.#isPlain || this.#indent !== -1) return undefined;
    return { value, offset, itemOffsets: this.#itemOffsets };
  }

  #afterMarker(): number {
    if (!this.text.startsWith("---")) return 0;
    const end = this.#lineEnd(0);
    if (!/^---(?: *| +#.*)$/.test(this.text.slice(0, end))) this.#isPlain = false;
    return end + 1;
  }

  #lineEnd(from: number): number {
    const end = this.text.indexOf("\n", from);
    return end === -1 ? this.text.length : end;
  }

  /** Goes to the next line with content, at or after a line's beginning. */
  #settle(lineStart: number): void {
    const { text } = this;
    let start = lineStart;
    while (start < text.length) {
      let at = start;
      while (text.charCodeAt(at) === SPACE) at++;
      const code = text.charCodeAt(at);
      if (at < text.length && code !== NEWLINE && code !== HASH) {
        this.#at = at;
        this.#indent = at - start;
        if (at === start && (text.startsWith("---", at) || text.startsWith("...", at))) this.#isPlain = false;
        return;
      }
      start = this.#lineEnd(at) + 1;
    }
    this.#at = text.length;
    this.#indent = -1;
  }

  #giveUp(): null {
    this.#isPlain = false;
    return null;
  }

  #isItem(): boolean {
    if (this.text.charCodeAt(this.#at) !== DASH) return false;
    const next = this.text.charCodeAt(this.#at + 1);
    return next === SPACE || next === NEWLINE || Number.isNaN(next);
  }

  /** A map whose keys stand at this indentation; the current line, or the rest of it, begins with its first key. */
  #map(indent: number, depth: number): PlannedValue {
    if (depth > DEEPEST) return this.#giveUp();
    const map: Record<string, PlannedValue> = {};
    do {
      const colon = this.#keyEnd(this.#at);
      if (colon === -1) return this.#giveUp();
      const key = this.text.slice(this.#at, colon);
      if (typeof resolvePlain(key) !== "string" || key === "__proto__" || Object.hasOwn(map, key))
        return this.#giveUp();
      map[key] = this.#valueAfter(colon + 1, indent, depth, true, depth === 1 && key === "items");
    } while (this.#isPlain && this.#indent === indent);
    return this.#indent > indent ? this.#giveUp() : map;
  }

  /** The offset of the colon after a key without thought; -1 when there is none. */
  #keyEnd(from: number): number {
    const { text } = this;
    let at = from;
    while (KEY[text.charCodeAt(at)] === 1) at++;
    if (at === from || at - from > 200 || text.charCodeAt(at) !== COLON || text.charCodeAt(from) === DASH) return -1;
    const next = text.charCodeAt(at + 1);
    return next === SPACE || next === NEWLINE || Number.isNaN(next) ? at : -1;
  }

  /** A list whose dashes stand at this indentation. */
  #list(indent: number, depth: number, areRoots: boolean): PlannedValue {
    if (depth > DEEPEST) return this.#giveUp();
    const list: PlannedValue[] = [];
    do {
      let at = this.#at + 1;
      while (this.text.charCodeAt(at) === SPACE) at++;
      const isInline = at < this.text.length && this.text.charCodeAt(at) !== NEWLINE;
      if (areRoots) this.#itemOffsets.push(at);
      if (isInline && this.#keyEnd(at) !== -1) {
        const column = indent + at - this.#at;
        this.#at = at;
        list.push(this.#map(column, depth + 1));
      } else if (areRoots) return this.#giveUp();
      else list.push(this.#valueAfter(this.#at + 1, indent, depth, false, false));
    } while (this.#isPlain && this.#indent === indent && this.#isItem());
    return this.#indent > indent ? this.#giveUp() : list;
  }

  /** What stands after a colon or dash: a scalar, or a map or list on the lines below. */
  #valueAfter(from: number, indent: number, depth: number, inMap: boolean, isRootItems: boolean): PlannedValue {
    const { text } = this;
    if (++this.#values > MOST_VALUES) return this.#giveUp();
    let at = from;
    while (text.charCodeAt(at) === SPACE) at++;
    const code = text.charCodeAt(at);
    if (at < text.length && code !== NEWLINE && !(code === HASH && at > from)) return this.#scalar(at, indent);
    this.#settle(this.#lineEnd(at) + 1);
    const isList = this.#indent >= 0 && this.#isItem();
    if (this.#indent > indent)
      return isList ? this.#list(this.#indent, depth + 1, isRootItems) : this.#map(this.#indent, depth + 1);
    return isList && inMap && this.#indent === indent ? this.#list(indent, depth + 1, isRootItems) : null;
  }

  #scalar(at: number, indent: number): PlannedValue {
    const code = this.text.charCodeAt(at);
    if (code === 0x22 || code === 0x27) return this.#quoted(at, code);
    if (code === 0x7c) return this.#literal(at, indent);
    if (code === 0x7b || code === 0x5b) return this.#empty(at, code);
    if (INDICATORS.has(code) && !(code === DASH && !this.#isSpaceAt(at + 1))) return this.#giveUp();
    return this.#plain(at);
  }

  #isSpaceAt(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === SPACE || code === NEWLINE || Number.isNaN(code);
  }

  #plain(start: number): PlannedValue {
    const { text } = this;
    const lineEnd = this.#lineEnd(start);
    let end = start;
    for (let at = start; at < lineEnd; at++) {
      const code = text.charCodeAt(at);
      if (code === SPACE) continue;
      if (code === HASH && text.charCodeAt(at - 1) === SPACE) break;
      if (code === COLON && this.#isSpaceAt(at + 1)) return this.#giveUp();
      end = at + 1;
    }
    const value = text.slice(start, end);
    if (value.startsWith(".") || /^[-+]\./.test(value)) return this.#giveUp();
    this.#settle(lineEnd + 1);
    return resolvePlain(value);
  }

  #quoted(start: number, quote: number): PlannedValue {
    const { text } = this;
    const lineEnd = this.#lineEnd(start);
    const end = text.indexOf(quote === 0x22 ? '"' : "'", start + 1);
    if (end === -1 || end >= lineEnd) return this.#giveUp();
    const value = text.slice(start + 1, end);
    if (quote === 0x22 ? value.includes("\\") : text.charCodeAt(end + 1) === quote) return this.#giveUp();
    return this.#lineEndsAfter(end + 1, lineEnd) ? value : this.#giveUp();
  }

  /** `{}` and `[]`. */
  #empty(start: number, bracket: number): PlannedValue {
    if (this.text.charCodeAt(start + 1) !== bracket + 2) return this.#giveUp();
    if (!this.#lineEndsAfter(start + 2, this.#lineEnd(start))) return this.#giveUp();
    return bracket === 0x7b ? {} : [];
  }

  /** Whether nothing but white space and a comment follows on a line; goes to the next one. */
  #lineEndsAfter(from: number, lineEnd: number): boolean {
    let at = from;
    while (this.text.charCodeAt(at) === SPACE) at++;
    if (at < lineEnd && !(this.text.charCodeAt(at) === HASH && at > from)) return false;
    this.#settle(lineEnd + 1);
    return true;
  }

  #literal(start: number, indent: number): PlannedValue {
    const lineEnd = this.#lineEnd(start);
    const read = literalText(this.text, this.text.slice(start, lineEnd), lineEnd + 1, indent);
    if (read === undefined) return this.#giveUp();
    this.#settle(read.end);
    return read.value;
  }
}

function keyCharacters(): Uint8Array {
  const allowed = new Uint8Array(128);
  for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-")
    allowed[character.charCodeAt(0)] = 1;
  return allowed;
}

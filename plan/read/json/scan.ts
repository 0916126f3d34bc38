/**
 * A scan over JSON for what `JSON.parse` does not tell: where values stand, which keys stand twice, how deep it goes, and
 * where one text of a stream ends.
 */

/** Hears of each value and key, in order. Offsets are those of the text; strings include their quotes. */
export interface JsonVisitor {
  /** A map begins. */
  openMap?(start: number): void;
  /** A list begins. */
  openList?(start: number): void;
  /** The innermost map or list ends; `end` is after its bracket. */
  close?(end: number): void;
  key?(start: number, end: number): void;
  /** A string, number or word. */
  scalar?(start: number, end: number): void;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Scans the value that begins at an offset and returns the offset after it, or that of the first character that cannot be
 * read. Leniently: the text may be no JSON, and `JSON.parse` decides.
 */
export function scanJson(text: string, from: number, visitor: JsonVisitor): number {
  /** For each open bracket, whether it is a map's. */
  const open: boolean[] = [];
  let expectsKey = false;
  let at = skipSpace(text, from);
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x7b || code === 0x5b) {
      const isMap = code === 0x7b;
      if (isMap) visitor.openMap?.(at);
      else visitor.openList?.(at);
      open.push(isMap);
      expectsKey = isMap;
      at++;
    } else if (code === 0x7d || code === 0x5d) {
      at++;
      open.pop();
      visitor.close?.(at);
      expectsKey = false;
    } else if (code === 0x2c) {
      expectsKey = open.at(-1) === true;
      at++;
    } else if (code === 0x3a) {
      expectsKey = false;
      at++;
    } else {
      const end = code === QUOTE ? stringEnd(text, at) : wordEnd(text, at);
      if (end === at) return at;
      if (expectsKey) visitor.key?.(at, end);
      else visitor.scalar?.(at, end);
      at = end;
    }
    if (open.length === 0) return at;
    at = skipSpace(text, at);
  }
  return at;
}

/** The offset of the next character that is no white space. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at++;
  }
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[-+.\w]/.test(text.charAt(at))) at++;
  return at;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;

/** Literal text, and where the line after it begins. */
export interface Literal {
  readonly value: string;
  readonly end: number;
}

/**
 * Literal text (`|`) whose header says no more than to leave out the line end at its end (`-`).
 *
 * @param header From the `|` to the end of its line.
 * @param from Where the line after the header begins.
 * @param indent Indentation of what holds the text; the text is indented more.
 * @returns `undefined` when the header says more, or the text needs a closer look.
 */
export function literalText(text: string, header: string, from: number, indent: number): Literal | undefined {
  const [, chomping] = /^\|(-?) *$/.exec(header) ?? [];
  const depth = spacesAt(text, from);
  // Text that begins with an empty line has its indentation told by a later one.
  if (chomping === undefined || depth <= indent || isLineEnd(text, from + depth)) return undefined;
  const lines: string[] = [];
  let at = from;
  while (at < text.length) {
    const lineEnd = endOf(text, at);
    const spaces = spacesAt(text, at);
    const isEmpty = isLineEnd(text, at + spaces);
    if (spaces < depth && !isEmpty) {
      if (spaces > indent) return undefined;
      break;
    }
    lines.push(spaces >= depth ? text.slice(at + depth, lineEnd) : "");
    at = lineEnd + 1;
  }
  return { value: chomped(lines, chomping), end: Math.min(at, text.length) };
}

function chomped(lines: string[], chomping: string): string {
  while (lines.at(-1) === "") lines.pop();
  return chomping === "-" ? lines.join("\n") : `${lines.join("\n")}\n`;
}

function spacesAt(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at - from;
}

function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === NEWLINE;
}

function endOf(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

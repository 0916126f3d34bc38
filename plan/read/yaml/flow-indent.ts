/**
 * go-yaml lets the lines of a flow collection stand at any indentation, where YAML 1.2 and our parser want them deeper than
 * their key. Such a line is joined to the one before it by writing spaces over the line break and over comments before it,
 * so that every offset stays what it was.
 *
 * @param at The first character of the line that is not indented enough.
 * @returns `undefined` when nothing comes before the line.
 */
export function joinToLineBefore(text: string, at: number): string | undefined {
  let joined = text;
  for (let stop = lineStart(text, at); stop > 0;) {
    const begin = lineStart(text, stop - 1);
    if (stop - begin > LONGEST_LINE) return undefined;
    const content = withoutComment(text.slice(begin, stop));
    joined = `${joined.slice(0, begin)}${content.padEnd(stop - begin)}${joined.slice(stop)}`;
    if (content.trim() !== "") return joined;
    stop = begin;
  }
  return undefined;
}

/** Longer lines are not looked through. In UTF-16 code units. */
const LONGEST_LINE = 10_000;

/** The offset at which the line of an offset begins. */
function lineStart(text: string, at: number): number {
  return at < 1 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

/** A line without its end, and without its comment: a `#` after white space, outside quotes. */
function withoutComment(line: string): string {
  const [content = ""] = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\S#*|\s(?!#))*/.exec(line) ?? [];
  return content.trimEnd();
}

/** Text on a terminal: nothing here knows what a report is. Widths are columns. */
import { columnsOf, frontOf } from "./columns.js";

/** Text in which control characters, which a terminal would obey, and halves of surrogate pairs are escaped as in JSON. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu, (c) =>
    c === "\n" ? "\\n" : c === "\t" ? "\\t" : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Text of at most `width` columns, the rest replaced by an ellipsis. */
export function clip(text: string, width: number): string {
  return columnsOf(text) <= width ? text : `${frontOf(text, width - 1)}…`;
}

/** Text in lines of at most `width` columns, broken at spaces, and within words that are longer than a line. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let [line, used] = ["", 0];
  for (const word of text.split(/ +/).flatMap((w) => pieces(w, width))) {
    const columns = columnsOf(word);
    if (line === "") [line, used] = [word, columns];
    else if (used + 1 + columns <= width) [line, used] = [`${line} ${word}`, used + 1 + columns];
    else {
      lines.push(line);
      [line, used] = [word, columns];
    }
  }
  return [...lines, line];
}

/** A label and a text behind it, whose further lines begin under its first. Newlines in the text are kept. */
export function field(label: string, text: string, width: number, limit = Number.POSITIVE_INFINITY): readonly string[] {
  const room = Math.max(20, width - label.length);
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? "";
    return wrap(printable(line.slice(indent.length)), room - indent.length).map((part) => indent + part);
  });
  const shown =
    lines.length <= limit ? lines : [...lines.slice(0, limit - 1), clip(`${lines[limit - 1] ?? ""} …`, room)];
  return shown.map((line, i) => (i === 0 ? label : " ".repeat(label.length)) + line);
}

/** `a, b, c +2`: as many names as fit, at least one, and how many are left. */
export function names(all: readonly string[], width: number): string {
  // A name takes a letter and the comma before it two more, so trying the lengths of a long list from its end is in vain.
  for (let shown = Math.min(all.length, Math.ceil(width / 3) + 1); shown > 1; shown--) {
    const text = all.slice(0, shown).join(", ") + (shown === all.length ? "" : ` +${all.length - shown}`);
    if (columnsOf(text) <= width) return text;
  }
  const rest = all.length > 1 ? ` +${all.length - 1}` : "";
  return clip(all[0] ?? "", width - rest.length) + rest;
}

/** Items with commas between them, in lines of at most `width` columns, broken between items alone. */
export function flow(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  items.forEach((item, i) => {
    const text = i === items.length - 1 ? item : `${item},`;
    const last = lines.at(-1);
    if (last === undefined || columnsOf(last) + 1 + columnsOf(text) > width) lines.push(text);
    else lines[lines.length - 1] = `${last} ${text}`;
  });
  return lines;
}

function pieces(word: string, width: number): readonly string[] {
  const all: string[] = [];
  for (let rest = word; ;) {
    const front = columnsOf(rest) <= width ? rest : frontOf(rest, width);
    if (front === "" || front === rest) return [...all, rest];
    all.push(front);
    rest = rest.slice(front.length);
  }
}

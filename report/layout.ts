/** Text on a terminal: nothing here knows what a report is. */

/** Text in which control characters, which a terminal would obey, are escaped as in JSON. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (c) =>
    c === "\n" ? "\\n" : c === "\t" ? "\\t" : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Text of at most `width` characters, the rest replaced by an ellipsis. */
export function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** Text in lines of at most `width` characters, broken at spaces, and within words that are longer than a line. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/).flatMap((w) => pieces(w, width))) {
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A label and a text behind it, whose further lines begin under its first. Newlines in the text are kept. */
export function field(label: string, text: string, width: number, limit = Number.POSITIVE_INFINITY): readonly string[] {
  const room = Math.max(20, width - label.length);
  const lines = text.split("\n").flatMap((line) => {
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
    if (text.length <= width) return text;
  }
  const rest = all.length > 1 ? ` +${all.length - 1}` : "";
  return clip(all[0] ?? "", width - rest.length) + rest;
}

/** Items with commas between them, in lines of at most `width` characters, broken between items alone. */
export function flow(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  items.forEach((item, i) => {
    const text = i === items.length - 1 ? item : `${item},`;
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + text.length > width) lines.push(text);
    else lines[lines.length - 1] = `${last} ${text}`;
  });
  return lines;
}

/** `1 rule`, `2 rules`, `2 repositories`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function pieces(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  return Array.from({ length: Math.ceil(word.length / width) }, (_, i) => word.slice(i * width, (i + 1) * width));
}

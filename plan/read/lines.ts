/** A place in a text, counted from 1; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The lines of a text, found when first asked for. A line ends at `\n`, `\r\n` or a lone `\r`. */
export class Lines {
  #starts: Uint32Array | undefined;

  constructor(private readonly text: string) {}

  /** The place of an offset; that of the end for one beyond it. */
  position(offset: number): Position {
    const starts = this.#lineStarts();
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.min(offset, this.text.length) - (starts[low] ?? 0) + 1 };
  }

  /** Where a line begins and ends, without its line break; `undefined` when there is none of this number. */
  span(line: number): { readonly start: number; readonly end: number } | undefined {
    const starts = this.#lineStarts();
    const start = starts[line - 1];
    if (start === undefined) return undefined;
    let end = starts[line] ?? this.text.length;
    while (end > start && /[\r\n]/.test(this.text.charAt(end - 1))) end--;
    return { start, end };
  }

  #lineStarts(): Uint32Array {
    if (this.#starts !== undefined) return this.#starts;
    return (this.#starts = Uint32Array.from(this.text.includes("\r") ? breaksOf(this.text) : newlinesOf(this.text)));
  }
}

function newlinesOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function breaksOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}

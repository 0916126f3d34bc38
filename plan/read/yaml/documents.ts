/** A stretch of a text with whole documents in it; usually one. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a text before each line that begins with `---`, so that each document can be read by itself and one that is broken
 * leaves the others alone. Directives (`%YAML 1.1`) stay with the document they belong to.
 */
export function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  for (let at = nextMarker(text, 0); at !== -1; at = nextMarker(text, at + 3)) {
    if (at === 0 || endsWithDirective(text, start, at)) continue;
    chunks.push({ start, end: at });
    start = at;
  }
  chunks.push({ start, end: text.length });
  return chunks;
}

/** The next `---` that begins a line and is followed by white space or nothing. */
function nextMarker(text: string, from: number): number {
  if (from === 0 && isMarker(text, 0)) return 0;
  for (let at = text.indexOf("\n---", Math.max(0, from - 1)); at !== -1; at = text.indexOf("\n---", at + 4))
    if (isMarker(text, at + 1)) return at + 1;
  return -1;
}

function isMarker(text: string, at: number): boolean {
  return text.startsWith("---", at) && /^[ \t\r\n]?$/.test(text.charAt(at + 3));
}

/** Whether the last line with content before a marker is a directive. */
function endsWithDirective(text: string, start: number, end: number): boolean {
  for (let stop = end; stop > start;) {
    const begin = stop < 2 ? 0 : text.lastIndexOf("\n", stop - 2) + 1;
    const line = text.slice(Math.max(begin, start), stop).trim();
    if (line !== "" && !line.startsWith("#")) return line.startsWith("%");
    stop = begin;
  }
  return false;
}

import { isUtf8 } from "node:buffer";
import { gunzipSync } from "node:zlib";
import { TextError } from "./errors.js";
import { Lines } from "./lines.js";

/** How large a file may be, unpacked: 50,000 objects take a third of it. In bytes. */
export const LARGEST_FILE = 256 * 2 ** 20;

/** For messages. */
export const LARGEST_FILE_TEXT = "256 MiB";

/**
 * The text of a file: gzip is unpacked, a byte order mark taken off. UTF-8 unless the mark says UTF-16.
 *
 * @throws TextError when it is too large, no text, or packed wrongly.
 */
export function textOfBytes(bytes: Uint8Array): string {
  const buffer = unpacked(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (buffer.length > LARGEST_FILE) throw tooLarge();
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.toString("utf16le", 2);
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return swapped(buffer.subarray(2)).toString("utf16le");
  if (!isUtf8(buffer)) {
    const offset = firstInvalid(buffer);
    const position = new Lines(buffer.toString("utf8", 0, offset)).position(offset);
    throw new TextError("must be UTF-8, and this byte is not. Save the file as UTF-8", undefined, position);
  }
  const start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  return buffer.toString("utf8", start);
}

/** What a file that is too large is told. */
export function tooLarge(): TextError {
  return new TextError(`must have at most ${LARGEST_FILE_TEXT}, unpacked. Give it in several files`);
}

function unpacked(buffer: Buffer): Buffer {
  if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) return buffer;
  try {
    return gunzipSync(buffer, { maxOutputLength: LARGEST_FILE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new TextError("is gzip that cannot be unpacked: it is cut off or damaged. Pack it again");
  }
}

function swapped(buffer: Buffer): Buffer {
  return Buffer.from(buffer.subarray(0, buffer.length & ~1)).swap16();
}

/** The offset of the first byte that is no UTF-8; the prefix before it is. */
function firstInvalid(buffer: Buffer): number {
  let [good, bad] = [0, buffer.length];
  while (good < bad) {
    const middle = (good + bad + 1) >> 1;
    if (isUtf8(buffer.subarray(0, wholeCharacters(buffer, middle)))) good = middle;
    else bad = middle - 1;
  }
  return wholeCharacters(buffer, good);
}

/** An offset at or before this one at which no character is cut: continuation bytes at the end belong to the next. */
function wholeCharacters(buffer: Buffer, end: number): number {
  let start = end;
  while (start > 0 && end - start < 4 && ((buffer[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}

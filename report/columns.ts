/** How wide text is on a terminal, in columns. */

/** Printable ASCII, Latin letters and signs, and the ellipsis: a column is a character. To ask the segmenter takes a while. */
const SIMPLE = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2026]*$/;

/** What takes two columns: East Asian wide and full-width blocks (Unicode 16.0, EastAsianWidth.txt), and emoji. */
const WIDE = new RegExp(
  [
    "[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\u4dbf\\u4e00-\\ua4cf\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff]",
    "[\\ufe10-\\ufe19\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6]",
    "[\\u{16fe0}-\\u{18dff}\\u{1aff0}-\\u{1b2ff}\\u{1f200}-\\u{1f2ff}\\u{20000}-\\u{3fffd}]",
    "\\p{Emoji_Presentation}",
    "\\p{Emoji}\\ufe0f",
  ].join("|"),
  "u",
);

/** What takes none: marks over and under a letter, and characters that only steer. */
const NARROWEST = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;

let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as a reader counts them: a letter with its marks, a flag, a family of emoji is one. */
export function charactersOf(text: string): readonly string[] {
  if (SIMPLE.test(text)) return Array.from(text);
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Columns that a text takes. */
export function columnsOf(text: string): number {
  if (SIMPLE.test(text)) return text.length;
  return charactersOf(text).reduce((sum, character) => sum + columnsOfCharacter(character), 0);
}

/** The front of a text that takes at most so many columns. */
export function frontOf(text: string, columns: number): string {
  if (SIMPLE.test(text)) return text.slice(0, Math.max(0, columns));
  let [front, used] = ["", 0];
  for (const character of charactersOf(text)) {
    used += columnsOfCharacter(character);
    if (used > columns) return front;
    front += character;
  }
  return front;
}

function columnsOfCharacter(character: string): number {
  if (WIDE.test(character)) return 2;
  return NARROWEST.test(character) ? 0 : 1;
}

/** Text without halves of surrogate pairs, which no encoding of Unicode can hold: each becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/**
 * String tokens: how a value that is known only later (a Pulumi Output) travels through code that takes plain strings,
 * cdk8s above all. The cloud half mints tokens, the cluster half passes them on, the bridge splits strings at them.
 */

const TOKEN = /\$\{ringfence:([A-Za-z0-9_.-]+)\}/g;

/** Text with late values in it, in order. */
export type TokenPart = { readonly text: string } | { readonly token: string };

/** The token for the late value called `id`; letters, digits, `.`, `_` and `-` only. */
export function tokenOf(id: string): string {
  return `\${ringfence:${id}}`;
}

/** Splits a text at its tokens; a text without tokens gives one part. */
export function splitAtTokens(text: string): TokenPart[] {
  const parts: TokenPart[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ token: match[1] ?? "" });
    end = match.index + match[0].length;
  }
  if (end < text.length || parts.length === 0) parts.push({ text: text.slice(end) });
  return parts;
}

/** Whether a text holds a late value. */
export function hasToken(text: string): boolean {
  return splitAtTokens(text).some((part) => "token" in part);
}

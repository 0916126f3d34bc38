import type { Read } from "../../plan/world/index.js";
import { PLACEHOLDER, UNKNOWN } from "../../plan/world/index.js";

/** Whether a pattern with `*` and `?` matches a whole text, as IAM has it: both cross every separator. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let [p, t, star, retry] = [0, 0, -1, 0];
  while (t < text.length) {
    const char = pattern[p];
    if (char === "*") {
      star = p;
      p += 1;
      retry = t;
    } else if (char === text[t] || (char === "?" && text[t] !== PLACEHOLDER)) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      retry += 1;
      t = retry;
    } else return false;
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}

/**
 * {@link matchesWildcard} where late values (U+FFFC) may stand in both: they may turn out to be any text, so that the answer
 * is sometimes not known.
 */
export function matchesLate(pattern: string, text: string): Read<boolean> {
  if (!pattern.includes(PLACEHOLDER) && matchesWildcard(pattern, text)) return true;
  if (!pattern.includes(PLACEHOLDER) && !text.includes(PLACEHOLDER)) return false;
  return overlaps(pattern.split(PLACEHOLDER).join("*"), text) ? UNKNOWN : false;
}

/** Whether some text in place of each late value makes the pattern match. Within an ARN no late value holds a colon. */
function overlaps(pattern: string, text: string): boolean {
  const inArn = text.startsWith("arn:");
  // One row per character of the pattern: which prefixes of the text the pattern so far may match.
  let row = Array.from({ length: text.length + 1 }, (_, t) => /^\uFFFC*$/.test(text.slice(0, t)));
  for (const char of pattern) {
    const next: boolean[] = [char === "*" && row[0] === true];
    for (let t = 1; t <= text.length; t += 1) {
      const late = text[t - 1] === PLACEHOLDER;
      const here =
        row[t - 1] === true &&
        ((late && !(inArn && char === ":")) || char === "*" || char === "?" || char === text[t - 1]);
      next[t] =
        here ||
        (late && ((row[t] === true && !(inArn && char === ":")) || next[t - 1] === true)) ||
        (char === "*" && (row[t] === true || next[t - 1] === true));
    }
    row = next;
  }
  return row[text.length] === true;
}

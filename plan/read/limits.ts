import { TextError } from "./errors.js";

/** How deep maps and lists may lie in each other. Kubernetes' own schemas need fewer than a hundred levels. */
export const DEEPEST = 500;

/** How many values one document may hold. Ten thousand objects in one List hold 600,000. */
export const MOST_VALUES = 8_000_000;

/** As {@link MOST_VALUES}, where the parser of YAML is needed: its events take more memory than values do. */
export const MOST_EVENTS = 4_000_000;

/** What a document with too many values is told. */
export function tooManyValues(most: number, offset?: number): TextError {
  const count = most.toLocaleString("en");
  return new TextError(`a document must hold at most ${count} values. Split it into several documents`, offset);
}

/** What a document that is nested deeper than {@link DEEPEST} is told. */
export function tooDeep(offset?: number): TextError {
  return new TextError(
    `maps and lists must not lie more than ${DEEPEST} levels deep in each other. Flatten the document`,
    offset,
  );
}

/** What is said of a key that stands twice. */
export function duplicateMessage(key: string, line: number): string {
  return `the key '${shortened(key)}' stands twice in one map, first on line ${line}. Leave one of them out`;
}

/** Text for a message: on one line, of at most 60 characters. */
export function shortened(text: string): string {
  const start = text.slice(0, 200).replaceAll(/[\s\p{Cc}]+/gu, " ");
  return start.length > 60 ? `${start.slice(0, 57)}...` : start;
}

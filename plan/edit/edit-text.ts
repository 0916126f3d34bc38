import type { TextSpan } from "../read/index.js";
import type { Edit } from "./edit.js";
import { applyEdit } from "./edit.js";

/** What is to be changed of one object in a text. */
export interface ObjectEdits {
  /** Where the object stands in the text. */
  readonly span: TextSpan;
  readonly edits: readonly Edit[];
}

/** A text with changes made. */
export interface EditedText {
  readonly text: string;
  /** How many changes were made. */
  readonly made: number;
  /** Changes that cannot be made mechanically: an alias shares the value, or the object stands in a form of its own. */
  readonly refused: readonly Edit[];
}

/** Makes the changes of all objects in a text, each object by itself. */
export function editText(text: string, objects: readonly ObjectEdits[]): EditedText {
  let [edited, made] = [text, 0];
  const refused: Edit[] = [];
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  // From the last to the first, so that the places of the others stay.
  for (const { span, edits } of [...objects].sort((a, b) => b.span.start - a.span.start)) {
    const start = edited.lastIndexOf("\n", span.start - 1) + 1;
    const lead = span.start - start;
    // Alone, the object keeps its column, from which its lines are indented.
    let part = " ".repeat(lead) + edited.slice(span.start, endOf(edited, span));
    const end = span.start + part.length - lead;
    for (const edit of inOrder(edits)) {
      const next = applyEdit(part, edit, eol);
      if (next === undefined) refused.push(edit);
      else if (next !== part) [part, made] = [next, made + 1];
    }
    edited = edited.slice(0, span.start) + part.slice(lead) + edited.slice(end);
  }
  return { text: edited, made, refused };
}

/** The end of the object's last line, with the comment that may stand on it; in flow style the end of the object. */
function endOf(text: string, { start, end }: TextSpan): number {
  if (text.startsWith("{", start)) return end;
  const last = start + text.slice(start, end).trimEnd().length;
  const rest = text.slice(last).search(/\r?\n|$/);
  return last + rest;
}

/**
 * Each edit once: values first, then what goes, of the items of a list the last one first, so that the places of the others
 * stay.
 */
function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const distinct = [...new Map(edits.map((edit) => [JSON.stringify(edit), edit])).values()];
  const removed = distinct.filter(({ kind }) => kind === "remove");
  const backwards = removed.sort((a, b) => b.path.localeCompare(a.path, "en", { numeric: true }));
  return [...distinct.filter(({ kind }) => kind === "set"), ...backwards];
}

import { UserError } from "../../core/issue.js";
import type { Position } from "./lines.js";

/** One thing wrong with a text: a line for a person, and where. */
export interface TextProblem {
  readonly message: string;
  /** In UTF-16 code units from the start of the file's text. */
  readonly offset: number;
}

/** A text that cannot be read on: what is wrong, at an offset of the text that was parsed where the reader knows one. */
export class TextError extends UserError {
  constructor(
    message: string,
    /** In UTF-16 code units. */
    readonly offset?: number,
    /** Where that is, when no text is there to count in. */
    readonly position?: Position,
  ) {
    super(message);
    this.name = "TextError";
  }
}

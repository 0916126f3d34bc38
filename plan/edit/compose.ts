import { EVENT_ID } from "js-yaml";
import { TextError } from "../read/errors.js";
import type { TextSpan } from "../read/index.js";
import { Positions } from "../read/positions.js";
import { compose } from "../read/yaml/compose.js";
import { eventsOf } from "../read/yaml/events.js";
import { handlesOf } from "../read/yaml/tags.js";
import type { Data } from "./render.js";

/** Where a property stands in a text, or the nearest ancestor that is there. */
export interface Place {
  /** Whether the property itself stands there. */
  readonly exact: boolean;
  readonly value: TextSpan;
  readonly key?: TextSpan;
}

/** A text with one object in it, as it was read. */
export interface Composed {
  readonly object: Data;
  readonly locate: (path: string) => Place;
}

/**
 * Reads the text of one object, YAML or JSON, as `ringfence check` reads files; `undefined` when it cannot be read by itself,
 * as one that uses an anchor of its neighbour.
 */
export function composeObject(text: string): Composed | undefined {
  try {
    const events = eventsOf(text);
    const [document] = compose(text, events, () => 1);
    if (document?.value === undefined) return undefined;
    const [first] = events;
    const isDocument = first?.type === EVENT_ID.DOCUMENT;
    const positions = new Positions(text, events, isDocument ? 1 : 0, isDocument ? handlesOf(first) : new Map());
    return { object: document.value as Data, locate: (path) => positions.find(path) };
  } catch (error) {
    if (error instanceof TextError) return undefined;
    throw error;
  }
}

import { EVENT_ID } from "js-yaml";
import { TextError } from "../read/errors.js";
import { Positions } from "../read/positions.js";
import { compose } from "../read/yaml/compose.js";
import { eventsOf } from "../read/yaml/events.js";
import { handlesOf } from "../read/yaml/tags.js";
import type { Composed } from "./edit.js";
import type { Data } from "./render.js";

/**
 * Reads the text of one object, YAML or JSON, as `ringfence check` reads files.
 *
 * @throws TextError when it cannot be read.
 */
export function composeObject(text: string): Composed {
  const events = eventsOf(text);
  const [document] = compose(text, events, () => 1);
  if (document?.value === undefined) throw new TextError("the object cannot be read by itself");
  const [first] = events;
  const isDocument = first?.type === EVENT_ID.DOCUMENT;
  const positions = new Positions(text, events, isDocument ? 1 : 0, isDocument ? handlesOf(first) : new Map());
  return { object: document.value as Data, locate: (path) => positions.find(path) };
}

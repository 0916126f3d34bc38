import { EVENT_ID, parseEvents, SCALAR_STYLE, YAMLException } from "js-yaml";
import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from "js-yaml";
import { TextError } from "../errors.js";
import { DEEPEST, MOST_EVENTS, tooDeep, tooManyValues } from "../limits.js";
import { joinToLineBefore } from "./flow-indent.js";

/** How many lines of flow collections may stand at too small an indentation: each costs another pass. */
const MOST_PATCHES = 100;

/** Shorter texts cannot hold {@link MOST_EVENTS}. */
const SURELY_FEW = MOST_EVENTS;

/**
 * The events of a text, one or more documents.
 *
 * @throws TextError when it is no YAML, is nested too deep or holds too many values.
 */
export function eventsOf(text: string): readonly Event[] {
  if (text.length > SURELY_FEW && countMarks(text) > MOST_EVENTS) throw tooManyValues(MOST_EVENTS);
  let patched = text;
  for (let patches = 0; ; patches++) {
    try {
      return parseEvents(patched, { maxDepth: DEEPEST });
    } catch (error) {
      const { reason, at } = reasonOf(error);
      const joined =
        reason === "deficient indentation" && patches < MOST_PATCHES ? joinToLineBefore(patched, at ?? 0) : undefined;
      if (joined === undefined)
        throw reason.startsWith("nesting exceeded") ? tooDeep(at) : new TextError(sentenceOf(reason), at);
      patched = joined;
    }
  }
}

/** What the parser says is wrong, and where. A text that it cannot take at all is an error of this kind too. */
function reasonOf(error: unknown): { readonly reason: string; readonly at: number | undefined } {
  if (error instanceof YAMLException) return { reason: error.reason, at: error.mark?.position };
  return { reason: "the text cannot be read", at: undefined };
}

/** How many characters there are that begin or end a value: no text has many more values. */
function countMarks(text: string): number {
  const mark = /[\n,[\]{}:]|[-?] /g;
  let marks = 0;
  while (mark.test(text)) marks++;
  return marks;
}

/** The parser's reasons, with what to do. Nothing of the text is quoted: it may be that of a Secret. */
function sentenceOf(reason: string): string {
  const advice = ADVICE.find(([pattern]) => pattern.test(reason))?.[1] ?? "Correct the YAML at this place";
  const said = reason.replace(/(such characters): [^]*$/, "$1").replace(/\s+/g, " ");
  return `is not YAML: ${said}. ${advice}`;
}

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/tab characters/, "Indent with spaces"],
  [/bad indentation|indentation/, "Give entries of one map or list the same indentation, and its content a deeper one"],
  [/null byte|non-printable|printable/, "Take the control character out, or write it as an escape in double quotes"],
  [/unexpected end|end of the stream/, "Close every quote and bracket, and separate documents by a line '---'"],
  [/alias|anchor/, "Define an anchor as '&name' and use it as '*name'"],
  [/tag/, "Leave the tag out: Kubernetes reads the value without it"],
  [/':'|mapping/, "Write 'key: value', with a space after the colon, and quote text that contains ': '"],
];

/** Whether an event begins a node of this kind. */
export const isScalar = (event: Event): event is ScalarEvent => event.type === EVENT_ID.SCALAR;
/** Where a node begins, its tag or anchor included. */
export function offsetOf(event: Event | undefined): number {
  if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return 0;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  const properties = [event.tagStart, event.anchorStart - 1].filter((offset) => offset >= 0);
  return properties.length > 0 ? Math.min(...properties) : valueOffset(event);
}

/** Where the value of a node begins, a quote included; 0 for a value that is left out. */
function valueOffset(event: MappingEvent | ScalarEvent | SequenceEvent): number {
  if (event.type !== EVENT_ID.SCALAR) return event.start;
  const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return Math.max(0, quoted ? event.valueStart - 1 : event.valueStart);
}

/** The index of the event after a node, which begins at another. */
export function skipNode(events: readonly Event[], at: number): number {
  let depth = 0;
  for (let next = at; next < events.length;) {
    const event = events[next++];
    if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) depth++;
    else if (event?.type === EVENT_ID.POP) depth--;
    if (depth <= 0) return next;
  }
  return events.length;
}

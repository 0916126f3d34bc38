import { CHOMPING_MODE, COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE } from "js-yaml";
import type { Event } from "js-yaml";
import { scanJson } from "./scan.js";

const NONE = { anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 } as const;

/** The events that a YAML parser would give for a JSON text, so that both have their positions found in one way. */
export function jsonEvents(text: string): readonly Event[] {
  const events: Event[] = [{ type: EVENT_ID.DOCUMENT, explicitStart: false, explicitEnd: false, directives: [] }];
  const scalar = (start: number, end: number): void => {
    const quoted = text.charAt(start) === '"';
    events.push({
      type: EVENT_ID.SCALAR,
      valueStart: quoted ? start + 1 : start,
      valueEnd: quoted ? end - 1 : end,
      ...NONE,
      style: quoted ? SCALAR_STYLE.DOUBLE_QUOTED : SCALAR_STYLE.PLAIN,
      chomping: CHOMPING_MODE.CLIP,
      indent: -1,
      fast: false,
    });
  };
  scanJson(text, 0, {
    openMap: (start) => events.push({ type: EVENT_ID.MAPPING, start, ...NONE, style: COLLECTION_STYLE.FLOW }),
    openList: (start) => events.push({ type: EVENT_ID.SEQUENCE, start, ...NONE, style: COLLECTION_STYLE.FLOW }),
    close: () => events.push({ type: EVENT_ID.POP }),
    key: scalar,
    scalar,
  });
  return [...events, { type: EVENT_ID.POP }];
}

import { getScalarValue, SCALAR_STYLE } from "js-yaml";
import type { DocumentEvent, ScalarEvent } from "js-yaml";
import type { Scalar } from "./scalars.js";
import { keyText, resolvePlain, resolveTagged } from "./scalars.js";

/** Short names of tags, as the directives of a document define them. */
export type TagHandles = ReadonlyMap<string, string>;

/** The handles of a document. */
export function handlesOf(event: DocumentEvent): TagHandles {
  const handles = new Map([["!!", "tag:yaml.org,2002:"]]);
  for (const directive of event.directives)
    if (directive.kind === "tag") handles.set(directive.handle, directive.prefix);
  return handles;
}

/**
 * The value of a scalar.
 *
 * @throws TextError when a tag does not fit, or JSON has no such value.
 */
export function scalarOf(text: string, event: ScalarEvent, handles: TagHandles): Scalar {
  const value = getScalarValue(text, event);
  if (event.tagStart === -1) return event.style === SCALAR_STYLE.PLAIN ? resolvePlain(value) : value;
  return resolveTagged(fullTag(text.slice(event.tagStart, event.tagEnd), handles), value);
}

/** A tag in full: `!!int` is `tag:yaml.org,2002:int`, `!<x>` is `x`. */
export function fullTag(raw: string, handles: TagHandles): string {
  if (raw.startsWith("!<")) return raw.slice(2, -1);
  const [handle = ""] = /^!(?:[\w-]*!)?/.exec(raw) ?? [];
  const prefix = handles.get(handle);
  return prefix === undefined ? raw : prefix + raw.slice(handle.length);
}

/** The text of a key; `undefined` for null, which can be none. See {@link scalarOf}. */
export function keyTextOf(text: string, event: ScalarEvent, handles: TagHandles): string | undefined {
  const value = scalarOf(text, event, handles);
  return typeof value === "string" ? value : keyText(value, getScalarValue(text, event));
}

/** Whether a key is the merge key `<<`: unquoted, or tagged so. */
export function isMergeKey(text: string, event: ScalarEvent, handles: TagHandles): boolean {
  if (event.valueEnd - event.valueStart !== 2 || !text.startsWith("<<", event.valueStart)) return false;
  if (event.tagStart === -1) return event.style === SCALAR_STYLE.PLAIN;
  return fullTag(text.slice(event.tagStart, event.tagEnd), handles) === "tag:yaml.org,2002:merge";
}

/** XML 1.0: nothing here knows what a report is. */
import { wellFormed } from "./well-formed.js";

/** An element with its attributes; those that are `undefined` are left out. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  /** Elements, or text. */
  readonly content?: readonly Element[] | string;
}

/** A document, two spaces a level, with a final newline. */
export function renderXml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render(root, "")}\n`;
}

function render({ name, attributes, content }: Element, indent: string): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escape(String(value))}"`],
  );
  const open = `${indent}<${name}${given.join("")}`;
  if (content === undefined || content.length === 0) return `${open}/>`;
  if (typeof content === "string") return `${open}>${escape(content)}</${name}>`;
  return [`${open}>`, ...content.map((child) => render(child, `${indent}  `)), `${indent}</${name}>`].join("\n");
}

/**
 * Text for an attribute or for content. A character that XML 1.0 cannot hold, not even as a reference, becomes U+FFFD;
 * tabs and line breaks are written as references, for a parser turns those of an attribute into spaces.
 */
function escape(text: string): string {
  return wellFormed(text)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\uFFFD")
    .replace(/[&<>"'\t\n\r]/g, (c) => `&#${c.charCodeAt(0)};`);
}

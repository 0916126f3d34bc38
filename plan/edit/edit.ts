import { isDeepStrictEqual } from "node:util";
import { joinSteps, splitPath } from "../model/index.js";
import type { PathStep } from "../model/index.js";
import type { Composed, Place } from "./compose.js";
import { composeObject } from "./compose.js";
import type { Data } from "./render.js";
import { renderEntry, renderFlow } from "./render.js";

/** What is to become of one property. */
export type Edit =
  | { readonly kind: "set"; readonly path: string; readonly value: Data }
  | { readonly kind: "remove"; readonly path: string };

/**
 * Makes one change in the text of an object and leaves every other character as it is: comments, quotes, the order of keys,
 * the style of lists. What the changed text holds is compared with what it should hold, so that an alias, which stands for
 * other places too, or a form that nobody thought of leads to no change rather than to a wrong one.
 *
 * @param eol How lines of the text end.
 * @returns the changed text; the same text when the object is that way already; `undefined` when the change cannot be made.
 */
export function applyEdit(text: string, edit: Edit, eol: string): string | undefined {
  const before = composeObject(text);
  if (before === undefined) return undefined;
  const wanted = changed(before.object, splitPath(edit.path), edit);
  if (wanted === undefined) return undefined;
  if (isDeepStrictEqual(wanted, before.object)) return text;
  for (const candidate of candidates(text, edit, before, eol))
    if (isDeepStrictEqual(composeObject(candidate)?.object, wanted)) return candidate;
  return undefined;
}

/** The object with the change made; `undefined` when there is no place for it. */
function changed(data: Data | undefined, [step, ...rest]: readonly PathStep[], edit: Edit): Data | undefined {
  if (step === undefined) return edit.kind === "set" ? edit.value : undefined;
  if (typeof step === "number") {
    if (!Array.isArray(data) || step >= data.length) return undefined;
    if (rest.length === 0 && edit.kind === "remove") return (data as readonly Data[]).filter((_, i) => i !== step);
    const item = changed((data as readonly Data[])[step], rest, edit);
    return item === undefined ? undefined : (data as readonly Data[]).with(step, item);
  }
  const map = data ?? {};
  if (typeof map !== "object" || Array.isArray(map)) return undefined;
  const entries = map as { readonly [key: string]: Data };
  const own = Object.hasOwn(entries, step) ? entries[step] : undefined;
  if (rest.length === 0 && edit.kind === "remove")
    return Object.fromEntries(Object.entries(entries).filter(([key]) => key !== step));
  if (edit.kind === "remove" && own === undefined) return entries;
  const value = changed(own, rest, edit);
  return value === undefined ? undefined : { ...entries, [step]: value };
}

function* candidates(text: string, edit: Edit, { locate }: Composed, eol: string): Iterable<string> {
  const place = locate(edit.path);
  if (edit.kind === "remove") {
    if (!place.exact) return;
    yield* removals(text, place, eol);
    // The last one of a list or map leaves an empty one behind.
    const around = locate(joinSteps(splitPath(edit.path).slice(0, -1)));
    const empty = typeof splitPath(edit.path).at(-1) === "number" ? [] : {};
    if (!around.exact) return;
    if (around.key !== undefined)
      yield `${text.slice(0, around.key.end)}: ${renderFlow(empty, false)}${text.slice(around.value.end)}`;
    yield* replacements(text, around, empty, eol);
    return;
  }
  if (place.exact) {
    yield* replacements(text, place, edit.value, eol);
    return;
  }
  const steps = splitPath(edit.path);
  for (let length = steps.length - 1; length >= 0; length--) {
    const ancestor = locate(joinSteps(steps.slice(0, length)));
    if (!ancestor.exact) continue;
    const [key, ...below] = steps.slice(length);
    if (typeof key !== "string") return;
    yield* insertions(text, ancestor, key, nest(below, edit.value), eol);
    return;
  }
}

/** The value below the keys that are not there yet. */
function nest(keys: readonly PathStep[], value: Data): Data {
  return keys.reduceRight<Data>((inner, key) => ({ [key]: inner }), value);
}

function* replacements(text: string, { value, key }: Place, data: Data, eol: string): Iterable<string> {
  const [before, after] = [text.slice(0, value.start), text.slice(value.end)];
  const old = text.slice(value.start, value.end);
  // An empty value, as behind `securityContext:`, needs the space that a scalar stands behind.
  const gap = old === "" && !/\s$/.test(before) ? " " : "";
  yield `${before}${gap}${renderFlow(data, isJson(text))}${after}`;
  if (key === undefined) return;
  const indent = indentOf(text, key.start);
  const lines = renderEntry(text.slice(key.start, key.end).replaceAll(/^["']|["']$/g, ""), data, indent);
  yield `${text.slice(0, key.start - indent.length)}${lines.join(eol)}${after}`;
}

function* insertions(text: string, { value, key }: Place, name: string, data: Data, eol: string): Iterable<string> {
  const old = text.slice(value.start, value.end);
  if (old.startsWith("{")) {
    const empty = /^\{\s*\}$/.test(old);
    const json = isJson(text) || /^\{\s*"/.test(old);
    const entry = `${json ? JSON.stringify(name) : renderFlow(name, false)}: ${renderFlow(data, json)}`;
    const end = value.start + old.trimEnd().length - 1;
    const tail = /[\s,]*$/.exec(text.slice(0, end))?.[0] ?? "";
    yield empty
      ? `${text.slice(0, value.start)}{${entry}}${text.slice(value.end)}`
      : `${text.slice(0, end - tail.length)}, ${entry}${tail.replace(",", "")}${text.slice(end)}`;
    return;
  }
  if (old.trim() === "") {
    if (key === undefined) return;
    const lines = renderEntry(name, data, `${indentOf(text, key.start)}  `);
    const end = lineEnd(text, key.end);
    yield `${text.slice(0, end)}${eol}${lines.join(eol)}${text.slice(end)}`;
    return;
  }
  const indent = indentOf(text, value.start);
  const lines = renderEntry(name, data, indent);
  const end = lineEnd(text, value.start + old.trimEnd().length);
  yield `${text.slice(0, end)}${eol}${lines.join(eol)}${text.slice(end)}`;
  const [first = "", ...more] = lines;
  yield `${text.slice(0, value.start)}${[first.trimStart(), ...more].join(eol)}${eol}${indent}${text.slice(value.start)}`;
}

function* removals(text: string, { value, key }: Place, eol: string): Iterable<string> {
  const start = key?.start ?? value.start;
  const stop = Math.max(key?.end ?? 0, value.start + text.slice(value.start, value.end).trimEnd().length);
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const end = lineEnd(text, stop);
  const next = text.startsWith(eol, end) ? end + eol.length : end;
  const lead = key === undefined ? /^\s*-\s*$/ : /^\s*$/;
  if (lead.test(text.slice(lineStart, start))) yield text.slice(0, lineStart) + text.slice(next);
  // Behind the dash of a list: the next key takes its place.
  const following = /^[ \t]*/.exec(text.slice(next))?.[0].length ?? 0;
  yield text.slice(0, start) + text.slice(next + following);
  // In flow style, with the comma on either side.
  const inner = text.slice(Math.max(stop, value.end));
  const comma = /^\s*,\s*/.exec(inner)?.[0];
  if (comma !== undefined) yield text.slice(0, start) + inner.slice(comma.length);
  yield text.slice(0, start).replace(/,\s*$/, "") + inner;
}

/** Whitespace that puts a line below what stands at an offset, behind the dash of a list as well. */
function indentOf(text: string, offset: number): string {
  return " ".repeat(offset - (text.lastIndexOf("\n", offset - 1) + 1));
}

/** Where the line of an offset ends, before its line break. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === "\r" ? end - 1 : end;
}

function isJson(text: string): boolean {
  return /^\s*[[{]\s*["\]}]/.test(text);
}

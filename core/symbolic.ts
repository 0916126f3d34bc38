/**
 * The codec of symbolic values: text that looks like what AWS or Kubernetes will return and carries a fragment that names
 * the output it stands for. The engine issues fragments and reads them back; a component asks {@link isSymbolic} to skip
 * work that only a real value allows.
 *
 * Version 1: a fragment is twelve lower-case hexadecimal digits, eight of a hash of (URN, property) and four of a check on
 * those eight. Ids, ARNs and UUIDs have room for twelve digits, so symbolic values keep their real length.
 */
import { createHash } from "node:crypto";

/** Digits in a fragment. */
export const FRAGMENT_LENGTH = 12;

const CODEC = "ringfence.symbolic/1";
const HEX_RUN = /[0-9a-f]{12,}/gi;
const CHECK_DIGITS = 4;

/** The fragment for an output. `attempt` counts up from 0 when two outputs of one plan would share a fragment. */
export function fragmentOf(urn: string, property: string, attempt = 0): string {
  const body = sha(`${CODEC}\n${urn}\n${property}\n${attempt}`).slice(0, FRAGMENT_LENGTH - CHECK_DIGITS);
  return body + check(body);
}

/** Where a fragment stands in a text. */
export interface FragmentPosition {
  /** In lower case, whatever case the program turned it into. */
  readonly fragment: string;
  readonly index: number;
}

/**
 * The fragments in a text, in any letter case, from left to right. One in some 65,000 windows of other hexadecimal text
 * passes for a fragment by chance, so the engine looks each up among those it issued.
 */
export function findFragments(text: string): FragmentPosition[] {
  const found: FragmentPosition[] = [];
  for (const run of text.matchAll(HEX_RUN)) {
    const digits = run[0].toLowerCase();
    for (let at = 0; at + FRAGMENT_LENGTH <= digits.length; at++) {
      const fragment = digits.slice(at, at + FRAGMENT_LENGTH);
      if (hasCheck(fragment)) found.push({ fragment, index: run.index + at });
    }
  }
  return found;
}

/** How deep {@link isSymbolic} looks: deeper than any input of a resource, and an end for values that contain themselves. */
const DEEPEST = 16;

/**
 * Whether a value, or any text inside its lists and plain maps, is symbolic: it was made by a preview, and no such thing
 * exists yet. Instances of classes, a resource for one, are not looked into.
 */
export function isSymbolic(value: unknown): boolean {
  return looksSymbolic(value, DEEPEST);
}

function looksSymbolic(value: unknown, depth: number): boolean {
  if (typeof value === "string") return findFragments(value).length > 0;
  if (typeof value !== "object" || value === null || depth === 0) return false;
  if (Array.isArray(value)) return value.some((item) => looksSymbolic(item, depth - 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).some((item) => looksSymbolic(item, depth - 1));
}

function hasCheck(fragment: string): boolean {
  const body = fragment.slice(0, -CHECK_DIGITS);
  return check(body) === fragment.slice(-CHECK_DIGITS);
}

/** A small multiplicative hash: every window of every hexadecimal run is tested, so it must cost nothing. */
function check(body: string): string {
  const mixed = Math.imul((Number.parseInt(body, 16) ^ 0x52494e47) >>> 0, 0x9e3779b1) >>> 16;
  return mixed.toString(16).padStart(CHECK_DIGITS, "0");
}

function sha(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

import type { PlannedResource, PlannedValue } from "../plan/model/index.js";
import { Secret } from "../plan/model/index.js";
import type { Cursor, Read } from "../plan/world/index.js";
import { UNKNOWN } from "../plan/world/index.js";
import type { Change, Severity, Verdict } from "./model.js";

/** It holds. */
export function pass(): Verdict {
  return { kind: "pass" };
}

/** What a failure may say besides its place and its message. */
export interface FailureDetails {
  /** @default - the severity of the rule */
  readonly severity?: Severity;
  /** @default - a person has to decide */
  readonly fix?: readonly Change[];
  /** @default - the resource itself */
  readonly under?: PlannedResource;
}

/** It does not hold. The value at the cursor is kept; one that is, or lies in, a secret stays wrapped. */
export function fail(at: Cursor, message: string, details: FailureDetails = {}): Verdict {
  return { kind: "fail", path: at.path, actual: shown(at), message, ...details };
}

/** The resource as a whole does not hold, for what it lacks elsewhere: no path, no value. */
export function failWhole(message: string, details: FailureDetails = {}): Verdict {
  return { kind: "fail", path: "", actual: undefined, message, ...details };
}

/** The change that puts a value at a place. */
export function setTo(at: Cursor, value: PlannedValue): Change {
  return { kind: "set", path: at.path, value };
}

/** The change that takes away what stands at a place. */
export function remove(at: Cursor): Change {
  return { kind: "remove", path: at.path };
}

/** Nobody can tell before the deployment. */
export function unknown(at: Cursor, message: string): Verdict {
  return { kind: "unknown", path: at.path, message };
}

/** Nobody can tell of the resource as a whole. */
export function unknownWhole(message: string): Verdict {
  return { kind: "unknown", path: "", message };
}

/** There is nothing to judge here. */
export function notApplicable(reason: string): Verdict {
  return { kind: "notApplicable", reason };
}

/** What a value has to be. */
export interface Expectation<T> {
  /** What the platform takes when the value is absent; `undefined` when absence is a state of its own. */
  readonly absent: T;
  readonly accept: (value: T) => boolean;
  /** Why it matters here, one sentence; shown on `fail`. */
  readonly message: string;
  /** What cannot be told, shown on `unknown`. */
  readonly undecided: string;
  /**
   * The value that makes it hold, when there is one that a machine may put there.
   *
   * @default - a person has to decide
   */
  readonly fix?: PlannedValue;
}

/** Judges what was read at a place: the three values of reading become three verdicts. */
export function expectRead<T>(at: Cursor, read: Read<T | undefined>, e: Expectation<T>): Verdict {
  if (read === UNKNOWN) return unknown(at, e.undecided);
  if (e.accept(read ?? e.absent)) return pass();
  return fail(at, e.message, e.fix === undefined ? {} : { fix: [setTo(at, e.fix)] });
}

/** {@link expectRead} of a boolean. */
export function expectBoolean(at: Cursor, e: Expectation<boolean>): Verdict {
  return expectRead(at, at.boolean(), e);
}

/** {@link expectRead} of a text. */
export function expectString(at: Cursor, e: Expectation<string | undefined>): Verdict {
  return expectRead(at, at.string(), e);
}

/** {@link expectRead} of a number. */
export function expectNumber(at: Cursor, e: Expectation<number | undefined>): Verdict {
  return expectRead(at, at.number(), e);
}

/** Whether something is given: a value or a reference is, nothing is not, and an unknown may turn out to be nothing. */
export function expectPresent(at: Cursor, e: Pick<Expectation<unknown>, "message" | "undecided">): Verdict {
  if (at.refs().length > 0) return pass();
  if (at.isUnknown) return unknown(at, e.undecided);
  return at.isAbsent ? fail(at, e.message) : pass();
}

/** What a list says about a wanted item: it is there, it is not, or an item that is not known yet may be it. */
export function includes(list: Cursor, wanted: string): Read<boolean> {
  if (list.isUnknown) return UNKNOWN;
  const items = list.items().map((item) => item.string());
  if (items.includes(wanted)) return true;
  return items.includes(UNKNOWN) ? UNKNOWN : false;
}

/** Three-valued "and": one `false` decides, then one unknown. */
export function every(reads: readonly Read<boolean>[]): Read<boolean> {
  if (reads.includes(false)) return false;
  return reads.includes(UNKNOWN) ? UNKNOWN : true;
}

/** Three-valued "or": one `true` decides, then one unknown. */
export function some(reads: readonly Read<boolean>[]): Read<boolean> {
  if (reads.includes(true)) return true;
  return reads.includes(UNKNOWN) ? UNKNOWN : false;
}

/** Three-valued "not". */
export function negate(read: Read<boolean>): Read<boolean> {
  return read === UNKNOWN ? UNKNOWN : !read;
}

/** The value for a report. */
function shown(at: Cursor): PlannedValue | undefined {
  if (at.value === undefined || !at.secret) return at.value;
  return new Secret(at.value);
}

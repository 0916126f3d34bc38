import { Concat, isPlannedList, isPlannedObject, joinPath, JsonText, Ref, Secret, Unknown } from "../model/values.js";
import type { PlannedValue } from "../model/values.js";

/** What a read answers when the value is there and nobody can know it yet. */
export const UNKNOWN = Symbol("unknown");

/** A value, or {@link UNKNOWN}. Absence is `undefined` within `T`, or never, when the reader says what absence means. */
export type Read<T> = T | typeof UNKNOWN;

/** Stands in {@link Cursor.text} for each part that is a reference or unknown (U+FFFC, OBJECT REPLACEMENT CHARACTER). */
export const PLACEHOLDER = "\uFFFC";

/** What stands below a value that nobody can know. */
const BELOW_UNKNOWN = new Unknown();

/**
 * A place in the inputs of a resource: the value there, if any, and the path that leads to it. Reading is three-valued:
 * a value, absent, or unknown. What lies inside an unknown is unknown; what lies inside nothing is absent.
 */
export class Cursor {
  readonly #value: PlannedValue | undefined;
  /** Whether the value, or something around it, is a secret: it may be judged and must not be shown. */
  readonly secret: boolean;
  /** Put together when somebody asks: most places are only looked at. */
  #path: string | undefined;
  #from: Cursor | undefined;
  #last: string | number = "";

  constructor(value: PlannedValue | undefined, path: string | undefined = "", secret = false) {
    const wrapped = value instanceof Secret;
    this.#value = wrapped ? value.reveal() : value;
    this.#path = path;
    this.secret = secret || wrapped;
  }

  /** The property path from the resource's inputs: `spec.template.spec.containers[0].image`. */
  get path(): string {
    if (this.#path !== undefined) return this.#path;
    const [last, before] = [this.#last, this.#from?.path ?? ""];
    return (this.#path = typeof last === "number" ? `${before}[${last}]` : joinPath(before, last));
  }

  /** The raw value, out of its secret; for references and for reports. */
  get value(): PlannedValue | undefined {
    return this.#value;
  }

  /** Nothing stands here, or an explicit null, which AWS and Kubernetes read as nothing. */
  get isAbsent(): boolean {
    return this.#value === undefined || this.#value === null;
  }

  /** Something stands here that cannot be known yet: an unknown or a reference. Text with references in it counts as known text. */
  get isUnknown(): boolean {
    const value = this.#value;
    return typeof value === "object" && (value instanceof Unknown || value instanceof Ref);
  }

  /** One or more steps down: a key of a map or an index of a list. */
  at(...steps: readonly (string | number)[]): Cursor {
    return steps.reduce<Cursor>((cursor, step) => cursor.#child(cursor.#valueAt(step), step), this);
  }

  #valueAt(step: string | number): PlannedValue | undefined {
    const value = this.#value;
    if (typeof value !== "object" || value === null) return undefined;
    if (this.isUnknown) return BELOW_UNKNOWN;
    if (typeof step === "number") return isPlannedList(value) ? value[step] : undefined;
    return isPlannedObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }

  #child(value: PlannedValue | undefined, step: string | number): Cursor {
    const child = new Cursor(value, undefined, this.secret);
    child.#path = undefined;
    child.#from = this;
    child.#last = step;
    return child;
  }

  /** The items of a list, none when it is absent or no list; a single map counts as a list of one, as AWS policies have it. */
  items(): readonly Cursor[] {
    const value = this.#value;
    if (isPlannedList(value)) return value.map((item, i) => this.#child(item, i));
    return isPlannedObject(value) || typeof value === "string" || value instanceof Concat ? [this] : [];
  }

  /** The entries of a map, none when it is absent or no map. */
  entries(): readonly (readonly [string, Cursor])[] {
    const value = this.#value;
    return isPlannedObject(value)
      ? Object.entries(value).map(([key, item]) => [key, this.#child(item, key)] as const)
      : [];
  }

  /** A boolean; the strings `"true"` and `"false"`, which some APIs take, count. Anything else reads as absent. */
  boolean(): Read<boolean | undefined> {
    if (this.isUnknown) return UNKNOWN;
    const value = this.#value;
    if (typeof value === "boolean") return value;
    return value === "true" ? true : value === "false" ? false : undefined;
  }

  /** A number; text that is a plain decimal number counts. Anything else reads as absent. */
  number(): Read<number | undefined> {
    if (this.isUnknown || this.#value instanceof Concat) return UNKNOWN;
    const value = this.#value;
    if (typeof value === "number") return value;
    return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  }

  /** Text that is wholly known; with a reference in it, it is unknown. Anything but text reads as absent. */
  string(): Read<string | undefined> {
    if (this.isUnknown || this.#value instanceof Concat) return UNKNOWN;
    return typeof this.#value === "string" ? this.#value : undefined;
  }

  /** Text as far as it is known: each reference or unknown within is one {@link PLACEHOLDER}. Unknown only as a whole. */
  text(): Read<string | undefined> {
    if (this.#value instanceof Concat)
      return this.#value.parts.map((part) => (typeof part === "string" ? part : PLACEHOLDER)).join("");
    return this.string();
  }

  /**
   * The JSON document in this text, with references in place; a map or list that stands here without being text is taken
   * as the document itself. Text that is no JSON reads as absent; text with references in it that the reader of the plan
   * could not take for JSON is unknown.
   */
  json(): Cursor {
    const value = this.#value;
    if (value instanceof JsonText) return new Cursor(value.document, this.path, this.secret);
    if (value instanceof Concat) return new Cursor(new Unknown(), this.path, this.secret);
    if (typeof value !== "string") return this;
    try {
      return new Cursor(JSON.parse(value) as PlannedValue, this.path, this.secret);
    } catch {
      return new Cursor(undefined, this.path, this.secret);
    }
  }

  /** The references in this value itself: one, those within text, or none. */
  refs(): readonly Ref[] {
    const value = this.#value;
    if (value instanceof Ref) return [value];
    return value instanceof Concat ? value.parts.filter((part) => part instanceof Ref) : [];
  }
}

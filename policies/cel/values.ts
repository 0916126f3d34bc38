import type { CelInput, CelMap } from "@bufbuild/cel";
import type { PlannedObject, PlannedValue } from "../../plan/model/index.js";
import { isPlannedList, isPlannedObject, JsonText, Secret } from "../../plan/model/index.js";
import { hasReference } from "./references.js";

/** The library, loaded when the first expression is: most runs have none. */
export type CelLibrary = typeof import("@bufbuild/cel");

/** Stands in the message of an error that an unknown value causes; nothing else contains it. */
export const NOT_KNOWN = "ringfence: not known before the deployment";

/** What secrets are to an expression: their value, which decides, or as good as unknown, where text is made from them. */
export type SecretReading = "reveal" | "hide";

/**
 * Planned values as CEL takes them. A whole number is an `int`. What nobody knows yet is an error, which the logical
 * operators of CEL absorb where the other side decides: `false && <error>` is false and `true || <error>` true
 * (cel-spec, "Logical Operators"). So expressions are three-valued without a word about it.
 */
export class CelValues {
  readonly #made = new WeakMap<PlannedObject, CelMap>();

  constructor(
    private readonly cel: CelLibrary,
    private readonly secrets: SecretReading,
  ) {}

  /** The value of a variable; made once for all rules that ask about an object. */
  variable(object: PlannedObject): CelMap {
    const made = this.#made.get(object) ?? this.#map(object);
    this.#made.set(object, made);
    return made;
  }

  #map(object: PlannedObject): CelMap {
    const late = Object.keys(object).filter((key) => this.#isLate(object[key]));
    const map = this.cel.celMap(new LazyMap(object, (value) => this.#input(value)));
    return late.length === 0 ? map : this.#withLateEntries(map, new Set(late));
  }

  /** Whether nobody knows a value as a whole; what lies within is asked for when an expression reads it. */
  #isLate(value: PlannedValue | undefined): boolean {
    if (value instanceof Secret) return this.secrets === "hide" || this.#isLate(value.reveal());
    if (value instanceof JsonText) return hasReference(value.document);
    return typeof value === "object" && value !== null && !isPlannedList(value) && !isPlannedObject(value);
  }

  /** A value that is not late. */
  #input(value: PlannedValue): CelInput {
    if (value instanceof Secret) return this.#input(value.reveal());
    if (value instanceof JsonText) return JSON.stringify(value.document);
    if (isPlannedList(value)) return this.#list(value);
    if (isPlannedObject(value)) return this.#map(value);
    return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : (value as CelInput);
  }

  /** A list with an item that nobody knows: its size is known, and whoever reads an item gets no answer. */
  #list(values: readonly PlannedValue[]): CelInput {
    const known = values.filter((value) => !this.#isLate(value));
    const list = this.cel.celList(known.map((value) => this.#input(value)));
    if (known.length === values.length) return list;
    return new Proxy(list, {
      get: (target, property) => {
        if (property === "size") return values.length;
        const member: unknown = Reflect.get(target, property, target);
        return typeof member === "function" ? this.#refuse : member;
      },
    });
  }

  /** A map with entries that nobody knows: the others can be read, and nothing can be said of it as a whole. */
  #withLateEntries(map: CelMap, late: ReadonlySet<string>): CelMap {
    const error = this.cel.celError(NOT_KNOWN);
    return new Proxy(map, {
      get: (target, property) => {
        if (property === "size") return this.#refuse();
        if (property === "get" || property === "has")
          return (key: string) => (late.has(key) ? error : target[property](key));
        const member: unknown = Reflect.get(target, property, target);
        return typeof member === "function" ? this.#refuse : member;
      },
    });
  }

  readonly #refuse = (): never => {
    throw this.cel.celError(NOT_KNOWN);
  };
}

/** The entries of an object, each made into a value of CEL when it is read: most expressions read a few of many. */
class LazyMap implements ReadonlyMap<string, CelInput> {
  readonly #made = new Map<string, CelInput>();

  constructor(
    private readonly object: PlannedObject,
    private readonly make: (value: PlannedValue) => CelInput,
  ) {}

  get size(): number {
    return Object.keys(this.object).length;
  }

  get(key: string): CelInput | undefined {
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    const value = Object.hasOwn(this.object, key) ? this.object[key] : undefined;
    if (value === undefined) return undefined;
    const input = this.make(value);
    this.#made.set(key, input);
    return input;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  keys(): MapIterator<string> {
    return Object.keys(this.object).values();
  }

  *entries(): MapIterator<[string, CelInput]> {
    for (const key of this.keys()) yield [key, this.get(key) ?? null];
  }

  *values(): MapIterator<CelInput> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(visit: (value: CelInput, key: string, map: ReadonlyMap<string, CelInput>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[string, CelInput]> {
    return this.entries();
  }
}

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
    const known = new Map<string, CelInput>();
    const late = new Set<string>();
    for (const [key, value] of Object.entries(object)) {
      const input = this.#input(value);
      if (input === LATE) late.add(key);
      else known.set(key, input);
    }
    const map = this.cel.celMap(known);
    return late.size === 0 ? map : this.#withLateEntries(map, late);
  }

  #input(value: PlannedValue): CelInput | typeof LATE {
    if (value instanceof Secret) return this.secrets === "reveal" ? this.#input(value.reveal()) : LATE;
    if (value instanceof JsonText) return hasReference(value.document) ? LATE : JSON.stringify(value.document);
    if (isPlannedList(value)) return this.#list(value);
    if (isPlannedObject(value)) return this.#map(value);
    if (typeof value === "object" && value !== null) return LATE;
    return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value;
  }

  /** A list with an item that nobody knows: its size is known, and whoever reads an item gets no answer. */
  #list(values: readonly PlannedValue[]): CelInput {
    const items = values.map((value) => this.#input(value));
    const known = items.filter((item) => item !== LATE);
    const list = this.cel.celList(known);
    if (known.length === items.length) return list;
    return new Proxy(list, {
      get: (target, property) => {
        if (property === "size") return items.length;
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

const LATE = Symbol("late");

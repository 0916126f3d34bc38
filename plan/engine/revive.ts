import type { PlannedObject, PlannedValue, Urn } from "../model/values.js";
import { Concat, encodeKey, isPlannedObject, JsonText, Ref, Secret, Unknown } from "../model/values.js";
import type { SymbolTable } from "./fragments.js";
import type { WireObject, WireValue } from "./wire.js";
import {
  ARCHIVE,
  ASSET,
  isWireObject,
  OUTPUT_VALUE,
  RESOURCE_REFERENCE,
  SECRET,
  SIGNATURE,
  UNKNOWN_TYPES,
  UNKNOWN_VALUE,
} from "./wire.js";

/** Properties that the provider wants in base64; references inside are found in the decoded text. */
const BASE64_PROPERTIES = new Set(["userData", "userDataBase64", "contentBase64"]);

/** Turns wire values into planned values: sentinels into unknowns, fragments into references. */
export class Reviver {
  constructor(private readonly symbols: SymbolTable) {}

  /** A map of properties; each property's unknowns carry the resources that the property is computed from. */
  object(wire: WireObject, dependencies: Readonly<Record<string, readonly Urn[]>>): PlannedObject {
    const revived: Record<string, PlannedValue> = {};
    for (const [key, value] of Object.entries(wire))
      if (value !== undefined) revived[key] = this.#value(value, dependencies[key] ?? [], key);
    return revived;
  }

  #value(wire: WireValue, of: readonly Urn[], key: string): PlannedValue {
    if (wire === undefined || wire === null) return null;
    if (typeof wire === "string") return this.#text(wire, of, key);
    if (Array.isArray(wire)) return (wire as readonly WireValue[]).map((item) => this.#value(item, of, key));
    if (!isWireObject(wire)) return wire as boolean | number;
    return this.#special(wire, of, key) ?? this.#map(wire, of);
  }

  #special(wire: WireObject, of: readonly Urn[], key: string): PlannedValue | undefined {
    const { [SIGNATURE]: signature, ...rest } = wire;
    switch (signature) {
      case SECRET:
        return new Secret(this.#value(rest["value"], of, key));
      case OUTPUT_VALUE: {
        const own = (rest["dependencies"] as readonly Urn[] | undefined) ?? of;
        const value = "value" in rest ? this.#value(rest["value"], own, key) : new Unknown("any", own);
        return rest["secret"] === true ? new Secret(value) : value;
      }
      case RESOURCE_REFERENCE:
        return new Ref(rest["urn"] as Urn, "id" in rest ? "id" : "urn");
      case ASSET:
      case ARCHIVE:
        return this.#map(rest, of);
      default:
        return undefined;
    }
  }

  #map(wire: WireObject, of: readonly Urn[]): PlannedObject {
    return Object.fromEntries(
      Object.entries(wire)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [this.#key(key), this.#value(value, of, key)]),
    );
  }

  /** A key can hold a reference too: the condition keys of a trust policy begin with the cluster's issuer. */
  #key(key: string): string {
    return this.symbols.find(key).length === 0 ? key : encodeKey(this.#parts(key, []));
  }

  #text(text: string, of: readonly Urn[], key: string): PlannedValue {
    const type = UNKNOWN_TYPES[text];
    if (type !== undefined) return new Unknown(type, of);
    const readable = BASE64_PROPERTIES.has(key) ? this.#decoded(text) : text;
    const parts = this.#parts(readable, of);
    const [only] = parts;
    if (parts.length === 1 && only !== undefined)
      return typeof only === "string" && this.symbols.isCut(only, of) ? new Unknown("string", of) : only;
    return this.#json(readable) ?? new Concat(parts);
  }

  #decoded(text: string): string {
    if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return text;
    const decoded = Buffer.from(text, "base64").toString("utf8");
    return this.symbols.find(decoded).length > 0 ? decoded : text;
  }

  #json(text: string): JsonText | undefined {
    if (!/^\s*[[{]/.test(text)) return undefined;
    try {
      const document = this.#value(JSON.parse(text) as WireValue, [], "");
      return Array.isArray(document) || isPlannedObject(document) ? new JsonText(document) : undefined;
    } catch {
      return undefined;
    }
  }

  #parts(text: string, of: readonly Urn[]): (string | Ref | Unknown)[] {
    const parts: (string | Ref | Unknown)[] = [];
    let end = 0;
    for (const { ref, start, end: stop } of this.symbols.find(text)) {
      if (start > end) parts.push(...splitAtUnknown(text.slice(end, start), of));
      parts.push(ref);
      end = stop;
    }
    if (end < text.length || parts.length === 0) parts.push(...splitAtUnknown(text.slice(end), of));
    return parts;
  }
}

/** A configuration secret that could not be decrypted reaches the program as the sentinel, and the program writes it into text. */
function splitAtUnknown(text: string, of: readonly Urn[]): (string | Unknown)[] {
  if (!text.includes(UNKNOWN_VALUE)) return [text];
  return text
    .split(UNKNOWN_VALUE)
    .flatMap((part, i) => (i === 0 ? [part] : [new Unknown("string", of), part]))
    .filter((part) => part !== "");
}

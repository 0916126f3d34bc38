import { isWireObject, SECRET, SIGNATURE, UNKNOWN_TYPES, UNKNOWN_VALUE } from "../../engine/wire.js";
import type { WireObject, WireValue } from "../../engine/wire.js";
import { ASSET, ARCHIVE, OUTPUT_VALUE, RESOURCE_REFERENCE } from "../../engine/wire.js";
import type { PlannedObject, PlannedValue, Urn } from "../../model/values.js";
import { Concat, Ref, Secret, Unknown } from "../../model/values.js";

/** How `pulumi preview --json` writes a secret (`massagePropertyValue` in pkg/backend/display/json.go of pulumi/pulumi 3.259). */
const MASK = "[secret]";

/** Under these keys a provider, or the SDK's dynamic provider, notes things for itself. */
const NOT_INPUTS = new Set(["__defaults", "__provider"]);

/** What turns the values of a document of Pulumi into planned values. */
export interface Reader {
  /** Whether the text `[secret]` stands for a secret: in previews and event logs, not in a state. */
  readonly masked: boolean;
}

/**
 * The properties of a resource. An unknown carries the resources that its property is computed from; a secret's ciphertext
 * is left behind.
 */
export function propertiesOf(
  properties: WireValue,
  dependencies: Readonly<Record<string, readonly Urn[]>>,
  reader: Reader,
): PlannedObject {
  if (!isWireObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([key]) => !NOT_INPUTS.has(key))
      .map(([key, value]) => [key, valueOf(value, dependencies[key] ?? [], reader)]),
  );
}

function valueOf(wire: WireValue, of: readonly Urn[], reader: Reader): PlannedValue {
  if (wire === undefined || wire === null) return null;
  if (typeof wire === "string") return textOf(wire, of, reader);
  if (Array.isArray(wire)) return (wire as readonly WireValue[]).map((item) => valueOf(item, of, reader));
  if (!isWireObject(wire)) return wire as boolean | number;
  return SIGNATURE in wire ? specialOf(wire, of, reader) : mapOf(wire, of, reader);
}

function mapOf(wire: WireObject, of: readonly Urn[], reader: Reader): PlannedObject {
  const entries = Object.entries(wire).filter(([key]) => !NOT_INPUTS.has(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, valueOf(value, of, reader)]));
}

function specialOf(wire: WireObject, of: readonly Urn[], reader: Reader): PlannedValue {
  const { [SIGNATURE]: signature, ...rest } = wire;
  switch (signature) {
    case SECRET:
      return new Secret(plaintextOf(rest["plaintext"], of, reader));
    case RESOURCE_REFERENCE:
      return typeof rest["urn"] === "string" ? new Ref(rest["urn"] as Urn, "id" in rest ? "id" : "urn") : new Unknown();
    case OUTPUT_VALUE: {
      const value = "value" in rest ? valueOf(rest["value"], of, reader) : new Unknown("any", of);
      return rest["secret"] === true ? new Secret(value) : value;
    }
    case ASSET:
    case ARCHIVE:
      return mapOf(rest, of, reader);
    default:
      return new Unknown("any", of);
  }
}

/** `pulumi stack export --show-secrets` writes the value as JSON text beside the signature. */
function plaintextOf(plaintext: WireValue, of: readonly Urn[], reader: Reader): PlannedValue {
  if (typeof plaintext !== "string") return new Unknown();
  try {
    return valueOf(JSON.parse(plaintext) as WireValue, of, reader);
  } catch {
    return new Unknown();
  }
}

function textOf(text: string, of: readonly Urn[], { masked }: Reader): PlannedValue {
  const type = UNKNOWN_TYPES[text];
  if (type !== undefined) return new Unknown(type, of);
  if (masked && text === MASK) return new Secret(new Unknown("string"));
  if (!text.includes(UNKNOWN_VALUE)) return text;
  const parts = text.split(UNKNOWN_VALUE).flatMap((part, i) => (i === 0 ? [part] : [new Unknown("string", of), part]));
  return new Concat(parts.filter((part) => part !== ""));
}

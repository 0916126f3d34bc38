/**
 * The conventions of Pulumi's wire format for property values, which are JSON with special objects and sentinels in it
 * (sdk/go/common/resource/plugin/rpc.go and sdk/nodejs/runtime/rpc.ts in pulumi/pulumi).
 */
import type { Unknown } from "../model/values.js";

/** A property value as the SDK sends it. */
export type WireValue = null | undefined | boolean | number | string | readonly WireValue[] | WireObject;

/** A map of property values. */
export interface WireObject {
  readonly [key: string]: WireValue;
}

/** The key whose value tells what a special object is. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** Signature of a secret. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
/** Signature of a resource as a value. */
export const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
/** Signature of an output as a value, with its dependencies. */
export const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
/** Signature of an asset: a file or a text. */
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
/** Signature of an archive of assets. */
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** What the Node SDK sends for every unknown, and understands. */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** All sentinels that stand for a value nobody knows yet, with the type each names. */
export const UNKNOWN_TYPES: Readonly<Record<string, Unknown["type"]>> = {
  [UNKNOWN_VALUE]: "any",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7": "boolean",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421": "number",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2": "list",
  "030794c1-ac77-496b-92df-f27374a8bd58": "any",
  "e48ece36-62e2-4504-bad9-02848725956a": "any",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff": "object",
};

/** Whether a value is a map, special or not. */
export function isWireObject(value: WireValue): value is WireObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Marks a value as secret, unless it is already. */
export function secret(value: WireValue): WireObject {
  if (isWireObject(value) && value[SIGNATURE] === SECRET) return value;
  return { [SIGNATURE]: SECRET, value: value ?? null };
}

/** The value within a secret; any other value as it is. */
export function unwrapSecret(value: WireValue): WireValue {
  return isWireObject(value) && value[SIGNATURE] === SECRET ? value["value"] : value;
}

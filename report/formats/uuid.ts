import { createHash } from "node:crypto";

/** The namespace of our names, drawn once at random. */
const NAMESPACE = "3f0d5c1e-8f57-4c0b-9a35-6f5d7e1b2c94";

/** A UUID of a name, version 5 (RFC 9562): the same name always has the same one. */
export function uuidOf(name: string): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(NAMESPACE.replaceAll("-", ""), "hex"))
    .update(name)
    .digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

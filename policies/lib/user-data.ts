import { gunzipSync } from "node:zlib";
import type { Cursor, Read } from "../../plan/world/index.js";
import { PLACEHOLDER, UNKNOWN } from "../../plan/world/index.js";

/** What hands user data to machines. */
export const USER_DATA_TYPES = [
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/instance:Instance",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
] as const;

/** More than user data that is packed into 16 KiB, the most that EC2 takes, sensibly unpacks to; in bytes. */
const LONGEST = 4 * 1024 * 1024;

/** User data of one resource. */
export interface UserData {
  readonly at: Cursor;
  /** The text that a machine sees; late parts are placeholders. */
  readonly text: Read<string>;
}

/** The user data of a resource, out of its Base64; `undefined` when it has none. */
export function userDataOf(inputs: Cursor): UserData | undefined {
  const [plain, encoded] = [inputs.at("userData"), inputs.at("userDataBase64")];
  const at = plain.isAbsent ? encoded : plain;
  if (at.isAbsent) return undefined;
  const text = at.text();
  return { at, text: text === UNKNOWN || text === undefined ? UNKNOWN : decoded(text) };
}

/** A launch template takes Base64 only, an instance takes text that may as well be Base64 already. */
function decoded(text: string): Read<string> {
  const compact = text.replace(/\s+/g, "");
  const isBase64 = compact.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(compact) && !text.includes(PLACEHOLDER);
  return isBase64 ? unpacked(Buffer.from(compact, "base64")) : text;
}

/** cloud-init unpacks gzip by itself. What does not unpack is not known. */
function unpacked(bytes: Buffer): Read<string> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes, { maxOutputLength: LONGEST }).toString("utf8");
  } catch {
    return UNKNOWN;
  }
}

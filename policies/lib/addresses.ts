/** Whom an address block lets in: the whole internet or most of it, a part of it, or nobody can tell from the text. */
export type Openness = "world" | "part" | "malformed";

/** Blocks shorter than this hold more than any one organisation has; `0.0.0.0/1` twice is the internet. */
const WORLD_BELOW = { 4: 8, 6: 16 } as const;

/** Unique local addresses: a `fc00::/7` is wide and never the internet (RFC 4193). */
const UNIQUE_LOCAL = /^f[cd]/i;

/**
 * How open a block is. Only the length of the prefix counts, as AWS ignores set host bits: `203.0.113.7/0` is everybody.
 */
export function openness(block: string): Openness {
  const [address = "", length = "", ...rest] = block.trim().split("/");
  if (rest.length > 0 || !/^\d{1,3}$/.test(length)) return "malformed";
  const version = address.includes(":") ? 6 : 4;
  if (version === 4 && !/^\d+(\.\d+){3}$/.test(address)) return "malformed";
  if (version === 6 && UNIQUE_LOCAL.test(address) && Number(length) >= 7) return "part";
  return Number(length) < WORLD_BELOW[version] ? "world" : "part";
}

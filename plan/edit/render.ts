import { resolvePlain } from "../read/yaml/scalars.js";

/** Plain data of a change. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };

/** Text that YAML may hold without quotes, as a value and as a key, in block and in flow style. */
const PLAIN = /^[A-Za-z0-9_./][A-Za-z0-9_./@%+-]*$/;

/** Data in flow style, on one line: `{drop: [ALL]}`; JSON when that is what surrounds it. */
export function renderFlow(data: Data, json: boolean): string {
  if (json) return JSON.stringify(data);
  if (Array.isArray(data)) return `[${(data as readonly Data[]).map((item) => renderFlow(item, false)).join(", ")}]`;
  if (typeof data !== "object" || data === null) return renderScalar(data);
  const entries = Object.entries(data as { readonly [key: string]: Data });
  return `{${entries.map(([key, value]) => `${renderScalar(key)}: ${renderFlow(value, false)}`).join(", ")}}`;
}

/**
 * An entry of a map in block style, as lines; the first begins with the key.
 *
 * @param indent Spaces before the key.
 */
export function renderEntry(key: string, data: Data, indent: string): readonly string[] {
  const head = `${indent}${renderScalar(key)}:`;
  if (Array.isArray(data) && data.length > 0)
    return [head, ...(data as readonly Data[]).map((item) => `${indent}  - ${renderFlow(item, false)}`)];
  if (typeof data === "object" && data !== null && !Array.isArray(data) && Object.keys(data).length > 0)
    return [head, ...Object.entries(data).flatMap(([k, v]) => renderEntry(k, v, `${indent}  `))];
  return [`${head} ${renderFlow(data, false)}`];
}

/** A scalar, in quotes where YAML would read something else. */
function renderScalar(value: null | boolean | number | string): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return PLAIN.test(value) && resolvePlain(value) === value ? value : JSON.stringify(value);
}

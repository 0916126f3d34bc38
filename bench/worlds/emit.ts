/** Plain data of a generated object. */
export type Data = string | number | boolean | readonly Data[] | { readonly [key: string]: Data };

const PLAIN = /^[A-Za-z/][A-Za-z0-9 ./:@_-]*$/;
const RESERVED = /^(y|n|yes|no|on|off|true|false|null)$/i;

/** An object as charts render it: block style, two spaces, lists at the level of their key. */
export function toYaml(data: { readonly [key: string]: Data }): string {
  const lines: string[] = [];
  writeMap(data, "", "", lines);
  return `${lines.join("\n")}\n`;
}

function writeMap(map: { readonly [key: string]: Data }, first: string, indent: string, lines: string[]): void {
  let lead = first;
  for (const [key, value] of Object.entries(map)) {
    writeEntry(`${lead}${scalar(key)}:`, value, indent, lines);
    lead = indent;
  }
}

function writeEntry(head: string, value: Data, indent: string, lines: string[]): void {
  if (typeof value === "string" && value.includes("\n")) {
    lines.push(
      `${head} |`,
      ...value
        .trimEnd()
        .split("\n")
        .map((line) => (line === "" ? "" : `${indent}  ${line}`)),
    );
  } else if (typeof value !== "object") lines.push(`${head} ${scalar(value)}`);
  else if (Array.isArray(value)) writeList(head, value as readonly Data[], indent, lines);
  else if (Object.keys(value).length === 0) lines.push(`${head} {}`);
  else {
    lines.push(head);
    writeMap(value as { readonly [key: string]: Data }, `${indent}  `, `${indent}  `, lines);
  }
}

function writeList(head: string, list: readonly Data[], indent: string, lines: string[]): void {
  lines.push(list.length === 0 ? `${head} []` : head);
  for (const item of list) {
    if (typeof item === "object" && !Array.isArray(item))
      writeMap(item as { readonly [key: string]: Data }, `${indent}- `, `${indent}  `, lines);
    else lines.push(`${indent}- ${scalar(item as string | number | boolean)}`);
  }
}

function scalar(value: string | number | boolean): string {
  if (typeof value !== "string") return String(value);
  return PLAIN.test(value) && !RESERVED.test(value) && !/: |:$| $/.test(value) ? value : JSON.stringify(value);
}

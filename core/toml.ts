/** A value of a TOML document, as far as machine settings need it: no dates. */
export type TomlValue = string | number | boolean | readonly TomlValue[] | TomlTable;

/** A table of a TOML document. */
export interface TomlTable {
  readonly [key: string]: TomlValue;
}

/** Whether a value is a table, and neither a list nor a scalar. */
function isTomlTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value);
}

/**
 * The text of a TOML document, tables in the order of their keys in `table`; tables inside lists are written inline
 * (https://toml.io/en/v1.0.0). An empty table keeps its header.
 */
export function tomlOf(table: TomlTable): string {
  return sections([], table).join("\n");
}

function sections(path: readonly string[], table: TomlTable): string[] {
  const entries = Object.entries(table);
  const plain = entries.filter(([, value]) => !isTomlTable(value));
  const nested = entries.flatMap(([key, value]) => (isTomlTable(value) ? sections([...path, key], value) : []));
  if (plain.length === 0 && nested.length > 0) return nested;
  const header = path.length === 0 ? "" : `[${path.map(keyText).join(".")}]\n`;
  const own = `${header}${plain.map(([key, value]) => `${keyText(key)} = ${valueText(value)}\n`).join("")}`;
  return own === "" ? nested : [own, ...nested];
}

function valueText(value: TomlValue): string {
  if (typeof value === "string") return stringText(value);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return String(value);
  if (!isTomlTable(value)) return `[${value.map(valueText).join(", ")}]`;
  const fields = Object.entries(value).map(([key, inner]) => `${keyText(key)} = ${valueText(inner)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** The escapes of JSON are those of TOML, but for U+007F, which JSON writes as it is. */
function stringText(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}

/** TOML wants a digit on both sides of a point before an exponent may follow, and knows no negative zero as integer. */
function numberText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function keyText(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : stringText(key);
}

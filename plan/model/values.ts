/**
 * Values of a planned resource: plain JSON, and five things that plain JSON cannot say. The classes here are what a
 * reader produces and a rule meets; `plan-file.ts` writes them as the marked values of the saved plan.
 */

declare const brand: unique symbol;

/** A Pulumi URN, or `urn:ringfence:<file>#<document>` for an object that came from a file. */
export type Urn = string & { readonly [brand]: "Urn" };

/** Anything an input or output can be. */
export type PlannedValue =
  | null
  | boolean
  | number
  | string
  | Ref
  | Concat
  | JsonText
  | Unknown
  | Secret
  | readonly PlannedValue[]
  | PlannedObject;

/** A map of values, as the inputs of a resource. */
export interface PlannedObject {
  readonly [key: string]: PlannedValue;
}

/** What the five classes below have in common: one look tells them from maps. */
abstract class Marked {
  /** For the compiler alone. */
  declare protected readonly marked: true;
}

/** "The output `arn` of the resource with this URN." */
export class Ref extends Marked {
  constructor(
    readonly urn: Urn,
    /** Path of the output: `arn`, `identities[0].oidcs[0].issuer`. */
    readonly output: string,
    /** Text that the program cut off the value's front and back: `["https://", ""]` after `issuer.replace("https://", "")`. */
    readonly cut?: readonly [front: string, back: string],
  ) {
    super();
  }
}

/** Text with references or unknowns in it, in order: `["https://", Ref, "/path"]`. Never two strings in a row, never one part alone. */
export class Concat extends Marked {
  constructor(readonly parts: readonly (string | Ref | Unknown)[]) {
    super();
  }
}

/** A JSON document as a string, with references in it: a policy document. */
export class JsonText extends Marked {
  constructor(readonly document: PlannedValue) {
    super();
  }
}

/** What nobody can know before the deployment. */
export class Unknown extends Marked {
  constructor(
    readonly type: "any" | "string" | "number" | "boolean" | "list" | "object" = "any",
    /** The resources that the value is computed from, where the source tells. */
    readonly dependencies: readonly Urn[] = [],
  ) {
    super();
  }
}

/**
 * A secret. The value is there for rules to judge and never leaves the process: it is no enumerable property, and
 * `JSON.stringify` and `util.inspect` show the mark alone.
 */
export class Secret extends Marked {
  readonly #value: PlannedValue;

  constructor(value: PlannedValue) {
    super();
    this.#value = value;
  }

  /** The value within, for judging only. */
  reveal(): PlannedValue {
    return this.#value;
  }

  /** What `JSON.stringify` makes of it: that there is a secret. */
  toJSON(): { readonly $secret: true } {
    return { $secret: true };
  }
}

/**
 * A key of a map with references in it, as text: `${ref:<urn>#<output>#<front>#<back>}`, each part percent-encoded. The
 * condition keys of an IAM trust policy are the case: `<issuer of the cluster>:sub`.
 */
export function encodeKey(parts: readonly (string | Ref | Unknown)[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      if (part instanceof Unknown) return "[unknown]";
      return `\${ref:${[part.urn, part.output, ...(part.cut ?? [])].map(encodeURIComponent).join("#")}}`;
    })
    .join("");
}

/** The parts of a key that {@link encodeKey} made; any other key is one part. */
export function decodeKey(key: string): (string | Ref)[] {
  const parts: (string | Ref)[] = [];
  let end = 0;
  for (const match of key.matchAll(/\$\{ref:([^}]+)\}/g)) {
    const [urn = "", output = "", ...cut] = (match[1] ?? "").split("#").map(decodeURIComponent);
    if (match.index > end) parts.push(key.slice(end, match.index));
    parts.push(new Ref(urn as Urn, output, cut.length === 2 ? [cut[0] ?? "", cut[1] ?? ""] : undefined));
    end = match.index + match[0].length;
  }
  if (end < key.length || parts.length === 0) parts.push(key.slice(end));
  return parts;
}

/** Whether a value is a map, and none of the classes above. */
export function isPlannedObject(value: PlannedValue | undefined): value is PlannedObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Marked);
}

/** Whether a value is a list; `Array.isArray` does not narrow readonly arrays. */
export function isPlannedList(value: PlannedValue | undefined): value is readonly PlannedValue[] {
  return Array.isArray(value);
}

/** Calls `visit` on every value within, itself included, with its path; a secret's value is visited too. */
export function walk(value: PlannedValue, visit: (value: PlannedValue, path: string) => void, path = ""): void {
  visit(value, path);
  if (value instanceof Secret) walk(value.reveal(), visit, path);
  else if (value instanceof JsonText) walk(value.document, visit, path);
  else if (value instanceof Concat)
    value.parts.forEach((part) => {
      if (typeof part !== "string") visit(part, path);
    });
  else if (isPlannedList(value))
    value.forEach((item, i) => {
      walk(item, visit, `${path}[${i}]`);
    });
  else if (isPlannedObject(value))
    for (const [key, item] of Object.entries(value)) walk(item, visit, joinPath(path, key));
}

/** `a` and `b.c` give `a["b.c"]`; a plain key gives `a.b`. */
export function joinPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/**
 * A value as a person reads it: `<arn of key secrets>` for a reference, `[secret]`, `[unknown]`, JSON for the rest.
 * Strings come without quotes.
 */
export function renderPlanned(value: PlannedValue | undefined): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return value;
  if (value instanceof Ref) return renderRef(value);
  if (value instanceof Concat) return value.parts.map((part) => renderPlanned(part)).join("");
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Unknown) return "[unknown]";
  if (value instanceof JsonText) return renderPlanned(value.document);
  return JSON.stringify(toPlainJson(value));
}

/** A value as plain JSON for reports: references as their text, secrets as `"[secret]"`, unknowns as `"[unknown]"`. */
export function toPlainJson(value: PlannedValue): unknown {
  if (isPlannedList(value)) return value.map(toPlainJson);
  if (isPlannedObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [renderKey(key), toPlainJson(item)]));
  if (value instanceof JsonText) return toPlainJson(value.document);
  if (typeof value === "object" && value !== null) return renderPlanned(value);
  return value;
}

/** A key as a person reads it. */
export function renderKey(key: string): string {
  return key.includes("${ref:")
    ? decodeKey(key)
        .map((part) => renderPlanned(part))
        .join("")
    : key;
}

function renderRef({ urn, output }: Ref): string {
  const [type = "", name = urn] = urn.split("::").slice(2);
  const kind = type.split("$").at(-1)?.split(":").at(-1) ?? "resource";
  return `<${output} of ${kind.charAt(0).toLowerCase()}${kind.slice(1)} ${name}>`;
}

import { splitAtTokens } from "../../core/token.js";

/** A string literal of CEL. Tokens stay whole, since the bridge looks for them. */
export function celString(text: string): string {
  const inner = splitAtTokens(text)
    .map((part) =>
      "token" in part ? `\${ringfence:${part.token}}` : part.text.replaceAll("\\", "\\\\").replaceAll("'", "\\'"),
    )
    .join("");
  return `'${inner}'`;
}

/** A list literal of strings. */
export function celList(texts: readonly string[]): string {
  return `[${texts.map(celString).join(", ")}]`;
}

/** A map literal from strings to strings. */
export function celMap(map: Readonly<Record<string, string>>): string {
  return `{${Object.entries(map)
    .map(([key, value]) => `${celString(key)}: ${celString(value)}`)
    .join(", ")}}`;
}

/** A field of the object, or what stands for it where it is absent. */
export function celOr(path: string, otherwise: string): string {
  return `(has(${path}) ? ${path} : ${otherwise})`;
}

/** The labels of the object, `{}` when it has none. */
export const LABELS = celOr("object.metadata.labels", "{}");

/** The images of all containers of the pod, also those added while it runs. */
export const IMAGES = [
  "object.spec.containers.map(c, c.image)",
  "(has(object.spec.initContainers) ? object.spec.initContainers.map(c, c.image) : [])",
  "(has(object.spec.ephemeralContainers) ? object.spec.ephemeralContainers.map(c, c.image) : [])",
].join(" + ");

/** The containers of the pod that may have resources: all but ephemeral ones. */
export const CONTAINERS = `object.spec.containers + ${celOr("object.spec.initContainers", "[]")}`;

/** An update that leaves `spec` as it was. */
export const SPEC_UNCHANGED = "object.spec == oldObject.spec";

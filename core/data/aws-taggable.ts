let read: ReadonlySet<string> | undefined;

/**
 * Whether resources of a wire token of `@pulumi/aws` take tags (@pulumi/aws 7.48; `scripts/generate-aws-aliases.mjs` writes the
 * list).
 */
export function takesTags(type: string): boolean {
  if (!type.startsWith("aws:")) return false;
  if (read === undefined) {
    const { types } = require("./aws-taggable.json") as typeof import("./aws-taggable.json");
    read = new Set(types.split(" "));
  }
  return read.has(type.slice("aws:".length));
}

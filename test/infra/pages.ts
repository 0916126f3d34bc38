import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** The TypeScript that a page shows, a text per block, without the imports from the package. */
export function snippetsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, block = ""]) =>
    flat(block.replace(/^import .* from "ringfence\/.*";\n/gm, "")),
  );
}

/** A file of the tests, without indentation, so that a page's snippet can be found in it. */
export function sourceOf(file: string): string {
  return flat(readFileSync(join(ROOT, file), "utf8"));
}

function flat(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DefectError } from "../core/issue.js";

/** The version of this package, from the `package.json` that it was installed with. */
export function ringfenceVersion(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (!existsSync(file)) continue;
    const manifest = JSON.parse(readFileSync(file, "utf8")) as { readonly name?: string; readonly version?: string };
    if (manifest.name === "ringfence" && manifest.version !== undefined) return manifest.version;
  }
  throw new DefectError(`no package.json of ringfence above '${__dirname}'`);
}

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { InputError, issue } from "../core/issue.js";

/** Marks a kubeconfig as one that may be written anew. kubectl passes over extensions that it does not know. */
const MARK = { name: "ringfence.connect", extension: { writtenBy: "ringfence connect" } };

/**
 * Writes a kubeconfig for its owner's eyes only. A file that somebody else wrote stays as it is.
 *
 * @throws InputError for such a file, or a path that cannot be written.
 */
export function writeKubeconfig(path: string, document: object): void {
  if (isForeign(path))
    throw refused(
      path,
      "must be a file that does not exist yet, or that `ringfence connect` wrote",
      "Name another file",
    );
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify({ ...document, extensions: [MARK] }, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw refused(path, "must be a file that can be written", (error as Error).message);
  }
}

function refused(path: string, rule: string, advice: string): InputError {
  return new InputError("connect", [issue("NotAllowed", "--kubeconfig", rule, path, advice)]);
}

function isForeign(path: string): boolean {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
  return !text.includes(`"${MARK.name}"`);
}

import { InputError, issue } from "../../core/issue.js";
import type { YamlDocument } from "../config/yaml.js";
import { parseOneYaml, placesOf } from "../config/yaml.js";
import type { Exemption, ExemptionProblem } from "../model.js";
import { excusesNothing, readEntry } from "./entry.js";

/** What a file of exemptions says. */
export interface ReadExemptions {
  readonly exemptions: readonly Exemption[];
  /** Entries that lack what they must say, a line for each problem: they excuse nothing, and each fails the gate. */
  readonly problems: readonly ExemptionProblem[];
}

/** The file that is read where nobody names another. */
export const EXEMPTIONS_FILE = "ringfence.exemptions.yaml";

/**
 * Reads a file of exemptions: YAML or JSON, a map with the one key `exemptions` and a list of entries.
 *
 * @param file As given, for messages.
 * @throws InputError when it is no YAML, or not of that shape.
 */
export function readExemptions(text: string, file: string): ReadExemptions {
  const document = parseOneYaml(text, file);
  const exemptions: Exemption[] = [];
  const problems: ExemptionProblem[] = [];
  const seen = new Map<string, string>();
  const place = placesOf(document, file);
  for (const [i, value] of entriesOf(document, file).entries()) {
    const path = ["exemptions", i];
    const said = `${file}:${document.lineOf(path)}`;
    const where = (field?: string): string => place(field === undefined ? path : [...path, field]);
    const read = readEntry(value, where);
    if ("issues" in read) {
      problems.push(
        ...read.issues.map((i) => ({
          kind: "malformed" as const,
          said,
          message: excusesNothing(i),
        })),
      );
      continue;
    }
    const key = JSON.stringify([read.text.rule, read.text.at, read.text.path]);
    const first = seen.get(key);
    if (first !== undefined) {
      const message = `${said} repeats the exemption at ${first}. Keep one of them`;
      problems.push({ kind: "malformed", said, message });
      continue;
    }
    seen.set(key, said);
    exemptions.push({ ...read.text, said });
  }
  return { exemptions, problems };
}

function entriesOf(document: YamlDocument, file: string): readonly unknown[] {
  const root = document.value as { readonly exemptions?: unknown } | null;
  const keys = typeof root === "object" && root !== null && !Array.isArray(root) ? Object.keys(root) : undefined;
  if (keys?.length === 0) return [];
  const list = keys?.length === 1 ? root?.exemptions : undefined;
  if (Array.isArray(list)) return list;
  if (keys?.length === 1 && list === null) return [];
  if (keys?.length === 1 && list !== undefined)
    throw new InputError(`${file}:${document.lineOf(["exemptions"])}`, [
      issue("Malformed", "exemptions", "must be a list", list, "Begin each entry with '- rule:', or write [] for none"),
    ]);
  const got = keys === undefined ? document.value : keys.join(", ");
  throw new InputError(`${file}:${document.lineOf([])}`, [
    issue("Malformed", file, "must be a map with the one key 'exemptions', a list", got, "Begin it with 'exemptions:'"),
  ]);
}

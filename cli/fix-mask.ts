import type { PlannedResource, PlannedValue } from "../plan/model/index.js";
import { isPlannedObject, Secret, walk } from "../plan/model/index.js";
import type { ReadInputs } from "../plan/read/index.js";
import type { Finding } from "../policies/index.js";
import { SECRET_MARK } from "../report/secret-mask.js";

/** Shortest text that is taken for a secret wherever it stands: a shorter one may be part of any word. */
const LEAST = 4;

/**
 * Masks lines of files for a diff: what findings know to be secrets, and everything that the reader marked as one, as the
 * file spells it and as a copy within JSON would.
 */
export function diffMask(findings: readonly Finding[], read: ReadInputs): (line: string) => string {
  const secrets = new Set<string>();
  const keep = (text: string): void => {
    for (const line of text.split(/\r?\n/)) if (line.trim().length >= LEAST) secrets.add(line.trim());
  };
  const gather = (resource: PlannedResource, value: PlannedValue, at: string): void => {
    walk(
      value,
      (inner, path) => {
        if (!(inner instanceof Secret)) return;
        const place = read.locate(resource, path);
        if (place?.exact === true) keep(read.textOf(place.file)?.slice(place.value.start, place.value.end) ?? "");
        walk(inner.reveal(), (leaf) => {
          if (typeof leaf === "string") textsIn(leaf).flatMap(spellingsOf).forEach(keep);
        });
      },
      at,
    );
  };
  for (const finding of findings.flatMap((f) => [f, ...f.covered]))
    if (finding.value !== undefined) gather(finding.resource, finding.value, finding.path);
  for (const resource of read.plan.resources) gather(resource, resource.inputs, "");
  const known = [...secrets].sort((a, b) => b.length - a.length);
  return (line) => known.reduce((text, secret) => text.replaceAll(secret, SECRET_MARK), line);
}

/** A secret, and the secrets in it when it is a document: of a copy of an object its content, of others every text. */
function textsIn(secret: string): readonly string[] {
  if (!/^\s*[[{]/.test(secret)) return [secret];
  let document: PlannedValue;
  try {
    document = JSON.parse(secret) as PlannedValue;
  } catch {
    return [secret];
  }
  if (isPlannedObject(document) && "kind" in document && "metadata" in document)
    document = [document["data"] ?? null, document["stringData"] ?? null];
  const texts = [secret];
  walk(document, (leaf) => {
    if (typeof leaf === "string") texts.push(leaf);
  });
  return texts;
}

/** A text as it is, as JSON writes it, as Go's JSON does, and as either does in a text of its own. */
function spellingsOf(text: string): readonly string[] {
  const quoted = (plain: string): string => JSON.stringify(plain).slice(1, -1);
  const go = quoted(text).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
  return [...new Set([text, quoted(text), go, quoted(quoted(text)), quoted(go)])];
}

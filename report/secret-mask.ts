import type { PlannedResource } from "../plan/model/index.js";
import { Secret, walk } from "../plan/model/index.js";
import type { Finding, Judgement } from "../policies/index.js";
import { mapTexts } from "./names.js";

/** What a secret prints as. */
export const SECRET_MARK = "[secret]";

/** Shortest secret that is taken out of sentences: a shorter one may be part of any word. */
const LEAST_IN_TEXT = 6;

/**
 * Takes out of one finding what another of the same resource knows to be a secret: a password that a rule finds in the
 * clear is plain text to all other rules, one of which may show the container that holds it.
 */
export interface SecretMask {
  /** Plain JSON in which texts that are secrets, or hold one, are masked. */
  value(resource: PlannedResource, value: unknown): unknown;
  /** A sentence with the secrets in it masked. */
  text(resource: PlannedResource, text: string): string;
}

/** The mask of a judgement. */
export function secretMask({ findings, exempted }: Judgement): SecretMask {
  const secrets = new Map<PlannedResource, Set<string>>();
  const gather = ({ resource, value, covered }: Finding): void => {
    if (value !== undefined)
      walk(value, (inner) => {
        if (!(inner instanceof Secret)) return;
        const known = secrets.get(resource) ?? new Set();
        walk(inner.reveal(), (leaf) => (typeof leaf === "string" && leaf !== "" ? known.add(leaf) : undefined));
        secrets.set(resource, known);
      });
    covered.forEach(gather);
  };
  findings.forEach(gather);
  for (const { finding } of exempted) gather(finding);
  const masked = (resource: PlannedResource, text: string): string => {
    const known = secrets.get(resource);
    if (known === undefined) return text;
    if (known.has(text)) return SECRET_MARK;
    const inside = [...known].filter((secret) => secret.length >= LEAST_IN_TEXT);
    return inside.reduce((rest, secret) => rest.replaceAll(secret, SECRET_MARK), text);
  };
  return {
    value: (resource, value) => (secrets.has(resource) ? mapTexts(value, (text) => masked(resource, text)) : value),
    text: masked,
  };
}

import { createHash } from "node:crypto";
import type { PlannedResource } from "../plan/model/index.js";
import { splitPath } from "../plan/model/index.js";
import { Cursor, identityOf } from "../plan/world/index.js";
import type { Finding } from "../policies/index.js";

/** Hexadecimal digits of a fingerprint: 128 bits. */
const DIGITS = 32;

/**
 * A fingerprint for each finding, in their order: of the rule, the id of the resource and the path, in which an item of a
 * list counts by its name where it has one. Neither the message nor the value, the file or the line changes it. Findings
 * that are alike in all of that, as those of two objects of one id, are told apart by their URNs, and by their order where
 * that does not do.
 */
export function fingerprintsOf(findings: readonly Pick<Finding, "rule" | "resource" | "path">[]): readonly string[] {
  const ids = new Map<PlannedResource, string>();
  const marked = findings.map(({ rule, resource, path }) => {
    const id = ids.get(resource) ?? identityOf(resource).id;
    ids.set(resource, id);
    return { key: JSON.stringify([rule.id, id, ...namedSteps(resource, path)]), urn: resource.urn };
  });
  const urns = new Map<string, Set<string>>();
  for (const { key, urn } of marked) urns.set(key, (urns.get(key) ?? new Set()).add(urn));
  const seen = new Map<string, number>();
  return marked.map(({ key, urn }) => {
    const own = (urns.get(key)?.size ?? 0) > 1 ? `${key} ${urn}` : key;
    const before = seen.get(own) ?? 0;
    seen.set(own, before + 1);
    return createHash("sha256")
      .update(before === 0 ? own : `${own} ${before}`)
      .digest("hex")
      .slice(0, DIGITS);
  });
}

/** The steps of a path, each index of a list replaced by the name of the item where it has one. */
function namedSteps({ inputs }: PlannedResource, path: string): readonly unknown[] {
  let at = new Cursor(inputs);
  return splitPath(path).map((step) => {
    at = at.at(step);
    if (typeof step === "string") return step;
    const name = at.at("name").string();
    return typeof name === "string" ? { name } : step;
  });
}

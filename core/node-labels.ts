/** Labels and taints of nodes, as Kubernetes has them (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/). */
import { issue } from "./issue.js";
import type { Issue } from "./issue.js";

const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** Checks a key: a name of at most 63 characters, by choice behind a DNS name and a slash. */
export function labelKeyIssues(at: string, key: string): Issue[] {
  const [name = "", prefix, ...rest] = key.split("/").reverse();
  const fits =
    rest.length === 0 && NAME.test(name) && (prefix === undefined || (PREFIX.test(prefix) && prefix.length <= 253));
  if (fits) return [];
  const advice = "Write it like 'tier' or 'example.com/tier', the name at most 63 letters, digits, '-', '_' and '.'";
  return [issue("Malformed", at, "must be a key as Kubernetes has it", key, advice)];
}

/** Checks a value: empty, or at most 63 characters. */
export function labelValueIssues(at: string, value: string): Issue[] {
  if (value === "" || NAME.test(value)) return [];
  const advice = "Use at most 63 letters, digits, '-', '_' and '.', a letter or digit at both ends";
  return [issue("Malformed", at, "must be a value as Kubernetes has it", value, advice)];
}

/** Checks that a key has no prefix that is kept for others: a domain of `reserved` or below, unless it is one of `free` or below. */
export function reservedLabelIssues(
  at: string,
  key: string,
  { reserved, free }: { readonly reserved: readonly string[]; readonly free: readonly string[] },
): Issue[] {
  const prefix = key.split("/")[0] ?? "";
  const below = (domain: string) => prefix === domain || prefix.endsWith(`.${domain}`);
  if (!key.includes("/") || !reserved.some(below) || free.some(below)) return [];
  const advice = "It is kept for Kubernetes and EKS: use a prefix of your own, like 'example.com/tier'";
  return [issue("NotAllowed", at, `must not begin with ${reserved.join(", ")}`, key, advice)];
}

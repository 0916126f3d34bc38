import { issue } from "./issue.js";
import type { Issue } from "./issue.js";

/** Checks the id of something in EC2: a prefix, as `subnet-`, and hexadecimal digits. */
export function awsIdIssues(path: string, prefix: string, id: string): Issue[] {
  if (new RegExp(`^${prefix}[0-9a-f]+$`).test(id)) return [];
  const advice = `Write it like '${prefix}0123456789abcdef0'`;
  return [issue("Malformed", path, `must be an id that begins with '${prefix}'`, id, advice)];
}

import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";

/** Checks numbers of accounts: twelve digits, each once. */
export function accountIdIssues(path: string, accounts: readonly string[]): Issue[] {
  return accounts.flatMap((id, i) => {
    const at = `${path}[${i}]`;
    if (!/^\d{12}$/.test(id))
      return [issue("Malformed", at, "must be the number of an account", id, "Write it like '444455556666'")];
    return accounts.indexOf(id) === i
      ? []
      : [issue("Duplicate", at, "must name each account once", id, "Remove the second one")];
  });
}

import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** Host names as certificates and DNS have them: at least two labels, `*.` for all names below. */
const DOMAIN = /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

const LONGEST_NAME = 253;

/**
 * Checks a list of domains: `example.com` for the one name, `*.example.com` for those below it.
 *
 * @param most How many the service takes.
 */
export function domainIssues(path: string, domains: readonly string[], most: number): Issue[] {
  const issues: Issue[] = [];
  if (domains.length === 0)
    issues.push(issue("Required", path, "must name a domain", domains, "Name what may be reached: 'api.example.com'"));
  if (domains.length > most)
    issues.push(
      issue("OutOfRange", path, `must be at most ${most} domains`, domains.length, "Join them: '*.example.com'"),
    );
  domains.forEach((domain, i) => {
    if (!DOMAIN.test(domain) || domain.length > LONGEST_NAME)
      issues.push(
        issue(
          "Malformed",
          `${path}[${i}]`,
          "must be a domain in small letters",
          domain,
          "Write 'api.example.com', or '*.example.com' for all names below",
        ),
      );
    if (domains.indexOf(domain) !== i)
      issues.push(issue("Duplicate", `${path}[${i}]`, "must name each domain once", domain, "Remove the second one"));
  });
  return issues;
}

import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { listIssues } from "../checks.js";
import { list, text } from "../shape.js";

/** Host names as certificates and DNS have them: at least two labels, `*.` for all names below. */
const DOMAIN = /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

const LONGEST_NAME = 253;

/**
 * Checks a list of domains: `example.com` for the one name, `*.example.com` for those below it.
 *
 * @param most How many the service takes.
 */
export function domainIssues(path: string, domains: readonly string[], most: number): Issue[] {
  const wrongKind = list(text)(path, domains);
  if (wrongKind.length > 0) return [...wrongKind];
  const issues: Issue[] = [];
  if (domains.length === 0)
    issues.push(issue("Required", path, "must name a domain", domains, "Name what may be reached: 'api.example.com'"));
  if (domains.length > most)
    issues.push(
      issue("OutOfRange", path, `must be at most ${most} domains`, domains.length, "Join them: '*.example.com'"),
    );
  const advice = "Write 'api.example.com', or '*.example.com' for all names below";
  const form = (at: string, domain: string) =>
    DOMAIN.test(domain) && domain.length <= LONGEST_NAME
      ? []
      : [issue("Malformed", at, "must be a domain in small letters", domain, advice)];
  return [...issues, ...listIssues(path, domains, "domain", form)];
}

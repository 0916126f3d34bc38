import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** Checks the name of one namespace: a label of DNS, as Kubernetes has them. */
export function namespaceIssues(path: string, name: string): Issue[] {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return [];
  return [issue("Malformed", path, "must be the name of one namespace", name, "Write it like 'vote'")];
}

/** Checks a namespace and the name of one service account in it, which is a subdomain of DNS. */
export function serviceAccountIssues(subject: {
  readonly namespace: string;
  readonly serviceAccount: string;
}): Issue[] {
  const { namespace, serviceAccount } = subject;
  const issues = namespaceIssues("namespace", namespace);
  if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(serviceAccount)) return issues;
  const rule = "must be the name of one service account";
  return [...issues, issue("Malformed", "serviceAccount", rule, serviceAccount, "Write it like 'worker'")];
}

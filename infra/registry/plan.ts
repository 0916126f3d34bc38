import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { PullThrough } from "./pull-through.js";

/** A repository's name as ECR has it (CreateRepository, `repositoryName`). */
const REPOSITORY = /^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/;

/** A cache's prefix (CreatePullThroughCacheRule, `ecrRepositoryPrefix`). */
const PREFIX = /^(?=.{2,30}$)[a-z0-9]+([._-][a-z0-9]+)*$/;

/** Checks names of repositories and prefixes of caches, and that they do not meet. */
export function registryIssues(repositories: readonly string[], pullThrough: readonly PullThrough[]): Issue[] {
  const prefixes = pullThrough.map(({ prefix }) => prefix);
  return [
    ...repositories.flatMap((name, i) =>
      repositoryIssues(`repositories[${i}]`, name, repositories.indexOf(name) !== i, prefixes),
    ),
    ...pullThrough.flatMap((cache, i) => cacheIssues(`pullThrough[${i}]`, cache, prefixes.indexOf(cache.prefix) !== i)),
  ];
}

function repositoryIssues(path: string, name: string, repeated: boolean, prefixes: readonly string[]): Issue[] {
  const issues: Issue[] = [];
  if (!REPOSITORY.test(name)) {
    const advice = "Use lower-case letters and digits, separated by single '.', '_', '-' or '/': 'voting-app/vote'";
    issues.push(issue("Malformed", path, "must be a name that ECR accepts", name, advice));
  }
  if (repeated) issues.push(issue("Duplicate", path, "must name each repository once", name, "Remove the second one"));
  const prefix = prefixes.find((p) => name.startsWith(`${p}/`));
  if (prefix !== undefined) {
    const advice = "A cache makes its own repositories: choose another name";
    issues.push(issue("Conflict", path, `must not lie under the cache '${prefix}'`, name, advice));
  }
  return issues;
}

function cacheIssues(path: string, { prefix, credentialArn }: PullThrough, repeated: boolean): Issue[] {
  const issues: Issue[] = [];
  if (!PREFIX.test(prefix)) {
    const advice = "Use 2 to 30 lower-case letters, digits, '.', '_' and '-'";
    issues.push(issue("Malformed", `${path}.prefix`, "must be a prefix that ECR accepts", prefix, advice));
  }
  if (repeated) issues.push(issue("Duplicate", `${path}.prefix`, "must be one cache's only", prefix, "Pass `prefix`"));
  if (typeof credentialArn === "string" && !isCredential(credentialArn)) {
    const advice = "ECR takes secrets whose name begins with 'ecr-pullthroughcache/' only";
    const rule = "must be the ARN of a secret for pull-through caches";
    issues.push(issue("Malformed", `${path}.credentialArn`, rule, credentialArn, advice));
  }
  return issues;
}

function isCredential(arn: string): boolean {
  const parts = Arn.parts(arn);
  return parts?.service === "secretsmanager" && parts.resource.startsWith("secret:ecr-pullthroughcache/");
}

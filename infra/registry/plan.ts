import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../../core/arn.js";
import { isMissingIn } from "../../core/data/service-regions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountIdIssues, listIssues, roleArnIssues } from "../checks.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import type { PullThrough } from "./pull-through.js";
import type { RegistryArgs } from "./registry.js";
import { replicationIssues } from "./replication.js";
import { scanningIssues } from "./scanning.js";

/** A repository's name as ECR has it (CreateRepository, `repositoryName`). */
const REPOSITORY = /^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/;

/** A cache's prefix (CreatePullThroughCacheRule, `ecrRepositoryPrefix`). */
const PREFIX = /^(?=.{2,30}$)[a-z0-9]+([._-][a-z0-9]+)*$/;

/** Characters of a repository's policy (SetRepositoryPolicy, `policyText`), less what ours has beside the roles. */
const ROOM_FOR_ROLES = 10_240 - 1800;

/** What a role's ARN that is known later may take: account, path and a name of 64 characters. */
const LATE_ARN = 120;

/**
 * Checks everything that is known before the deployment.
 *
 * @param region The Region, or empty where nobody names it.
 */
export function registryArgsIssues(args: RegistryArgs, region: string): Issue[] {
  return [
    ...keyArnIssues("keys.registryKeyArn", args.keys.registryKeyArn),
    ...registryIssues(args.repositories ?? [], args.pullThrough ?? []),
    ...cacheRegionIssues(args.pullThrough ?? [], region),
    ...accessIssues(args),
    ...replicationIssues("replication", args.replication ?? [], region),
    ...(args.scanning === undefined ? [] : scanningIssues("scanning", args.scanning)),
  ];
}

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

function cacheRegionIssues(pullThrough: readonly PullThrough[], region: string): Issue[] {
  if (pullThrough.length === 0 || !isMissingIn("pullThroughCache", region)) return [];
  const advice = "Leave it out, and push copies of the images into `repositories`";
  const prefixes = pullThrough.map(({ prefix }) => prefix).join(", ");
  return [issue("Unsupported", "pullThrough", `must be empty: ECR has no caches in ${region}`, prefixes, advice)];
}

/** Who may pull and push, as {@link RegistryArgs} and {@link RegistryReplicaArgs} have it. */
export interface ImageAccess {
  readonly pullers?: readonly pulumi.Input<string>[];
  readonly pushers?: readonly pulumi.Input<string>[];
  readonly otherAccounts?: readonly string[];
}

/** Checks who may pull and push, and that the policy which says so stays within ECR's limit. */
export function accessIssues({ pullers, pushers, otherAccounts = [] }: ImageAccess): Issue[] {
  const issues = [
    ...listIssues("pullers", pullers ?? [], "role", roleArnIssues),
    ...listIssues("pushers", pushers ?? [], "role", roleArnIssues),
    ...listIssues("otherAccounts", otherAccounts, "account", accountIdIssues),
  ];
  if (otherAccounts.length > 0 && pullers === undefined)
    issues.push(
      issue(
        "Required",
        "pullers",
        "must name the roles of other accounts that pull",
        pullers,
        "Pass the ARNs of their nodes' roles, beside those of this account",
      ),
    );
  const size = (roles: readonly pulumi.Input<string>[]) =>
    roles.reduce((sum: number, one) => sum + (typeof one === "string" ? one.length : LATE_ARN) + 3, 0);
  // Who pushes may pull, so that each of these stands there twice.
  const taken = size(pullers ?? []) + 2 * size(pushers ?? []) + 20 * otherAccounts.length;
  if (taken > ROOM_FOR_ROLES) {
    const rule = `must leave room: a repository's policy has 10240 characters, of which roles may take ${ROOM_FOR_ROLES}`;
    issues.push(issue("OutOfRange", "pullers", rule, taken, "Name fewer roles"));
  }
  return issues;
}

import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountIdIssues } from "../checks.js";
import { partitionOf } from "../partition.js";

/** Rules of one registry (PutReplicationConfiguration, `rules`). */
const MOST_RULES = 10;

/** Places that one registry replicates to, and filters of one rule (ECR, "Service quotas"). */
const MOST_DESTINATIONS = 25;
const MOST_FILTERS = 100;

/** A prefix as ECR has it (`RepositoryFilter`). */
const PREFIX = /^(?=.{1,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]*)*\/)*[a-z0-9]*(?:[._-][a-z0-9]*)*$/;

/** A Region as ECR has it (`ReplicationDestination`). */
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d$/;

/** Which repositories are replicated. */
export interface ReplicationOptions {
  /**
   * Beginnings of names: `voting-app/`.
   *
   * @default - all repositories
   */
  readonly prefixes?: readonly string[];
}

/**
 * Copies of what is pushed, in another Region or account. Images that are there already stay where they are. What ECR makes
 * there has the settings of a {@link RegistryReplica} of that place, and ECR's own without one: tags that can be moved.
 */
export class Replication {
  private constructor(
    readonly region: string,
    /** `undefined` for the registry's own. */
    readonly accountId: string | undefined,
    readonly prefixes: readonly string[],
  ) {}

  /** Into another Region of the same account. */
  static toRegion(region: string, options: ReplicationOptions = {}): Replication {
    return new Replication(region, undefined, options.prefixes ?? []);
  }

  /** Into a Region of another account, which lets this one: `sourceAccounts` of a {@link RegistryReplica} there. */
  static toAccount(accountId: string, region: string, options: ReplicationOptions = {}): Replication {
    return new Replication(region, accountId, options.prefixes ?? []);
  }
}

/** Checks rules of replication against what ECR takes. */
export function replicationIssues(path: string, rules: readonly Replication[], ownRegion: string): Issue[] {
  const issues: Issue[] = [];
  const places = rules.map(({ region, accountId = "own" }) => `${accountId} ${region}`);
  if (rules.length > MOST_RULES)
    issues.push(issue("OutOfRange", path, `must have at most ${MOST_RULES} rules`, rules.length, "Join some"));
  if (new Set(places).size > MOST_DESTINATIONS) {
    const rule = `must name at most ${MOST_DESTINATIONS} places`;
    issues.push(issue("OutOfRange", path, rule, new Set(places).size, "Replicate onwards from one of them"));
  }
  for (const [i, { region, accountId, prefixes }] of rules.entries()) {
    const at = `${path}[${i}]`;
    if (!REGION.test(region))
      issues.push(issue("Malformed", `${at}.region`, "must be a Region", region, "Write it like 'eu-central-1'"));
    else if (ownRegion !== "" && partitionOf(region) !== partitionOf(ownRegion)) {
      const rule = `must lie in the partition of ${ownRegion}, images do not leave it`;
      issues.push(issue("NotAllowed", `${at}.region`, rule, region, "Push to a registry of that partition"));
    } else if (accountId === undefined && region === ownRegion)
      issues.push(issue("Conflict", `${at}.region`, "must not be the registry's own", region, "Name another Region"));
    if (accountId !== undefined) issues.push(...accountIdIssues(`${at}.accountId`, accountId));
    if (places.indexOf(places[i] ?? "") !== i && prefixes.length === 0) {
      const advice = "Name the prefixes of each, or remove one";
      issues.push(issue("Duplicate", at, "must not repeat a place for all repositories", region, advice));
    }
    issues.push(...prefixIssues(`${at}.prefixes`, prefixes));
  }
  return issues;
}

function prefixIssues(path: string, prefixes: readonly string[]): Issue[] {
  const issues: Issue[] = [];
  if (prefixes.length > MOST_FILTERS)
    issues.push(
      issue("OutOfRange", path, `must have at most ${MOST_FILTERS}`, prefixes.length, "Use shorter prefixes"),
    );
  for (const [i, prefix] of prefixes.entries())
    if (!PREFIX.test(prefix)) {
      const rule = "must be the beginning of names that ECR accepts";
      issues.push(issue("Malformed", `${path}[${i}]`, rule, prefix, "Write it like 'voting-app/'"));
    }
  return issues;
}

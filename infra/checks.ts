import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../core/arn.js";
import { awsIdIssues } from "../core/aws-id.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";

/**
 * Checks a component's name by its length: what AWS names after it has a limit.
 *
 * @param limit That limit, as "roles have 64".
 */
export function nameIssues(name: string, longest: number, limit = "roles have 64"): Issue[] {
  if (name.length <= longest) return [];
  const rule = `must have at most ${longest} characters, the names of ${limit}`;
  return [issue("OutOfRange", "name", rule, name, "Give the component a shorter name")];
}

/**
 * Checks a list: each entry by `check`, and that no entry stands there twice. What is known at deployment only is not compared.
 *
 * @param what What an entry is, as "subnet".
 * @param check Checks one entry, which stands at `at`.
 */
export function listIssues<T>(
  path: string,
  list: readonly T[],
  what: string,
  check: (at: string, entry: T) => readonly Issue[] = () => [],
): Issue[] {
  return list.flatMap((entry, i) => {
    const at = `${path}[${i}]`;
    const issues = check(at, entry);
    if (issues.length > 0 || typeof entry === "object" || list.indexOf(entry) === i) return issues;
    return [issue("Duplicate", at, `must name each ${what} once`, entry, "Remove the second one")];
  });
}

/** Checks the id of something in EC2 where it is known: a prefix, as `rtb-`, and hexadecimal digits. */
export function idIssues(path: string, prefix: string, id: pulumi.Input<string> | undefined): Issue[] {
  return typeof id === "string" ? awsIdIssues(path, prefix, id) : [];
}

/** Checks the number of an account: twelve digits. */
export function accountIdIssues(path: string, id: string): Issue[] {
  if (/^\d{12}$/.test(id)) return [];
  return [issue("Malformed", path, "must be the number of an account", id, "Write it like '444455556666'")];
}

/** Checks the number of a port. */
export function portIssues(path: string, port: number): Issue[] {
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return [];
  return [issue("OutOfRange", path, "must be a port from 1 to 65535", port, "Write it like 9443")];
}

/** What {@link arnIssues} expects of an ARN. */
export interface ArnKind {
  /** As it reads in a sentence: "a certificate of ACM". */
  readonly what: string;
  /** `acm`. */
  readonly service: string;
  /** The form of all that comes behind the account. */
  readonly resource: RegExp;
  readonly example: string;
}

/** Checks an ARN where it is known: of this service, and of this kind. */
export function arnIssues(path: string, arn: pulumi.Input<string> | undefined, kind: ArnKind): Issue[] {
  if (typeof arn !== "string") return [];
  const parts = Arn.parts(arn);
  if (parts?.service === kind.service && kind.resource.test(parts.resource)) return [];
  return [issue("Malformed", path, `must be the ARN of ${kind.what}`, arn, `Write it like '${kind.example}'`)];
}

const ROLE: ArnKind = {
  what: "one role",
  service: "iam",
  resource: /^role\/[^*?\s]+$/,
  example: "arn:<partition>:iam::444455556666:role/reader",
};

/** Checks the ARN of one role where it is known. */
export function roleArnIssues(path: string, arn: pulumi.Input<string> | undefined): Issue[] {
  return arnIssues(path, arn, ROLE);
}

import * as pulumi from "@pulumi/pulumi";
import { issue, renderIssue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { policyDocument, statementJson } from "./policy-document.js";
import type { Statement } from "./policy-document.js";

/**
 * Characters that a policy may have (IAM User Guide, "IAM and AWS STS quotas", read 2026-11-21). IAM does not count blanks
 * between tokens, and the documents here have none.
 */
export const POLICY_CHARACTERS = {
  /** The inline policies of a role, together. */
  inline: 10_240,
  managed: 6_144,
  /** A session policy in plain text. AWS packs it together with session tags, so that less may fit. */
  session: 2_048,
  /** The quota of a new account; AWS raises it to 4,096 on request. */
  trust: 2_048,
} as const;

/** Where a policy stands, which decides how long it may be. */
export type PolicyKind = keyof typeof POLICY_CHARACTERS;

/** One issue when the document is too long already without its late values. */
export function sizeIssues(kind: PolicyKind, path: string, statements: readonly Statement[]): Issue[] {
  const known = knownValues({ Version: "2012-10-17", Statement: statements.map(statementJson) });
  return tooLong(kind, path, JSON.stringify(known).length);
}

/**
 * The document of a policy. As soon as its text is known and longer than IAM takes, an error is logged, which fails the
 * preview: an error thrown in an Output would end the program with a stack of Pulumi's own.
 */
export function sizedDocument(
  kind: PolicyKind,
  where: string,
  path: string,
  statements: readonly Statement[],
): pulumi.Output<string> {
  return policyDocument(statements).apply((text) => {
    for (const one of tooLong(kind, path, text.length)) void pulumi.log.error(`${where}: ${renderIssue(one)}`);
    return text;
  });
}

function tooLong(kind: PolicyKind, path: string, length: number): Issue[] {
  const most = POLICY_CHARACTERS[kind];
  if (length <= most) return [];
  const rule = `must fit into ${most} characters, the most that IAM takes of ${NAMES[kind]}`;
  const advice = "Name fewer actions and resources, or divide the work among several roles";
  return [issue("OutOfRange", path, rule, `${length} characters`, advice)];
}

const NAMES: Readonly<Record<PolicyKind, string>> = {
  inline: "the inline policies of a role",
  managed: "a managed policy",
  session: "a session policy",
  trust: "a trust policy",
};

/** A value with nothing in the places of late ones. */
function knownValues(value: unknown): unknown {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return "";
  if (Array.isArray(value)) return value.map(knownValues);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, knownValues(item)]));
}

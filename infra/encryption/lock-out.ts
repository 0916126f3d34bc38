import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** The call without which nobody ever mends a key's policy. */
const MEND = "kms:PutKeyPolicy";

/** Characters of a key's policy (PutKeyPolicy, `Policy`: 32 kilobytes). */
const LONGEST_POLICY = 32_768;

/** Condition keys that say who calls, and so leave somebody who can; any other may leave nobody. */
const ABOUT_CALLERS = [
  "aws:multifactorauthpresent",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "kms:calleraccount",
];

/** Condition keys that are the number of the caller's account. */
const OF_ACCOUNT = ["aws:principalaccount", "kms:calleraccount"];

/** Operators by which a denial spares the callers that it names, and by which it is about them. */
const SPARING = ["arnnotequals", "arnnotlike", "stringnotequals", "stringnotlike"];
const NAMING = ["arnequals", "arnlike", "stringequals", "stringlike"];

interface ReadStatement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Condition?: unknown;
}

/**
 * Checks that a key's policy locks nobody out for good: that somebody of the account may change it, and that no denial takes
 * that from all of them. KMS itself asks only whether whoever creates the key may.
 *
 * @param path Where the policy stands, for the message.
 * @param policy The text as it goes to KMS.
 * @param accountId Twelve digits: the account of the key.
 */
export function lockOutIssues(path: string, policy: string, accountId: string): Issue[] {
  if (policy.length > LONGEST_POLICY) {
    const rule = `must have at most ${LONGEST_POLICY} characters`;
    return [issue("OutOfRange", path, rule, policy.length, "Name fewer principals")];
  }
  const statements = read(policy);
  if (statements === undefined)
    return [issue("Malformed", path, "must be the JSON of a policy", policy, "Use `policyDocument` to make it")];
  const able = statements
    .filter((one) => one.Effect === "Allow" && covers(one) && isAboutCallers(one.Condition))
    .flatMap((one) => principalsOf(one.Principal).filter((who) => isOf(who, accountId)));
  const root = `:${accountId}:root`;
  if (able.length === 0) {
    const rule = `must let somebody of account ${accountId} change it (${MEND}), or nobody ever can`;
    const advice = "Keep the statement 'AccountAdministration', or name an administrator of this account";
    return [issue("NotAllowed", path, rule, "no such statement", advice)];
  }
  const denials = statements.filter((one) => one.Effect === "Deny" && covers(one));
  const left = able.filter((who) => !denials.some((denial) => hits(denial, who, accountId)));
  if (left.length > 0) return [];
  const rule = `must not deny ${MEND} to all who may: ${able.map((who) => (who.endsWith(root) ? "the account" : who)).join(", ")}`;
  const advice = "Spare the administrators by ArnNotEquals on aws:PrincipalArn, or deny other actions";
  return [issue("NotAllowed", path, rule, "a statement with Deny", advice)];
}

function read(policy: string): readonly ReadStatement[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(policy);
  } catch {
    return undefined;
  }
  const held = isRecord(parsed) ? parsed["Statement"] : undefined;
  const list = list1(held);
  return list.length > 0 && list.every(isRecord) ? list : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** IAM writes a list of one as the one. */
function list1(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}

function covers({ Action, NotAction }: ReadStatement): boolean {
  const matches = (pattern: unknown) => typeof pattern === "string" && like(pattern.toLowerCase(), MEND.toLowerCase());
  return NotAction === undefined ? list1(Action).some(matches) : !list1(NotAction).some(matches);
}

/** The ARNs and account numbers that a statement names, and `*`; services and federated identities mend no policy. */
function principalsOf(principal: unknown): readonly string[] {
  const named = isRecord(principal) ? principal["AWS"] : principal;
  return list1(named).filter((one) => typeof one === "string");
}

function isOf(who: string, accountId: string): boolean {
  return who === "*" || who === accountId || Arn.parts(who)?.account === accountId;
}

function conditionsOf(condition: unknown): readonly (readonly [operator: string, key: string, values: unknown])[] {
  if (!isRecord(condition)) return [];
  return Object.entries(condition).flatMap(([operator, block]) =>
    isRecord(block)
      ? Object.entries(block).map(([key, values]) => [operator.toLowerCase(), key.toLowerCase(), values] as const)
      : [],
  );
}

function isAboutCallers(condition: unknown): boolean {
  return conditionsOf(condition).every(([, key]) => ABOUT_CALLERS.includes(key));
}

/** Whether a denial takes the call from somebody who has it: whatever holds only at times leaves a time to mend it. */
function hits({ Principal, NotPrincipal, Condition }: ReadStatement, who: string, accountId: string): boolean {
  const isWhole = (one: string) => one === "*" || one === accountId || one.endsWith(`:${accountId}:root`);
  if (NotPrincipal !== undefined && principalsOf(NotPrincipal).some((one) => one === who || isWhole(one))) return false;
  const denied = principalsOf(Principal);
  if (NotPrincipal === undefined && !denied.some((one) => isWhole(one) || one === who)) return false;
  return conditionsOf(Condition).every(([operator, key, values]) => {
    const isSparing = SPARING.includes(operator);
    if (!isSparing && !NAMING.includes(operator)) return false;
    const listed = list1(values).filter((one) => typeof one === "string");
    if (OF_ACCOUNT.includes(key)) return listed.includes(accountId) !== isSparing;
    if (key !== "aws:principalarn") return false;
    if (!isWhole(who)) return listed.some((one) => like(one, who)) !== isSparing;
    // The account may name somebody whom the list leaves out, unless the list is of all.
    return isSparing
      ? !listed.some((one) => one.includes(`:${accountId}:`))
      : listed.some((one) => one === "*" || new RegExp(`^arn:[^:]+:iam::([*]|${accountId}):[*]$`).test(one));
  });
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

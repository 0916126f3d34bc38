import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { asRunError } from "../errors.js";
import type { Conditions } from "./policy-document.js";
import { principalIssues } from "./principal.js";
import type { Principal } from "./principal.js";

/** Seconds since the second factor was shown. */
const FRESH_SECONDS = 3600;

/** Who may take a role for emergencies, and what they have to show. */
export class BreakGlassHolders {
  private constructor(
    readonly principals: readonly Principal[],
    /** Whether the role asks for a second factor itself. */
    readonly mfa: boolean,
    readonly relaxation?: Relaxation,
  ) {}

  /**
   * IAM users that show their second factor to AWS, within the hour. Users and not roles: the session of a role carries no
   * second factor, so that nobody could ever get in
   * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html). For this use IAM
   * users are what AWS recommends: they work while the identity provider does not.
   */
  static users(...users: readonly [Principal, ...Principal[]]): BreakGlassHolders {
    return new BreakGlassHolders(users, true);
  }

  /**
   * Roles of people, such as those of Identity Center, that asks for the second factor where they sign in. AWS cannot
   * check it here.
   *
   * @throws pulumi.RunError when the reason is shorter than ten characters.
   */
  static sessions(roles: readonly [Principal, ...Principal[]], why: Reason): BreakGlassHolders {
    return new BreakGlassHolders(
      roles,
      false,
      asRunError(() => relaxation("BreakGlassHolders.sessions", why)),
    );
  }

  /** What the trust asks for. */
  get conditions(): Conditions | undefined {
    if (!this.mfa) return undefined;
    return {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": `${FRESH_SECONDS}` },
    };
  }
}

/** Checks who may take the role. */
export function holderIssues(path: string, { principals, mfa }: BreakGlassHolders, partition?: string): Issue[] {
  if (principals.length === 0) {
    const advice = "Name the users that may take the role: BreakGlassHolders.users(Principal.user(arn, { reason }))";
    return [issue("Required", path, "must name somebody", principals, advice)];
  }
  const issues = principalIssues(path, principals, partition);
  for (const [i, { kind, arn }] of principals.entries()) {
    if (mfa === (kind === "user")) continue;
    const rule = mfa ? "must be a user, the session of a role carries no second factor" : "must be a role";
    const advice = mfa
      ? "Pass Principal.user(arn, { reason }), or use BreakGlassHolders.sessions([...], { reason })"
      : "Pass users to BreakGlassHolders.users(...)";
    issues.push(issue("NotAllowed", `${path}[${i}]`, rule, typeof arn === "string" ? arn : kind, advice));
  }
  return issues;
}

/** A denial of a guardrail. */
export interface GuardrailStatement {
  /** Letters and digits, unique within a document. */
  readonly sid: string;
  readonly actions: readonly string[];
  /** @default - everything */
  readonly resources?: readonly string[];
  /** Keys and values by operator; all must match for the denial to hold. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * The statement as it stands in a policy.
 *
 * @param exempt ARNs of principals that the denial spares.
 */
export function denial(statement: GuardrailStatement, exempt: readonly string[]): object {
  const spared = exempt.length === 0 ? {} : { ArnNotLike: { "aws:PrincipalArn": exempt } };
  const conditions = { ...statement.conditions, ...spared };
  return {
    Sid: statement.sid,
    Effect: "Deny",
    Action: statement.actions,
    Resource: statement.resources ?? "*",
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

/** A policy's text without a blank: every character counts against its limit. */
export function compact(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

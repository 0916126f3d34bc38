import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { asRunError, refuse } from "../errors.js";
import { GUARDRAIL_CONTROLS } from "./controls.js";
import type { Control, GuardrailControl } from "./controls.js";
import { compact, denial } from "./statement.js";

/** Characters of a service control policy (AWS Organizations, "Quotas"). */
export const SCP_CHARACTERS = 5120;

/** Policies on one target (AWS Organizations, "Quotas"), less the one that AWS attaches, `FullAWSAccess`. */
const POLICIES_PER_TARGET = 4;

/** A control that is left out, and why. */
export class LeftOut {
  private constructor(
    readonly control: GuardrailControl,
    readonly relaxation: Relaxation,
  ) {}

  /** @throws pulumi.RunError when the reason is shorter than ten characters. */
  static of(control: GuardrailControl, why: Reason): LeftOut {
    return new LeftOut(
      control,
      asRunError(() => relaxation(`LeftOut.of ${control}`, why)),
    );
  }
}

/** What guardrails are made for. */
export interface GuardrailOptions {
  /**
   * ARNs of roles that nothing is denied to, such as the one for emergencies; `*` may stand for the account or the end of
   * the name: `arn:*:iam::*:role/break-glass`.
   *
   * @default - nobody
   */
  readonly exemptRoleArns?: readonly string[];
  /**
   * Controls that are left out.
   *
   * @default - none
   */
  readonly leftOut?: readonly LeftOut[];
}

/** A service control policy, ready to be printed or attached. */
export interface GuardrailPolicy {
  /** `1`, `2`: for names, which stay when a document is added. */
  readonly key: string;
  /** What it keeps. */
  readonly description: string;
  /** JSON, within {@link SCP_CHARACTERS}. */
  readonly document: string;
}

/**
 * The service control policies that deny what would break the controls, in as few documents as hold them. They deny and
 * grant nothing: leave `FullAWSAccess` attached. They do not bind the organisation's management account, nor service-linked
 * roles (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html).
 *
 * @throws pulumi.RunError with every problem of the options.
 */
export function planGuardrails(options: GuardrailOptions = {}): readonly GuardrailPolicy[] {
  refuse("planGuardrails", guardrailIssues("", options));
  return packed(options);
}

/** Checks options, and that the policies stay within the limits of AWS Organizations. */
export function guardrailIssues(prefix: string, options: GuardrailOptions): Issue[] {
  const issues = exemptIssues(`${prefix}exemptRoleArns`, options.exemptRoleArns ?? []);
  const leftOut = (options.leftOut ?? []).map(({ control }) => control);
  for (const [i, control] of leftOut.entries())
    if (leftOut.indexOf(control) !== i) {
      const rule = "must leave each control out once";
      issues.push(issue("Duplicate", `${prefix}leftOut[${i}]`, rule, control, "Remove the second one"));
    }
  if (chosenControls(options).length === 0) {
    const rule = "must leave a control in";
    issues.push(issue("Required", `${prefix}leftOut`, rule, leftOut, "Make no guardrails where none is wanted"));
  }
  if (issues.length > 0) return issues;
  const policies = packed(options);
  const longest = Math.max(...policies.map(({ document }) => document.length));
  if (longest > SCP_CHARACTERS || policies.length > POLICIES_PER_TARGET) {
    const size = `${policies.length} policies, the longest of ${longest} characters`;
    const rule = `must leave room: a target takes ${POLICIES_PER_TARGET} policies of ${SCP_CHARACTERS} characters besides FullAWSAccess`;
    const advice = "Name fewer roles, by one path such as 'arn:*:iam::*:role/exempt/*'";
    issues.push(issue("OutOfRange", `${prefix}exemptRoleArns`, rule, size, advice));
  }
  return issues;
}

/** A role, or the roles whose names begin alike, in one account or in all; the whole of an account's roles is neither. */
const SPARED = /^arn:[^:]+:iam::(\d{12}|\*):role\/[^*?\s]{2,}\*?$/;

/** Checks ARNs of roles that are spared; one that would spare everybody is refused. */
export function exemptIssues(path: string, arns: readonly string[]): Issue[] {
  return arns.flatMap((arn, i) => {
    if (SPARED.test(arn)) return [];
    const advice = "Write it like 'arn:*:iam::*:role/break-glass' or 'arn:*:iam::111122223333:role/exempt/*'";
    return [issue("NotAllowed", `${path}[${i}]`, "must be the ARN of a role, or of the roles of a path", arn, advice)];
  });
}

/** The controls that are not left out, in their order. */
export function chosenControls({ leftOut = [] }: GuardrailOptions): readonly Control[] {
  const without = new Set(leftOut.map(({ control }) => control));
  return Object.entries(GUARDRAIL_CONTROLS).flatMap(([name, control]) =>
    without.has(name as GuardrailControl) ? [] : [control],
  );
}

/** Fills one document after the other; a control is not split, so that a document can be said in words. */
function packed(options: GuardrailOptions): readonly GuardrailPolicy[] {
  const documents: { summaries: string[]; statements: object[] }[] = [];
  for (const { summary, statements } of chosenControls(options)) {
    const added = statements.map((one) => denial(one, options.exemptRoleArns ?? []));
    const last = documents.at(-1);
    if (last !== undefined && compact([...last.statements, ...added]).length <= SCP_CHARACTERS) {
      last.summaries.push(summary);
      last.statements.push(...added);
    } else documents.push({ summaries: [summary], statements: added });
  }
  return documents.map(({ summaries, statements }, i) => ({
    key: String(i + 1),
    description: summaries.join("; "),
    document: compact(statements),
  }));
}

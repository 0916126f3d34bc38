import type { Cursor, Read } from "../../plan/world/index.js";
import { UNKNOWN } from "../../plan/world/index.js";
import { negate, some } from "../verdicts.js";
import { openness } from "./addresses.js";
import { anyText } from "./iam.js";
import type { Statement } from "./iam.js";

/**
 * Condition keys that say who calls, or for whom a service calls. With fixed values a statement for everybody is bound to
 * them (S3 user guide, "The meaning of public"; IAM user guide, "AWS global condition context keys"; KMS developer guide,
 * `kms:CallerAccount`).
 */
const CALLER_KEYS = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
]);

/**
 * Condition keys that leave the resources of a statement as they are: how and when a call is made, and the account that its
 * holder is in anyway.
 */
const CIRCUMSTANCES = new Set([
  "aws:currenttime",
  "aws:epochtime",
  "aws:principalaccount",
  "aws:referer",
  "aws:requestedregion",
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:securetransport",
  "aws:useragent",
]);

/** One line of a condition block. */
interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: Cursor;
}

/** Whether conditions bind a statement that names everybody to fixed callers. */
export function bindsCaller(statement: Statement): Read<boolean> {
  return holds(statement, ({ key }) => CALLER_KEYS.has(key));
}

/** Whether conditions leave a statement on all resources with some of them only: by tag, by key alias, by service. */
export function bindsResources(statement: Statement): Read<boolean> {
  return holds(statement, ({ key }) => !CIRCUMSTANCES.has(key));
}

/** Whether a statement always applies, whatever the call. */
export function isUnconditional({ conditions }: Statement): Read<boolean> {
  return conditions.isUnknown ? UNKNOWN : conditions.entries().length === 0;
}

function holds({ conditions }: Statement, counts: (condition: Condition) => boolean): Read<boolean> {
  if (conditions.isUnknown) return UNKNOWN;
  return some(
    conditions.entries().flatMap(([operator, block]) =>
      block.isUnknown
        ? [UNKNOWN]
        : block
            .entries()
            .map(([key, values]) => ({ operator, key: key.toLowerCase(), values }))
            .filter((condition) => binds(condition.operator, condition.key) && counts(condition))
            .map(({ key, values }) => isFixed(key, values)),
    ),
  );
}

/**
 * Operators that are false when the key is missing. Negated ones and those that end in `IfExists` are true then, and
 * `ForAllValues` is true for an empty set (IAM user guide, "Condition operators"). KMS is never called without an account.
 */
function binds(operator: string, key: string): boolean {
  if (/^ForAllValues:/i.test(operator)) return false;
  if (/IfExists$/i.test(operator) && key !== "kms:calleraccount") return false;
  return /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress|Bool|Numeric(Equals|LessThan\w*))(IfExists)?$/i.test(
    operator,
  );
}

/** Whether none of the values stands for everybody. One that is a late value is a fixed one. */
function isFixed(key: string, values: Cursor): Read<boolean> {
  const items = values.isUnknown ? [values] : values.items();
  const written = items.filter((item) => item.refs().length === 0);
  const open = some(
    written.map((item) =>
      anyText(item, (text) => (key === "aws:sourceip" ? openness(text) === "world" : isOpen(text))),
    ),
  );
  return negate(open);
}

/** `*`, and ARNs that name neither account nor resource: `arn:aws:s3:::*`, `arn:aws:sns:*:*:*`. */
function isOpen(text: string): boolean {
  if (!text.startsWith("arn:")) return /^[*?]*$/.test(text);
  const [, , , , account = "", ...resource] = text.split(":");
  return /^[*?]*$/.test(account) && /^([a-z-]+[/:])?[*?]*$/.test(resource.join(":"));
}

import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { nearest } from "../../core/nearest.js";
import type { Statement } from "./policy-document.js";

/** Operators of conditions (IAM User Guide, "IAM JSON policy elements: Condition operators", read 2026-11-21). */
const OPERATORS: readonly string[] = [
  ...[
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "BinaryEquals",
    "Bool",
    "IpAddress",
    "NotIpAddress",
    "Null",
  ],
  ...["Date", "Numeric"].flatMap((type) =>
    ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((op) => type + op),
  ),
  ...["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"].map((op) => `String${op}`),
];

/** Checks that the conditions of a statement can hold: known operators, keys of a service, values. */
export function conditionIssues(path: string, { conditions = {} }: Statement): Issue[] {
  return Object.entries(conditions).flatMap(([operator, keys]) => {
    const base = operator.replace(/^For(AllValues|AnyValue):/, "").replace(/(?<!^Null)IfExists$/, "");
    const at = `${path}.${operator}`;
    if (!OPERATORS.includes(base)) {
      const [near] = nearest(base, OPERATORS, 1);
      const advice = near === undefined ? "Write one like 'StringEquals'" : `Did you mean '${near}'?`;
      return [issue("NotFound", at, "must be an operator of conditions", operator, advice)];
    }
    return Object.entries(keys).flatMap(([key, given]) => {
      const values = (Array.isArray(given) ? given : [given]) as readonly unknown[];
      if (!/^[\w.${}/-]+:\S+$/.test(key)) {
        const advice = "Write it like 'aws:PrincipalArn'";
        return [issue("Malformed", `${at}.${key}`, "must be a key with its service", key, advice)];
      }
      if (values.length === 0)
        return [issue("Required", `${at}.${key}`, "must have a value", values, "Leave the condition out")];
      const literal = /^String(Not)?Equals/.test(base)
        ? values.find((v) => typeof v === "string" && v.includes("*"))
        : undefined;
      if (literal === undefined) return [];
      const advice = `Use '${operator.replace(/Equals(IgnoreCase)?/, "Like")}' for a pattern`;
      return [
        issue("Malformed", `${at}.${key}`, `must have no wildcard, '${base}' takes it literally`, literal, advice),
      ];
    });
  });
}

import { Cidr } from "../../core/cidr.js";
import type { Read } from "../../plan/world/index.js";
import { PLACEHOLDER, UNKNOWN } from "../../plan/world/index.js";
import { every, negate, some } from "../verdicts.js";
import { matchesLate } from "./wildcards.js";

/** How one value of a policy compares with one value of a request. */
type Compare = (wanted: string, given: string) => Read<boolean>;

/** What a condition's operator says. */
interface Operator {
  readonly compare: Compare;
  readonly negated: boolean;
}

const exact: Compare = (wanted, given) =>
  wanted === given ? true : [wanted, given].some((text) => text.includes(PLACEHOLDER)) ? late(wanted, given) : false;

/** Two texts that are not known whole may be equal, unless what is known of them differs. */
function late(wanted: string, given: string): Read<boolean> {
  const literal = wanted.replace(/[*?]/g, "\uE000");
  return matchesLate(literal, given.replace(/[*?]/g, "\uE000"));
}

const ignoringCase: Compare = (wanted, given) => exact(wanted.toLowerCase(), given.toLowerCase());

/** Each of the six parts by itself, so that `*` crosses no colon but in the last part. */
const arn: Compare = (wanted, given) => {
  const [a, b] = [parts(wanted), parts(given)];
  return every(a.map((part, i) => matchesLate(part, b[i] ?? "")));
};

function parts(text: string): readonly string[] {
  const list = text.split(":");
  return list.length <= 6 ? list : [...list.slice(0, 5), list.slice(5).join(":")];
}

/** By number; a text that is none compares as false. */
function numeric(holds: (given: number, wanted: number) => boolean): Compare {
  return byValue((text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined), holds);
}

/** By time; ISO 8601, or seconds since 1970. */
function dated(holds: (given: number, wanted: number) => boolean): Compare {
  return byValue((text) => {
    const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
    return Number.isNaN(time) ? undefined : time;
  }, holds);
}

function byValue(
  read: (text: string) => number | undefined,
  holds: (given: number, wanted: number) => boolean,
): Compare {
  return (wanted, given) => {
    if ([wanted, given].some((text) => text.includes(PLACEHOLDER))) return UNKNOWN;
    const [a, b] = [read(given), read(wanted)];
    return a !== undefined && b !== undefined && holds(a, b);
  };
}

const address: Compare = (wanted, given) => {
  if ([wanted, given].some((text) => text.includes(PLACEHOLDER))) return UNKNOWN;
  const [outer, inner] = [blockOf(wanted), blockOf(given)];
  return outer !== undefined && inner !== undefined && Cidr.contains(outer, inner);
};

function blockOf(text: string): Cidr | undefined {
  return Cidr.tryParse(text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`);
}

/**
 * The operators of the IAM user guide, "IAM JSON policy elements: Condition operators", in lower case. Each `Not` is its
 * positive form negated.
 */
const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...both("string", "equals", exact),
  ...both("string", "equalsignorecase", ignoringCase),
  ...both("string", "like", matchesLate),
  ...both("arn", "equals", arn),
  ...both("arn", "like", arn),
  ...both(
    "numeric",
    "equals",
    numeric((a, b) => a === b),
  ),
  ["numericlessthan", { compare: numeric((a, b) => a < b), negated: false }],
  ["numericlessthanequals", { compare: numeric((a, b) => a <= b), negated: false }],
  ["numericgreaterthan", { compare: numeric((a, b) => a > b), negated: false }],
  ["numericgreaterthanequals", { compare: numeric((a, b) => a >= b), negated: false }],
  ...both(
    "date",
    "equals",
    dated((a, b) => a === b),
  ),
  ["datelessthan", { compare: dated((a, b) => a < b), negated: false }],
  ["datelessthanequals", { compare: dated((a, b) => a <= b), negated: false }],
  ["dategreaterthan", { compare: dated((a, b) => a > b), negated: false }],
  ["dategreaterthanequals", { compare: dated((a, b) => a >= b), negated: false }],
  ["bool", { compare: ignoringCase, negated: false }],
  ["binaryequals", { compare: exact, negated: false }],
  ["ipaddress", { compare: address, negated: false }],
  ["notipaddress", { compare: address, negated: true }],
]);

function both(type: string, verb: string, compare: Compare): readonly (readonly [string, Operator])[] {
  return [
    [`${type}${verb}`, { compare, negated: false }],
    [`${type}not${verb}`, { compare, negated: true }],
  ];
}

/**
 * Whether one line of a condition block holds.
 *
 * @param name Operator as written: `StringEquals`, `ForAllValues:StringLike`, `ArnLikeIfExists`, `Null`.
 * @param wanted Values of the policy, any of which may match; for a negated operator none may.
 * @param given Values of the request's key; `undefined` when the request lacks the key.
 * @returns Unknown for an operator that IAM does not have.
 */
export function operatorHolds(
  name: string,
  wanted: readonly string[],
  given: readonly string[] | undefined,
): Read<boolean> {
  const [, quantifier = "", base = ""] = /^(?:(ForAllValues|ForAnyValue):)?(.+)$/i.exec(name) ?? [];
  const lower = base.toLowerCase();
  const isMissing = given === undefined || given.length === 0;
  if (lower === "null") return some(wanted.map((value) => ignoringCase(value, String(isMissing))));
  const ifExists = lower.endsWith("ifexists");
  const operator = OPERATORS.get(ifExists ? lower.slice(0, -"ifexists".length) : lower);
  if (operator === undefined) return UNKNOWN;
  const all = quantifier.toLowerCase() === "forallvalues";
  const any = quantifier.toLowerCase() === "foranyvalue";
  if (isMissing) return ifExists || all || (operator.negated && !any);
  const matches = given.map((value) => {
    const found = some(wanted.map((one) => operator.compare(one, value)));
    return operator.negated ? negate(found) : found;
  });
  // Without a quantifier a key has one value; of several, a positive operator takes any and a negated one all.
  return all || (!any && operator.negated) ? every(matches) : some(matches);
}

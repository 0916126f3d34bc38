import type { Issue, IssueCode } from "../../core/issue.js";
import { issue, renderIssue } from "../../core/issue.js";
import type { Exemption } from "../model.js";
import { nearest } from "../../core/nearest.js";

/** What a person writes of an exemption, wherever it stands. */
export type ExemptionText = Omit<Exemption, "said">;

/** The fields in the order in which pages and messages name them. */
export const EXEMPTION_FIELDS = ["rule", "at", "path", "reason", "owner", "until"] as const;

/** One of them. */
type Field = (typeof EXEMPTION_FIELDS)[number];

/** What a field must be, and what to do when it is not. */
interface FieldRule {
  readonly rule: string;
  readonly advice: string;
  readonly fits: (text: string) => boolean;
}

const given = (text: string): boolean => text.trim() !== "";

const RULES_OF_FIELDS: Readonly<Record<Field, FieldRule>> = {
  rule: { rule: "must be the id of a rule", advice: "Copy it from the report: 'pod-no-privileged'", fits: given },
  at: {
    rule: "must be the id of a resource",
    advice: "Copy it from the report: 'kubernetes:apps/v1:Deployment vote/db'",
    fits: given,
  },
  path: {
    rule: "must be a property path",
    advice: "Copy it from the report, or leave it out to mean every path of the rule there",
    fits: given,
  },
  reason: {
    rule: "must say why, in at least ten characters",
    advice: "Write what a reviewer needs to know",
    fits: (text) => text.trim().length >= 10,
  },
  owner: {
    rule: "must name who answers for it",
    advice: "Write a person or a team: 'platform@example.com'",
    fits: given,
  },
  until: {
    rule: "must be the last day on which it holds",
    advice: "Write it like '2027-03-31'",
    fits: (text) => isDay(text),
  },
};

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** What came of reading an entry. */
export type ReadEntry = { readonly text: ExemptionText } | { readonly issues: readonly Issue[] };

/**
 * Reads an exemption from plain data.
 *
 * @param at The id of the resource that carries the entry; then the entry may not name another.
 * @param where The path of a field in messages; of the entry as a whole without a field.
 */
export function readEntry(value: unknown, where: (field?: string) => string, at?: string): ReadEntry {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { issues: [issue("Malformed", where(), "must be a map", value, "Write rule, at, reason, owner and until")] };
  const entry = value as Readonly<Record<string, unknown>>;
  const allowed = EXEMPTION_FIELDS.filter((field) => field !== "at" || at === undefined);
  const issues = [
    ...Object.keys(entry)
      .filter((key) => !(allowed as readonly string[]).includes(key))
      .map((key) => unknownField(key, allowed, where)),
    ...allowed.flatMap((field) => problemOf(field, entry[field], where)),
  ];
  if (issues.length > 0) return { issues };
  const text = { ...entry, ...(at === undefined ? {} : { at }) } as unknown as ExemptionText;
  return { text };
}

/** The sentence for an entry that cannot be read. */
export function excusesNothing(problem: Issue): string {
  const said = renderIssue(problem);
  return `${said}${said.endsWith("?") ? "" : "."} It excuses nothing`;
}

function unknownField(key: string, allowed: readonly string[], where: (field?: string) => string): Issue {
  const [near] = nearest(key, allowed, 1);
  const advice =
    key === "at"
      ? "Leave it out: an annotation is about the object that carries it"
      : near === undefined
        ? `The fields are ${allowed.join(", ")}`
        : `Did you mean '${near}'?`;
  return { code: "NotFound", path: where(key), rule: "must be a field of an exemption", advice };
}

function problemOf(field: Field, value: unknown, where: (field?: string) => string): readonly Issue[] {
  if (value === undefined && field === "path") return [];
  const { rule, advice, fits } = RULES_OF_FIELDS[field];
  if (typeof value === "string" && fits(value)) return [];
  const code: IssueCode = value === undefined || value === "" ? "Required" : "Malformed";
  return [issue(code, where(field), rule, value, advice)];
}

import { count } from "../core/wording.js";
import { UserError } from "../core/issue.js";
import type { Plan } from "../plan/model/index.js";
import { renderKey } from "../plan/model/index.js";
import { identityOf, World } from "../plan/world/index.js";
import type { FAIL_ON } from "./config/model.js";
import type { JudgeOptions } from "./judge.js";
import { judge } from "./judge.js";
import type { Finding, Judgement } from "./model.js";
import { SEVERITIES } from "./model.js";

/** By what a plan has to hold: options of the judge, and what counts. */
export interface SatisfyOptions extends JudgeOptions {
  /**
   * The least severity that counts.
   *
   * @default "info" - every failed finding
   */
  readonly failOn?: Exclude<(typeof FAIL_ON)[number], "never">;
  /**
   * Whether what nobody can know before the deployment counts.
   *
   * @default "ignore"
   */
  readonly onUnknown?: "fail" | "ignore";
}

/** What the matchers add to `expect` of jest and of vitest; `R` is what they return there. */
export interface RingfenceMatchers<R = unknown> {
  /**
   * The plan has no failed finding of these sets, no exemption that is unused or expired, and no rule broke on it.
   *
   * @param by Ids of sets: `"cis-eks-1.8.0"`; or options of the judge and what counts.
   */
  toSatisfy(...by: readonly (string | SatisfyOptions)[]): R;
}

/** What a matcher answers, in the form of jest and vitest. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The most findings that a message tells in full. */
const TOLD = 15;

/**
 * Matchers for tests: `expect.extend(ringfenceMatchers)`, and then `expect(await planOf(program)).toSatisfy("default")`.
 */
export const ringfenceMatchers = {
  /**
   * See {@link RingfenceMatchers.toSatisfy}.
   *
   * @throws UserError when what is expected is no plan.
   */
  toSatisfy(received: unknown, ...by: readonly (string | SatisfyOptions)[]): MatcherResult {
    const sets = by.filter((item) => typeof item === "string");
    const options = by.find((item) => typeof item !== "string") ?? {};
    const asked = sets.length === 0 ? options : { ...options, sets: [...(options.sets ?? []), ...sets] };
    const judgement = judge(planIn(received), asked);
    const counted = judgement.findings.filter((finding) => counts(finding, options));
    const problems = [...judgement.exemptionProblems, ...judgement.defects].map(({ message }) => message);
    const pass = counted.length + problems.length === 0;
    const what = asked.sets?.join(", ") ?? asked.rules?.join(", ") ?? "default";
    return { pass, message: () => (pass ? heldText(what, judgement) : brokenText(what, counted, problems)) };
  },
};

function planIn(received: unknown): Plan | World {
  if (received instanceof World) return received;
  if (typeof received === "object" && received !== null && "resources" in received) return received as Plan;
  const given = received instanceof Promise ? "a promise: await it" : typeof received;
  throw new UserError(`toSatisfy expects a plan, as planOf gives one, and got ${given}`);
}

function counts({ verdict, severity }: Finding, { failOn = "info", onUnknown = "ignore" }: SatisfyOptions): boolean {
  if (verdict === "unknown" && onUnknown === "ignore") return false;
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

function heldText(what: string, { counts: { rules, pass } }: Judgement): string {
  return `expected the plan not to satisfy ${what}, and it does: ${count(rules, "rule")} asked, ${count(pass, "verdict")} ${pass === 1 ? "holds" : "hold"}`;
}

function brokenText(what: string, findings: readonly Finding[], problems: readonly string[]): string {
  const told = findings.slice(0, TOLD).map(findingText);
  const left = findings.length - told.length;
  const others = problems.length === 0 ? [] : [count(problems.length, "other problem")];
  return [
    `expected the plan to satisfy ${what}: ${[count(findings.length, "finding"), ...others].join(", ")}`,
    ...told,
    ...(left > 0
      ? [`and ${left} more, of ${[...new Set(findings.slice(TOLD).map((f) => f.rule.id))].join(", ")}`]
      : []),
    ...problems,
  ].join("\n\n");
}

function findingText({ rule, verdict, severity, resource, path, message, covered }: Finding): string {
  const place = path === "" ? "" : `, ${renderKey(path)}`;
  const implied = covered.length === 0 ? [] : [`  implies ${covered.map((f) => f.rule.id).join(", ")}`];
  const kind = verdict === "unknown" ? `${severity}, undecided` : severity;
  return [
    `${rule.id} (${kind}) at ${identityOf(resource).id}${place}`,
    `  ${message}`,
    ...implied,
    `  fix: ${rule.remediation}`,
  ].join("\n");
}

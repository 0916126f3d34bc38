import { isMissingIn } from "../../core/data/service-regions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { ACCOUNT_SERVICE_DEFAULTS, GUARD_DUTY_FEATURES } from "./account-options.js";
import type { AccountServicesOptions, GuardDutyOptions } from "./account-options.js";
import { conformancePackIssues } from "./conformance-pack.js";
import { SECURITY_STANDARDS } from "./data/security-standards.js";

/** Rules of EventBridge have 64 characters, less `-access-analyzer-findings` and the eight that Pulumi adds. */
const LONGEST_NAME = 31;

/** What Inspector scans (Enable, `resourceTypes`), as far as it is offered here. */
const SCANNED = ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE", "CODE_REPOSITORY"];

type Add = (code: Issue["code"], path: string, rule: string, got: unknown, advice: string) => void;

/**
 * Checks what was chosen of the services, and the name of their component.
 *
 * @param region The Region, or empty where nobody names it: then nothing is said of what it lacks.
 */
export function accountServiceIssues(
  prefix: string,
  name: string,
  services: AccountServicesOptions,
  region: string,
): Issue[] {
  const issues: Issue[] = [];
  const add: Add = (code, path, rule, got, advice) => {
    issues.push(issue(code, `${prefix}${path}`, rule, got, advice));
  };
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name) || name.length > LONGEST_NAME) {
    const rule = `must have at most ${LONGEST_NAME} letters, digits and '-', beginning with a letter`;
    const advice = "Names of rules, analyzers and buckets are made of it: choose a shorter one";
    issues.push(issue("Malformed", "name", rule, name, advice));
  }
  const { guardDuty, inspector, securityHub, accessAnalyzer, config, detective } = services;
  if (guardDuty !== undefined) addGuardDuty(add, guardDuty, region);
  if (inspector !== undefined) {
    const scanned: readonly string[] = inspector.scanned ?? ACCOUNT_SERVICE_DEFAULTS.scanned;
    if (scanned.length === 0)
      add("Required", "inspector.scanned", "must name what is scanned", [], "Leave `inspector` out to scan nothing");
    addEach(add, "inspector.scanned", scanned, SCANNED, "must be something that Inspector scans");
    if (isMissingIn("inspector", region))
      add("Unsupported", "inspector", `must be left out: ${region} has no Inspector`, region, "Scan in another Region");
  }
  if (securityHub !== undefined) {
    const known = Object.keys(SECURITY_STANDARDS);
    if (securityHub.standards.length === 0)
      add("Required", "securityHub.standards", "must name a standard", [], `Choose from ${known.join(", ")}`);
    addEach(add, "securityHub.standards", securityHub.standards, known, "must be a standard that is known here");
  }
  if (detective !== undefined && isMissingIn("detective", region)) {
    const advice = "Leave it out, and read findings in Security Hub";
    add("Unsupported", "detective", `must be left out: ${region} has no Detective`, region, advice);
  }
  const days = accessAnalyzer?.unusedAfterDays;
  if (days !== undefined && days !== 0 && (!Number.isInteger(days) || days < 1 || days > 365))
    add("OutOfRange", "accessAnalyzer.unusedAfterDays", "must be a whole number from 1 to 365, or 0", days, "Try 90");
  return [...issues, ...conformancePackIssues(`${prefix}config.conformancePacks`, config?.conformancePacks ?? [])];
}

function addGuardDuty(add: Add, { features, agents }: GuardDutyOptions, region: string): void {
  const known = Object.keys(GUARD_DUTY_FEATURES);
  addEach(add, "guardDuty.features", features ?? [], known, "must be a part of GuardDuty");
  if (features?.includes("runtime") === true && isMissingIn("guardDutyRuntime", region)) {
    const rule = `must not have 'runtime': GuardDuty watches no nodes in ${region}`;
    add("Unsupported", "guardDuty.features", rule, features, "Leave `features` out for all that the Region has");
  }
  if (agents !== undefined && features?.includes("runtime") === false) {
    const advice = "Add 'runtime' to `features`, or leave `agents` out";
    add("Conflict", "guardDuty.agents", "must be left out where nothing of nodes is watched", agents, advice);
  }
}

/** Each value is known, and stands there once. */
function addEach(add: Add, path: string, given: readonly string[], known: readonly string[], rule: string): void {
  for (const [i, one] of given.entries()) {
    const at = `${path}[${i}]`;
    if (!known.includes(one)) add("NotFound", at, rule, one, `Choose from ${known.join(", ")}`);
    else if (given.indexOf(one) !== i) add("Duplicate", at, "must name each once", one, "Remove the second one");
  }
}

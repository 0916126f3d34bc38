import { InputError, issue } from "../core/issue.js";
import { RINGS } from "../core/ring.js";
import { identityOf, World } from "../plan/world/index.js";
import type { Plan, PlannedResource } from "../plan/model/index.js";
import type { Defect, Finding, Judgement, Outcome, Pass, Rule, RuleContext, Verdict } from "./model.js";
import { foldCovered } from "./covered.js";
import { SEVERITIES } from "./model.js";
import { minorVersion } from "./lib/kubernetes-version.js";
import type { ParameterSettings } from "./parameters.js";
import { readParameters } from "./parameters.js";
import { RULES } from "./rules/index.js";
import { selectRules } from "./select.js";

/** What to judge with. */
export interface JudgeOptions {
  /**
   * Ids of sets.
   *
   * @default ["default"], unless `rules` are given
   */
  readonly sets?: readonly string[];
  /**
   * Ids of rules, besides those of the sets.
   *
   * @default - none
   */
  readonly rules?: readonly string[];
  /**
   * Minor version that Kubernetes objects are judged at.
   *
   * @default - the version of the plan's clusters, else 1.36
   */
  readonly kubernetesVersion?: string;
  /**
   * The day on which dated facts are read.
   *
   * @default - now
   */
  readonly today?: Date;
  /**
   * What is set of the rules' parameters, by id of the rule and name.
   *
   * @default - the defaults of all
   */
  readonly parameters?: ParameterSettings;
}

/**
 * Asks the rules about a plan. A rule that breaks becomes a {@link Defect} of the judgement and never throws.
 *
 * @throws InputError when a set, rule or parameter is not known, with the nearest ids, and when a value or the version is none.
 */
export function judge(plan: Plan | World, options: JudgeOptions = {}): Judgement {
  const world = worldOf(plan, options.kubernetesVersion);
  const rules = selectRules(options.sets, options.rules, minorVersion(world.kubernetesVersion));
  const context = {
    world,
    today: options.today ?? new Date(),
    parameters: readParameters(options.parameters ?? {}, RULES),
  };
  const answers = rules.map((rule) => askRule(rule, context));
  const found = answers.flatMap((a) => a.findings);
  const findings = foldCovered(sortFindings(found));
  const passes = answers.flatMap((a) => a.passes);
  const fail = findings.filter((f) => f.verdict === "fail").length;
  return {
    rules,
    findings,
    passes,
    exempted: [],
    exemptionProblems: [],
    defects: answers.flatMap((a) => a.defects),
    counts: {
      rules: rules.length,
      pass: passes.length,
      fail,
      unknown: findings.length - fail,
      covered: found.length - findings.length,
      notApplicable: answers.reduce((sum, a) => sum + a.notApplicable, 0),
    },
    kubernetesVersion: context.world.kubernetesVersion,
  };
}

/** What one rule says. */
interface Answer {
  readonly findings: readonly Finding[];
  readonly passes: readonly Pass[];
  readonly defects: readonly Defect[];
  readonly notApplicable: number;
}

/** Asks one rule; {@link judge} asks each of its rules this way. */
export function askRule(rule: Rule, context: RuleContext): Answer {
  const findings: Finding[] = [];
  const defects: Defect[] = [];
  const others = new Map<PlannedResource, "pass" | "notApplicable">();
  const found = new Set<PlannedResource>();
  for (const outcome of outcomesOf(rule, context)) {
    if ("thrown" in outcome) {
      defects.push(defectOf(rule, outcome.resource, outcome.thrown));
      continue;
    }
    const { resource, verdict } = outcome;
    const finding = findingOf(rule, resource, verdict);
    if (finding !== undefined) {
      findings.push(finding);
      found.add(resource);
    } else if (verdict.kind === "pass" || !others.has(resource))
      others.set(resource, verdict.kind as "pass" | "notApplicable");
  }
  const rest = [...others].filter(([resource]) => !found.has(resource));
  const passes = rest.filter(([, kind]) => kind === "pass").map(([resource]) => ({ rule, resource }));
  const nothing = findings.length + defects.length + rest.length === 0 ? 1 : 0;
  return { findings, passes, defects, notApplicable: rest.length - passes.length + nothing };
}

function findingOf(rule: Rule, resource: PlannedResource, verdict: Verdict): Finding | undefined {
  if (verdict.kind === "pass" || verdict.kind === "notApplicable") return undefined;
  const { path, message } = verdict;
  const failure = verdict.kind === "fail" ? verdict : undefined;
  return {
    rule,
    verdict: verdict.kind,
    severity: failure?.severity ?? rule.severity,
    resource,
    path,
    value: failure?.actual,
    message,
    fix: failure?.fix ?? [],
    covered: [],
  };
}

function* outcomesOf(rule: Rule, context: RuleContext): Iterable<Outcome> {
  try {
    yield* rule.check(context);
  } catch (thrown) {
    yield { resource: undefined, thrown };
  }
}

function defectOf(rule: Rule, resource: PlannedResource | undefined, thrown: unknown): Defect {
  const where = resource === undefined ? "on the plan" : `on ${identityOf(resource).id}`;
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return { rule, resource, message: `rule '${rule.id}' broke ${where}: ${what}` };
}

function worldOf(plan: Plan | World, kubernetesVersion: string | undefined): World {
  if (kubernetesVersion !== undefined && !/^1\.\d+$/.test(kubernetesVersion))
    throw new InputError("judge", [
      issue(
        "Malformed",
        "kubernetesVersion",
        "must be a minor version of Kubernetes",
        kubernetesVersion,
        "Write it like '1.36'",
      ),
    ]);
  const isWorld = plan instanceof World;
  if (kubernetesVersion !== undefined) return new World(isWorld ? plan.plan : plan, { kubernetesVersion });
  return isWorld ? plan : new World(plan);
}

/** The most important first; the ids are made once, since a plan can have many findings. */
function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const ids = new Map(findings.map(({ resource }) => [resource, identityOf(resource).id]));
  return [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      RINGS.indexOf(a.rule.ring) - RINGS.indexOf(b.rule.ring) ||
      compare(a.rule.id, b.rule.id) ||
      compare(ids.get(a.resource) ?? "", ids.get(b.resource) ?? "") ||
      compare(a.path, b.path),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

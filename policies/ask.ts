import type { PlannedResource } from "../plan/model/index.js";
import type { World } from "../plan/world/index.js";
import { identityOf } from "../plan/world/index.js";
import type { Defect, Finding, Outcome, Pass, Rule, RuleContext, Verdict } from "./model.js";
import { RULES } from "./rules/index.js";

/** What one rule says. */
export interface Answer {
  readonly findings: readonly Finding[];
  readonly passes: readonly Pass[];
  readonly defects: readonly Defect[];
  readonly notApplicable: number;
}

/** Asks one rule; `judge` asks each of its rules this way. A rule that breaks gives a defect and never throws. */
export function askRule(rule: Rule, context: RuleContext): Answer {
  const findings: Finding[] = [];
  const defects: Defect[] = [];
  const others = new Map<PlannedResource, "pass" | "notApplicable">();
  const found = new Set<PlannedResource>();
  const said = new Set<string>();
  const { world } = context;
  for (const outcome of outcomesOf(rule, context)) {
    if ("thrown" in outcome) {
      const broken = outcome.resource === undefined ? undefined : world.plannedOf(outcome.resource);
      defects.push(defectOf(rule, broken, outcome.thrown));
      continue;
    }
    const { verdict } = outcome;
    const resource = world.plannedOf(outcome.resource);
    const finding = findingOf(rule, world, outcome.resource, verdict);
    if (finding !== undefined) {
      if (resource === outcome.resource || isNew(said, finding)) findings.push(finding);
      found.add(resource);
    } else if (verdict.kind === "pass" || !others.has(resource))
      others.set(resource, verdict.kind as "pass" | "notApplicable");
  }
  const rest = [...others].filter(([resource]) => !found.has(resource));
  const passes = rest.filter(([, kind]) => kind === "pass").map(([resource]) => ({ rule, resource }));
  const nothing = findings.length + defects.length + rest.length === 0 ? 1 : 0;
  return { findings, passes, defects, notApplicable: rest.length - passes.length + nothing };
}

/** A finding, at the place that the plan itself has. */
function findingOf(rule: Rule, world: World, judged: PlannedResource, verdict: Verdict): Finding | undefined {
  if (verdict.kind === "pass" || verdict.kind === "notApplicable") return undefined;
  const { resource, path } = world.plannedAt(judged, verdict.path);
  const { message } = verdict;
  const failure = verdict.kind === "fail" ? verdict : undefined;
  return {
    rule,
    verdict: verdict.kind,
    severity: failure?.severity ?? rule.severity,
    resource,
    path,
    value: failure?.actual,
    message,
    fix: resource === judged ? (failure?.fix ?? []) : [],
    covered: [],
    ...(failure?.under === undefined ? {} : { under: world.plannedOf(failure.under) }),
  };
}

/** Whether no finding before it said the same: one place of the plan can stand for two of the form that rules read. */
function isNew(said: Set<string>, { resource, path, message }: Finding): boolean {
  const before = said.size;
  return said.add(`${resource.urn}\n${path}\n${message}`).size > before;
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
  const [whose, advice] = RULES.some(({ id }) => id === rule.id)
    ? ["rule", "That is a defect in Ringfence: please report it"]
    : ["your own rule", "Correct it; `ringfence rules test` runs its examples"];
  return { rule, resource, message: `${whose} '${rule.id}' broke ${where}: ${what.replace(/\.$/, "")}. ${advice}` };
}

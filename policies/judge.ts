import { InputError, issue } from "../core/issue.js";
import { RINGS } from "../core/ring.js";
import type { Plan } from "../plan/model/index.js";
import { identityOf, World } from "../plan/world/index.js";
import { askRule } from "./ask.js";
import { foldCovered } from "./covered.js";
import { annotatedExemptions } from "./exemptions/annotation.js";
import type { Applied, ExemptionContext } from "./exemptions/apply.js";
import { applyExemptions } from "./exemptions/apply.js";
import { foreignExemptions, foreignSkips, ignoredWarnings } from "./exemptions/foreign.js";
import { minorVersion } from "./lib/kubernetes-version.js";
import type { Exemption, ExemptionProblem, Finding, Judgement, Rule } from "./model.js";
import { SEVERITIES } from "./model.js";
import type { OwnSet, SeveritySettings } from "./own.js";
import { checkSeverities, knownRules } from "./own.js";
import type { ParameterSettings } from "./parameters.js";
import { readParameters } from "./parameters.js";
import { selectRules } from "./select.js";

export { askRule } from "./ask.js";

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
   * The day on which dated facts and exemptions are read.
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
  /**
   * The plan before, for rules that say what a change adds.
   *
   * @default - there is none, and they find nothing to judge
   */
  readonly previous?: Plan;
  /**
   * How much rules matter, by id. Where the surroundings take danger away, a finding matters less all the same.
   *
   * @default - as the rules say
   */
  readonly severities?: SeveritySettings;
  /**
   * Findings that somebody accepts, besides those that the objects' own annotations name.
   *
   * @default - none
   */
  readonly exemptions?: readonly Exemption[];
  /**
   * What was wrong with entries of a file of exemptions, to stand with the judgement's own problems.
   *
   * @default - nothing
   */
  readonly exemptionProblems?: readonly ExemptionProblem[];
  /**
   * Whether skip annotations of Checkov, kube-linter and Kubescape excuse findings of the rules that check the same.
   *
   * @default false - they are counted in a warning
   */
  readonly honourForeignSkips?: boolean;
  /**
   * Rules of one's own. They are asked besides those of the sets, unless rules alone are named.
   *
   * @default - none
   */
  readonly ownRules?: readonly Rule[];
  /**
   * Sets of one's own, to be named in `sets`.
   *
   * @default - none
   */
  readonly ownSets?: readonly OwnSet[];
}

/**
 * Asks the rules about a plan. A rule that breaks becomes a defect of the judgement and never throws.
 *
 * @throws InputError when a set, rule or parameter is not known, with the nearest ids, when a value or the version is none,
 * and when a rule or set of one's own has an id that is taken.
 */
export function judge(plan: Plan | World, options: JudgeOptions = {}): Judgement {
  const { sets, rules: named, severities = {}, ownRules = [], ownSets = [] } = options;
  const world = worldOf(plan, options.kubernetesVersion);
  const known = knownRules({ rules: ownRules, sets: ownSets });
  const ids = known.map(({ id }) => id);
  checkSeverities(severities, ids);
  const rules = selectRules(sets, named, minorVersion(world.kubernetesVersion), { rules: ownRules, sets: ownSets });
  const today = options.today ?? new Date();
  const context = {
    world,
    today,
    parameters: readParameters(options.parameters ?? {}, known),
    ...(options.previous === undefined ? {} : { previous: worldOf(options.previous, options.kubernetesVersion) }),
  };
  const answers = rules.map((rule) => askRule(rule, context));
  const found = answers.flatMap((a) => a.findings).map((finding) => withSeverity(finding, severities));
  const folded = foldCovered(sortFindings(found));
  const { findings, exempted, problems, warnings } = exempt(folded, world, options, rules, {
    today,
    asked: new Set(rules.map(({ id }) => id)),
    known: ids,
  });
  const passes = answers.flatMap((a) => a.passes);
  const fail = findings.filter((f) => f.verdict === "fail").length;
  return {
    rules,
    findings,
    passes,
    exempted,
    exemptionProblems: problems,
    warnings,
    defects: answers.flatMap((a) => a.defects),
    counts: {
      rules: rules.length,
      pass: passes.length,
      fail,
      unknown: findings.length - fail,
      covered: findings.reduce((sum, { covered }) => sum + covered.length, 0),
      notApplicable: answers.reduce((sum, a) => sum + a.notApplicable, 0),
    },
    kubernetesVersion: world.kubernetesVersion,
  };
}

/** Takes out what is exempted: in code or a file, by annotations, and by those of other tools when that is asked for. */
function exempt(
  findings: readonly Finding[],
  world: World,
  { exemptions = [], exemptionProblems = [], honourForeignSkips = false }: JudgeOptions,
  rules: readonly Rule[],
  context: ExemptionContext,
): Applied & { readonly warnings: readonly string[] } {
  const annotated = annotatedExemptions(world);
  const skips = foreignSkips(world);
  const foreign = honourForeignSkips
    ? foreignExemptions(skips, rules)
    : { exemptions: [], warnings: ignoredWarnings(skips) };
  const applied = applyExemptions(findings, [...exemptions, ...annotated.exemptions], foreign.exemptions, context);
  return {
    ...applied,
    problems: [...exemptionProblems, ...annotated.problems, ...applied.problems],
    warnings: foreign.warnings,
  };
}

/** A finding at the severity that was told of its rule; where the surroundings help more, at theirs. */
function withSeverity(finding: Finding, severities: SeveritySettings): Finding {
  const told = Object.hasOwn(severities, finding.rule.id) ? severities[finding.rule.id] : undefined;
  if (told === undefined) return finding;
  const isLower = SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(told);
  const severity = finding.severity !== finding.rule.severity && isLower ? finding.severity : told;
  return { ...finding, severity };
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
      compare(a.path, b.path) ||
      compare(a.resource.urn, b.resource.urn) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

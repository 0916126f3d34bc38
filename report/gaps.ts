import type { Plan, PlannedResource } from "../plan/model/index.js";
import { classicToken, kubernetesObject, workloadsOf } from "../plan/world/index.js";
import type { Rule } from "../policies/index.js";
import { WORKLOAD_TYPES } from "../policies/index.js";
import type { Environment, Isolation, ReportNotEvaluated, ReportUnreadType } from "./model.js";
import { isReal, reportResource } from "./names.js";

/** Resources whose effect lies outside the plan although they are in it. */
const OPAQUE: readonly { readonly type: RegExp; readonly reason: string }[] = [
  { type: /^kubernetes:helm\.sh\/v3:Release$/, reason: "what the chart of a Helm release creates is not in the plan" },
  { type: /^pulumi-nodejs:dynamic[:/]/, reason: "the code behind a dynamic resource does not run in a preview" },
];

/** What was seen and not judged: what the plan's reader names, and resources that stand for others. */
export function notEvaluatedOf(plan: Plan): readonly ReportNotEvaluated[] {
  const byUrn = new Map<string, PlannedResource>(plan.resources.map((r) => [r.urn, r]));
  const named = plan.notEvaluated.map(({ urn, type, name, reason }) => {
    const planned = urn === undefined ? undefined : byUrn.get(urn);
    const resource = { id: `${type} ${name}`, type, name, ...(urn === undefined ? {} : { urn }) };
    return { resource: planned === undefined ? resource : reportResource(planned), reason };
  });
  const opaque = plan.resources.flatMap((resource) => {
    const kind = OPAQUE.find(({ type }) => type.test(resource.type));
    return kind === undefined ? [] : [{ resource: reportResource(resource), reason: kind.reason }];
  });
  const seen = new Set(named.map(({ resource }) => resource.id));
  return [...named, ...opaque.filter(({ resource }) => !seen.has(resource.id))];
}

/**
 * The types in a plan that none of the rules reads. A rule names the stable version of a Kubernetes kind for all of them,
 * the built-in workloads for whatever else runs pods, and a resource of AWS by its classic token.
 */
export function typesNotRead(plan: Plan, rules: readonly Rule[]): readonly ReportUnreadType[] {
  const read = new Set(rules.flatMap((rule) => rule.reads.map((type) => withoutVersion(classicToken(type)))));
  const readsPods = rules.some((rule) => WORKLOAD_TYPES.every((type) => rule.reads.includes(type)));
  const numbers = new Map<string, number>();
  for (const resource of plan.resources.filter(isReal))
    if (!read.has(kindOf(resource)) && !(readsPods && runsPods(resource)))
      numbers.set(resource.type, (numbers.get(resource.type) ?? 0) + 1);
  return [...numbers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, resources]) => ({ type, resources }));
}

function runsPods(resource: PlannedResource): boolean {
  const object = kubernetesObject(resource);
  return object !== undefined && workloadsOf(object).length > 0;
}

function kindOf(resource: PlannedResource): string {
  const object = kubernetesObject(resource);
  if (object === undefined) return withoutVersion(classicToken(resource.type));
  return `kubernetes:${object.group === "" ? "core" : object.group}:${object.kind}`;
}

function withoutVersion(type: string): string {
  return type.replace(/^(kubernetes:[^/]+)\/[^:]+:/, "$1:");
}

/** The warnings of the run, and one about resources that the first real preview will not show. */
export function warningsOf(plan: Plan): readonly string[] {
  const early = plan.resources.filter((r) => r.insideApply === true && isReal(r)).length;
  if (early === 0) return plan.warnings;
  const what = early === 1 ? "1 resource is" : `${early} resources are`;
  return [
    ...plan.warnings,
    `${what} registered inside apply: judged here, and not shown by Pulumi's own first preview`,
  ];
}

const ISOLATION: Readonly<Record<Isolation, string>> = {
  namespace: "The program ran in a network namespace without a network.",
  guard:
    "The program ran under a guard in its own process that refuses the network; the kernel gave no network namespace.",
  off: "The program was allowed to reach the network: what it read there is part of the plan.",
};

/** What the judgement rests on, a sentence each. */
export function assumptionsOf(
  kubernetesVersion: string,
  program: { readonly environment: Environment; readonly standInAccount: boolean } | undefined,
): readonly string[] {
  const [what, values] =
    program === undefined
      ? [
          "Only what the files hold is judged. What the account and the clusters already hold, and what a controller adds later, is not in them.",
          "Values are those of the files. What AWS and Kubernetes decide later is a reference or unknown.",
        ]
      : [
          "Only what the program creates is judged. What the account and the clusters already hold is not part of the plan.",
          "Values are those of a preview. What AWS and Kubernetes decide later is a reference or unknown.",
        ];
  return [
    what,
    values,
    "A value that is left out is judged by what AWS or Kubernetes does then.",
    `Kubernetes objects are judged at version ${kubernetesVersion}.`,
    ...(program === undefined ? [] : aboutRun(program)),
  ];
}

function aboutRun(program: { readonly environment: Environment; readonly standInAccount: boolean }): readonly string[] {
  const { isolation, account } = program.environment;
  const standIn = `The account ${account} stands in for the real one, which nobody named.`;
  return [ISOLATION[isolation], ...(program.standInAccount ? [standIn] : [])];
}

import type { PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { DefectError } from "../../core/issue.js";
import { renderKey } from "../../plan/model/index.js";
import type { JudgeOptions } from "../judge.js";
import { judge } from "../judge.js";
import type { Finding, Judgement, Reference, Severity } from "../model.js";
import type { GivenInputs } from "./planned.js";
import { planOfPolicyResources, rawPropertiesOf } from "./planned.js";
import { packOptions, SETTINGS_POLICY, SETTINGS_SCHEMA } from "./settings.js";

/** A policy of the pack: the findings that it reports. */
interface Share {
  readonly name: string;
  readonly description: string;
  readonly severity: "critical" | "high" | "medium" | "low";
  readonly enforcementLevel: "mandatory" | "advisory";
  readonly takes: (finding: Finding) => boolean;
  /**
   * Whether it reports exemptions that are unused, expired or malformed, and warnings.
   *
   * @default - neither
   */
  readonly also?: "problems" | "warnings";
}

/** What every policy of the pack says of itself. */
const COMMON = {
  tags: ["aws", "kubernetes", "ringfence"],
  remediationSteps:
    "Each violation names its rule, and the smallest change that mends it. `ringfence rules <id>` tells the whole story of a rule.",
};

const failed =
  (...severities: readonly Severity[]) =>
  (finding: Finding): boolean =>
    finding.verdict === "fail" && severities.includes(finding.severity);

/** One policy for each severity, so that Pulumi's own configuration of enforcement levels moves the gate. */
const SHARES: readonly Share[] = [
  {
    name: "ringfence-critical",
    description: "Ringfence: what gives the cluster or the account away.",
    severity: "critical",
    enforcementLevel: "mandatory",
    takes: failed("critical"),
  },
  {
    name: "ringfence-high",
    description: "Ringfence: what an intruder uses next.",
    severity: "high",
    enforcementLevel: "mandatory",
    takes: failed("high"),
    also: "problems",
  },
  {
    name: "ringfence-medium",
    description: "Ringfence: what makes an intrusion easier, or harder to see.",
    severity: "medium",
    enforcementLevel: "advisory",
    takes: failed("medium"),
  },
  {
    name: "ringfence-low",
    description: "Ringfence: good habits.",
    severity: "low",
    enforcementLevel: "advisory",
    takes: failed("low", "info"),
    also: "warnings",
  },
  {
    name: "ringfence-unknown",
    description: "Ringfence: what nobody can tell before the deployment.",
    severity: "low",
    enforcementLevel: "advisory",
    takes: (finding) => finding.verdict === "unknown",
  },
];

/**
 * The policies of the pack, which share one judgement of the stack. The first one only listens: where a provider cannot be
 * configured before the deployment, as for a cluster that does not exist yet, Pulumi shows the stack policies nothing of its
 * resources, and what the program gave is seen one resource at a time or not at all. Its configuration in Pulumi says by what
 * all of them judge.
 */
export function packPolicies(): [ResourceValidationPolicy, ...StackValidationPolicy[]] {
  const given = new Map<string, unknown>();
  let configured: object = {};
  const optionsOf = rememberLast((text) => packOptions(JSON.parse(text) as object));
  const judgementOf = rememberLast((_: string, resources: readonly PolicyResource[]) =>
    judgeResources(resources, given, optionsOf(JSON.stringify(configured))),
  );
  const listen: ResourceValidationPolicy = {
    ...COMMON,
    name: SETTINGS_POLICY,
    description: "Ringfence: by what it judges, and what the program gives. Reports nothing.",
    severity: "low",
    enforcementLevel: "advisory",
    configSchema: SETTINGS_SCHEMA,
    validateResource: (resource) => {
      configured = resource.getConfig();
      given.set(resource.urn, rawPropertiesOf(resource));
    },
  };
  const report = SHARES.map(({ takes, also, ...share }): StackValidationPolicy => ({
    ...COMMON,
    ...share,
    validateStack: ({ resources }, reportViolation) => {
      const content = JSON.stringify([configured, resources.map(contentOf)]);
      const judgement = judgementOf(content, resources);
      for (const finding of judgement.findings.filter(takes)) reportViolation(textOf(finding), finding.resource.urn);
      if (also === "problems") for (const { message } of judgement.exemptionProblems) reportViolation(message);
      if (also === "warnings") for (const warning of judgement.warnings) reportViolation(warning);
    },
  }));
  return [listen, ...report];
}

/** @throws DefectError when a rule broke: a pack that went on would pass what it did not judge. */
function judgeResources(resources: readonly PolicyResource[], given: GivenInputs, options: JudgeOptions): Judgement {
  const judgement = judge(planOfPolicyResources(resources, given), options);
  if (judgement.defects.length > 0) throw new DefectError(judgement.defects.map(({ message }) => message).join("\n"));
  return judgement;
}

/**
 * Works once where Pulumi asks each policy about the same: it makes the objects anew each time, so that their content is
 * compared.
 */
function rememberLast<Rest extends readonly unknown[], T>(work: (content: string, ...rest: Rest) => T) {
  let last: { readonly content: string; readonly result: T } | undefined;
  return (content: string, ...rest: Rest): T => {
    if (last?.content !== content) last = { content, result: work(content, ...rest) };
    return last.result;
  };
}

function contentOf(resource: PolicyResource): unknown {
  const { urn, opts, provider, dependencies, propertyDependencies } = resource;
  const urns = (list: readonly PolicyResource[]) => list.map((r) => r.urn);
  const properties = Object.entries(propertyDependencies).map(([key, list]) => [key, urns(list)]);
  return [urn, rawPropertiesOf(resource), opts, provider?.urn, urns(dependencies), properties];
}

/** A violation: what is wrong where, what it implies, how to mend it, and which requirements it bears on. */
function textOf({ rule, path, message, covered }: Finding): string {
  const place = path === "" ? "" : `${renderKey(path)}: `;
  return [
    `[${rule.id}] ${place}${message}`,
    ...(covered.length === 0 ? [] : [`Implies: ${[...new Set(covered.map((f) => f.rule.id))].join(", ")}`]),
    `Fix: ${rule.remediation}`,
    ...(rule.references.length === 0 ? [] : [`Frameworks: ${frameworksText(rule.references)}`]),
    `More: ringfence rules ${rule.id}`,
  ].join("\n");
}

/** `cis-eks-1.8.0 4.2.1, pss baseline/privileged`. */
function frameworksText(references: readonly Reference[]): string {
  const frameworks = [...new Set(references.map(({ framework }) => framework))];
  return frameworks
    .map((name) => `${name} ${references.flatMap((r) => (r.framework === name ? [r.id] : [])).join(" ")}`)
    .join(", ");
}

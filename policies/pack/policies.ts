import type { PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { DefectError } from "../../core/issue.js";
import { judge } from "../judge.js";
import type { Finding, Judgement, Severity } from "../model.js";
import type { GivenInputs } from "./planned.js";
import { planOfPolicyResources, rawPropertiesOf } from "./planned.js";

/** A policy of the pack: the findings that it reports. */
interface Share {
  readonly name: string;
  readonly description: string;
  readonly severity: "critical" | "high" | "medium" | "low";
  readonly enforcementLevel: "mandatory" | "advisory";
  readonly takes: (finding: Finding) => boolean;
}

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
 * resources, and what the program gave is seen one resource at a time or not at all.
 */
export function packPolicies(): [ResourceValidationPolicy, ...StackValidationPolicy[]] {
  const given = new Map<string, unknown>();
  const judgementOf = rememberLast((resources) => judgeResources(resources, given));
  const listen: ResourceValidationPolicy = {
    name: "ringfence-inputs",
    description: "Ringfence: takes note of what the program gives. Reports nothing.",
    severity: "low",
    enforcementLevel: "advisory",
    validateResource: (resource) => {
      given.set(resource.urn, rawPropertiesOf(resource));
    },
  };
  const report = SHARES.map(({ takes, ...share }): StackValidationPolicy => ({
    ...share,
    validateStack: ({ resources }, reportViolation) => {
      for (const finding of judgementOf(resources).findings.filter(takes))
        reportViolation(textOf(finding), finding.resource.urn);
    },
  }));
  return [listen, ...report];
}

/** @throws DefectError when a rule broke: a pack that went on would pass what it did not judge. */
function judgeResources(resources: readonly PolicyResource[], given: GivenInputs): Judgement {
  const judgement = judge(planOfPolicyResources(resources, given));
  if (judgement.defects.length > 0) throw new DefectError(judgement.defects.map(({ message }) => message).join("\n"));
  return judgement;
}

/** Judges once where Pulumi asks each policy about the same resources: it makes the objects anew, so their content is compared. */
function rememberLast(work: (resources: readonly PolicyResource[]) => Judgement) {
  let last: { readonly content: string; readonly judgement: Judgement } | undefined;
  return (resources: readonly PolicyResource[]): Judgement => {
    const content = JSON.stringify(resources.map(contentOf));
    if (last?.content !== content) last = { content, judgement: work(resources) };
    return last.judgement;
  };
}

function contentOf(resource: PolicyResource): unknown {
  const { urn, opts, provider, dependencies, propertyDependencies } = resource;
  const urns = (list: readonly PolicyResource[]) => list.map((r) => r.urn);
  const properties = Object.entries(propertyDependencies).map(([key, list]) => [key, urns(list)]);
  return [urn, rawPropertiesOf(resource), opts, provider?.urn, urns(dependencies), properties];
}

function textOf({ rule, path, message }: Finding): string {
  return [`[${rule.id}] ${path === "" ? "" : `${path}: `}${message}`, `Fix: ${rule.remediation}`].join("\n");
}

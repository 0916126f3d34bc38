import type { Plan, PlannedResource, Urn } from "../../plan/model/index.js";
import type { Finding, Judgement, Pass, Rule } from "../../policies/index.js";
import { buildReport } from "../../report/build.js";
import type { Gate } from "../../report/gate.js";
import { passGate } from "../../report/gate.js";
import type { Report } from "../../report/model.js";
import { renderText } from "../../report/text.js";
import type { TextOptions } from "../../report/text.js";

export const urn = (type: string, name: string): Urn => `urn:pulumi:dev::voting::${type}::${name}` as Urn;

export function resource(type: string, name: string, rest: Partial<PlannedResource> = {}): PlannedResource {
  return {
    urn: urn(type, name),
    type,
    name,
    custom: true,
    inputs: {},
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    aliases: [],
    options: {},
    ...rest,
  };
}

export function deployment(name: string, rest: Partial<PlannedResource> = {}): PlannedResource {
  return resource("kubernetes:apps/v1:Deployment", name, {
    inputs: { metadata: { name, namespace: "vote" } },
    ...rest,
  });
}

export function plan(resources: readonly PlannedResource[], rest: Partial<Plan> = {}): Plan {
  return { project: "voting", stack: "dev", resources, stackOutputs: {}, notEvaluated: [], warnings: [], ...rest };
}

export function rule(id: string, rest: Partial<Rule> = {}): Rule {
  return {
    id,
    title: `${id} holds`,
    ring: "container",
    severity: "high",
    rationale: "It matters because of this.",
    remediation: `fix: ${id}`,
    references: [{ framework: "pss", id: "baseline/privileged", source: "test" }],
    since: "0.1.0",
    reads: ["kubernetes:apps/v1:Deployment"],
    examples: { fail: [], pass: [], unknown: [] },
    check: () => [],
    ...rest,
  };
}

export function finding(of: Rule, at: PlannedResource, rest: Partial<Finding> = {}): Finding {
  return {
    rule: of,
    verdict: "fail",
    severity: of.severity,
    resource: at,
    path: "spec.replicas",
    value: 1,
    message: `${at.name} does not do what ${of.id} asks for`,
    fix: [],
    covered: [],
    ...rest,
  };
}

export function judgement(findings: readonly Finding[], rest: Partial<Judgement> = {}): Judgement {
  const passes: readonly Pass[] = rest.passes ?? [];
  const fail = findings.filter((f) => f.verdict === "fail").length;
  const rules = [...new Set([...findings, ...passes].map((f) => f.rule))];
  return {
    rules,
    findings,
    passes,
    exempted: [],
    exemptionProblems: [],
    warnings: [],
    defects: [],
    counts: {
      rules: rules.length,
      pass: passes.length,
      fail,
      unknown: findings.length - fail,
      covered: 0,
      notApplicable: 0,
    },
    kubernetesVersion: "1.36",
    ...rest,
  };
}

export function report(of: Plan, judged: Judgement, all = false): Report {
  return buildReport({
    plan: of,
    from: {
      path: "examples/voting-app",
      environment: {
        project: "voting",
        stack: "dev",
        account: "111122223333",
        region: "eu-west-1",
        isolation: "namespace",
        date: "2026-11-21",
      },
      standInAccount: true,
    },
    judgement: judged,
    all,
  });
}

export const GATE: Gate = { failOn: "high", onUnknown: "warn" };

export function text(
  of: Plan,
  judged: Judgement,
  options: Partial<TextOptions> & { readonly all?: boolean } = {},
): string {
  const { all = false, gate = GATE, ...rest } = options;
  const built = report(of, judged, all);
  const result = passGate(built, gate);
  return renderText(built, of, { gate, result, width: 100, colour: false, verbose: false, quiet: false, ...rest });
}

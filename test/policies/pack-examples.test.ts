/**
 * Every example of every rule through the pack's reader as well: the same resources as Pulumi's engine hands them to a
 * policy in a preview, where a reference is an unknown that knows what it is computed from and a secret has lost its mark.
 */
import type { PolicyResource } from "@pulumi/policy";
import type { PlannedResource, PlannedValue } from "../../plan/model/index.js";
import {
  Concat,
  isPlannedList,
  isPlannedObject,
  JsonText,
  Ref,
  Secret,
  Unknown,
  walk,
} from "../../plan/model/index.js";
import { planOfExample } from "../../policies/examples.js";
import type { Example, Rule } from "../../policies/index.js";
import { judge, RULES } from "../../policies/index.js";
import { planOfPolicyResources } from "../../policies/pack/planned.js";

const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const TODAY = new Date("2026-11-21");

function hasLateValue(value: PlannedValue): boolean {
  let late = false;
  walk(value, (v) => {
    late ||= v instanceof Ref || v instanceof Unknown;
  });
  return late;
}

function wireValue(value: PlannedValue): unknown {
  if (value instanceof Secret) return wireValue(value.reveal());
  if (value instanceof JsonText && !hasLateValue(value)) return JSON.stringify(value.document);
  if (value instanceof Ref || value instanceof Unknown || value instanceof Concat || value instanceof JsonText)
    return UNKNOWN_TEXT;
  if (isPlannedList(value)) return value.map(wireValue);
  if (isPlannedObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wireValue(item)]));
  return value;
}

function policyResources(planned: readonly PlannedResource[]): PolicyResource[] {
  const made = planned.map((r): PolicyResource => {
    const provider = planned.find((p) => p.urn === r.provider);
    return {
      type: r.type,
      name: r.name,
      urn: r.urn,
      props: wireValue(r.inputs) as PolicyResource["props"],
      opts: {
        protect: r.options.protect ?? false,
        ignoreChanges: [...(r.options.ignoreChanges ?? [])],
        aliases: [],
        customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
        additionalSecretOutputs: [],
      },
      provider: { type: "pulumi:providers:any", name: provider?.name ?? "default", urn: r.provider ?? "", props: {} },
      dependencies: [],
      propertyDependencies: {},
      isType: () => false,
      asType: () => undefined,
    };
  });
  const named = (urn: string) => made.filter((r) => r.urn === urn);
  planned.forEach((r, i) => {
    const [target] = made.slice(i, i + 1);
    if (target === undefined) return;
    target.dependencies = r.dependencies.flatMap(named);
    for (const [property, urns] of Object.entries(r.propertyDependencies))
      target.propertyDependencies[property] = urns.flatMap(named);
  });
  return made;
}

function said(rule: Rule, example: Example): readonly string[] {
  const plan = planOfPolicyResources(policyResources(planOfExample(example).resources));
  const { findings, defects } = judge(plan, {
    rules: [rule.id],
    today: TODAY,
    parameters: { [rule.id]: example.parameters ?? {} },
  });
  expect(defects).toEqual([]);
  return findings.map((f) => f.verdict);
}

/** Examples that the pack cannot judge as the embedded engine does: the engine takes the mark off secrets. */
const ONLY_EMBEDDED = [
  "a Pulumi secret, which is plain text in the pod",
  "a password in the clear",
  "a Pulumi secret as plain text",
  // What is compared with an earlier plan; the pack sees one.
  "a Service becomes public",
  "the API becomes public",
  "a pod gets a path of its node",
];

/** Examples that the pack leaves unknown: text with a reference in it is unknown as a whole on the wire. */
const TEXT_WITH_REFERENCES = [
  "the partition is an output, the policy is not",
  "a repository as ECR makes it",
  "an output that is a password",
  "any service account",
  "every service account of a namespace",
  "a wildcard that is compared as it stands, so that nobody gets the role",
  "an operator that a token without the claim passes",
  "tokens made for anybody",
  "the issuer of another cluster",
  "the trust policy has a typing error",
  "the role's service account is not planned",
  "assumes the administrator's role",
  "the driver's role may look at the key only",
  "nodes may not pull",
  "a pod may replace the image",
];

describe.each(RULES.map((rule: Rule) => [rule.id, rule] as const))("%s in the pack", (_, rule) => {
  test("finds what fails", () => {
    for (const example of rule.examples.fail.filter(({ title }) => !ONLY_EMBEDDED.includes(title))) {
      const verdict = TEXT_WITH_REFERENCES.includes(example.title) ? "unknown" : "fail";
      expect([example.title, said(rule, example)]).toEqual([example.title, expect.arrayContaining([verdict])]);
    }
  });

  test("does not fail what passes", () => {
    for (const example of rule.examples.pass)
      expect([example.title, said(rule, example).includes("fail")]).toEqual([example.title, false]);
  });
});

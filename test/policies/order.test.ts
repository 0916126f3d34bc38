/** No verdict depends on the order in which resources come. */
import * as fc from "fast-check";
import { generateWorld } from "../../bench/worlds/world.js";
import type { Plan, PlannedObject, PlannedResource, Urn } from "../../plan/model/index.js";
import { exampleUrn, planOfExample } from "../../policies/examples.js";
import type { ExampleResource, Rule } from "../../policies/index.js";
import { judge, RULES } from "../../policies/index.js";
import { TODAY } from "./said.js";

const EMPTY = {
  custom: true,
  outputs: {},
  dependencies: [],
  propertyDependencies: {},
  aliases: [],
  options: {},
};

function said(plan: Plan): readonly string[] {
  const sets = ["default", "hygiene", "reliability"];
  const { findings, defects } = judge(plan, { sets, today: TODAY });
  expect(defects).toEqual([]);
  return findings.map(
    (f) =>
      `${f.severity} ${f.rule.id} ${f.resource.urn} ${f.path} ${f.message} (${f.covered.map((c) => c.rule.id).join(" ")})`,
  );
}

function shuffled(plan: Plan, seed: number): Plan {
  const order = fc.sample(fc.integer(), { seed, numRuns: plan.resources.length });
  const keyed = plan.resources.map((resource, i) => [order[i] ?? 0, resource] as const);
  return { ...plan, resources: [...keyed].sort(([a], [b]) => a - b).map(([, resource]) => resource) };
}

/** Seeds, since shrinking a whole order would take minutes and show nothing more. */
const seeds = fc.noShrink(fc.integer());

test("a world of Kubernetes objects judges alike in every order", () => {
  const objects = JSON.parse(JSON.stringify(generateWorld(200))) as readonly PlannedObject[];
  const resources = objects.map((inputs, i): PlannedResource => {
    const { apiVersion: version, kind } = inputs as { readonly apiVersion: string; readonly kind: string };
    const type = `kubernetes:${version.includes("/") ? version : `core/${version}`}:${kind}`;
    return { ...EMPTY, urn: `urn:ringfence:world.yaml#${i}` as Urn, type, name: `object-${i}`, inputs };
  });
  const plan: Plan = { project: "", stack: "", resources, stackOutputs: {}, notEvaluated: [], warnings: [] };
  const expected = said(plan);
  expect(expected.length).toBeGreaterThan(50);
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(said(shuffled(plan, seed))).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});

test("all failing examples together judge alike in every order", () => {
  const seen = new Set<string>();
  const isNew = (resource: ExampleResource): boolean => {
    const urn = exampleUrn(resource);
    return !seen.has(urn) && Boolean(seen.add(urn));
  };
  const rules: readonly Rule[] = RULES;
  const plans = rules.flatMap(({ examples }) => examples.fail.slice(0, 1)).map((example) => planOfExample(example));
  const resources: readonly PlannedResource[] = rules
    .flatMap(({ examples }) => examples.fail.slice(0, 1))
    .flatMap((example, i) => {
      const fresh = new Set(example.resources.filter(isNew).map(exampleUrn));
      return plans[i]?.resources.filter(({ urn }) => fresh.has(urn)) ?? [];
    });
  const plan: Plan = { project: "p", stack: "s", resources, stackOutputs: {}, notEvaluated: [], warnings: [] };
  const expected = said(plan);
  expect(expected.length).toBeGreaterThan(200);
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(said(shuffled(plan, seed))).toEqual(expected);
    }),
    { numRuns: 12 },
  );
});

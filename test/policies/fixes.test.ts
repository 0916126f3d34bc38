/** A change that a rule names makes it pass: tried on every failing example of every rule. */
import type { PlannedObject, PlannedValue } from "../../plan/model/index.js";
import { isPlannedList, isPlannedObject } from "../../plan/model/index.js";
import { World } from "../../plan/world/index.js";
import { planOfExample } from "../../policies/examples.js";
import type { Change, Example, Rule } from "../../policies/index.js";
import { RULES } from "../../policies/index.js";
import { askRule } from "../../policies/judge.js";
import { readParameters } from "../../policies/parameters.js";
import { contextOf } from "./said.js";

/** `a.b["c.d"][0]` as its steps. */
function stepsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) =>
    index === undefined ? (quoted ?? plain ?? "") : Number(index),
  );
}

function changed(value: PlannedValue | undefined, steps: readonly (string | number)[], change: Change): PlannedValue {
  const [step, ...rest] = steps;
  const last = rest.length === 0;
  if (typeof step === "number") {
    const items = isPlannedList(value) ? value : [];
    if (last && change.kind === "remove") return items.filter((_, i) => i !== step);
    return items.map((item, i) => (i === step ? next(item) : item));
  }
  const map: PlannedObject = isPlannedObject(value) ? value : {};
  const key = step ?? "";
  const { [key]: old, ...others } = map;
  return last && change.kind === "remove" ? others : { ...others, [key]: next(old) };

  function next(within: PlannedValue | undefined): PlannedValue {
    if (!last) return changed(within, rest, change);
    return change.kind === "set" ? change.value : (within ?? null);
  }
}

function ask(rule: Rule, example: Example, world: World) {
  const parameters = readParameters({ [rule.id]: example.parameters ?? {} }, [rule]);
  return askRule(rule, { ...contextOf(world), parameters }).findings;
}

const CASES = (RULES as readonly Rule[]).flatMap((rule) =>
  rule.examples.fail.flatMap((example) => {
    const plan = planOfExample(example);
    const fixable = ask(rule, example, new World(plan)).filter((f) => f.verdict === "fail" && f.fix.length > 0);
    return fixable.map((finding) => [rule.id, example.title, finding.path, { rule, example, plan, finding }] as const);
  }),
);

test("many rules have changes that a machine can make", () => {
  const ids = new Set(CASES.map(([id]) => id));
  for (const id of ["pod-no-privileged", "pod-no-host-pid", "container-drop-all-capabilities", "pod-run-as-non-root"])
    expect([...ids]).toContain(id);
  expect(ids.size).toBeGreaterThan(25);
});

test.each(CASES)("%s: %s, at %s", (_, __, path, { rule, example, plan, finding }) => {
  const resources = plan.resources.map((resource) => {
    if (resource !== finding.resource) return resource;
    const inputs = finding.fix.reduce<PlannedValue>((at, one) => changed(at, stepsOf(one.path), one), resource.inputs);
    return { ...resource, inputs: inputs as PlannedObject };
  });
  const after = ask(rule, example, new World({ ...plan, resources })).filter((f) => f.verdict === "fail");
  // A list that lost an item has another one at its place.
  const others = ask(rule, example, new World(plan)).length - 1;
  expect(after.length).toBeLessThanOrEqual(others);
  if (!/\[\d+\]$/.test(path)) expect(after.map((f) => f.path)).not.toContain(path);
});

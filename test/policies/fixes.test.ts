/** A change that a rule names makes it pass: tried on every failing example of every rule. */
import type { PlannedObject, PlannedValue } from "../../plan/model/index.js";
import { isPlannedList, isPlannedObject } from "../../plan/model/index.js";
import { World } from "../../plan/world/index.js";
import { container, deployment, manifest, planOfExample } from "../../policies/examples.js";
import type { Change, Example, ExampleObject, ExampleResource, Rule } from "../../policies/index.js";
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
  for (const id of [
    "pod-no-privileged",
    "pod-no-host-pid",
    "container-no-privilege-escalation",
    "pod-seccomp-runtime-default",
  ])
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

/** The changes that a rule names for a pod, as `path = value`. */
function fixes(id: string, resource: ExampleResource): readonly string[] {
  const rule = (RULES as readonly Rule[]).filter((one) => one.id === id);
  const world = new World(planOfExample({ title: "a pod", resources: [resource] }));
  return rule
    .flatMap((one) => askRule(one, contextOf(world)).findings)
    .flatMap(({ fix }) =>
      fix.map((c) => (c.kind === "set" ? `${c.path} = ${JSON.stringify(c.value)}` : `${c.path} -`)),
    );
}

const CONTAINER = "spec.template.spec.containers[0].securityContext";

test.each([
  "pod-run-as-non-root",
  "container-read-only-root-fs",
  "container-drop-all-capabilities",
  "container-drop-net-raw",
  "pod-hostpath-read-only",
  "pod-user-namespace",
])("%s: what may stop a program is for a person", (id) => {
  const volumes = [{ name: "logs", hostPath: { path: "/var/log/app" } }];
  const web = { name: "web", image: "nginx:1", volumeMounts: [{ name: "logs", mountPath: "/logs" }] };
  for (const securityContext of [{}, { runAsNonRoot: false }, { runAsUser: 0 }])
    expect(
      fixes(id, deployment("web", { volumes, securityContext, containers: [{ ...web, securityContext }] })),
    ).toEqual([]);
});

test("a capability list is mended where its spelling alone is wrong", () => {
  const context = { capabilities: { drop: ["all"] } };
  expect(fixes("container-drop-all-capabilities", container("web", { securityContext: context }))).toEqual([
    `${CONTAINER}.capabilities.drop = ["ALL"]`,
  ]);
});

test.each<[ExampleObject, readonly string[]]>([
  [{}, [`${CONTAINER}.allowPrivilegeEscalation = false`]],
  [{ privileged: false }, [`${CONTAINER}.allowPrivilegeEscalation = false`]],
  [{ capabilities: { add: ["NET_ADMIN"] } }, [`${CONTAINER}.allowPrivilegeEscalation = false`]],
  [{ privileged: true }, []],
  [{ capabilities: { add: ["CAP_SYS_ADMIN"] } }, []],
])("allowPrivilegeEscalation: false is only written where the API server takes it: beside %j", (context, changes) => {
  const id = "container-no-privilege-escalation";
  expect(fixes(id, container("web", { securityContext: context }))).toEqual(changes);
});

test("a seccomp profile stands at the pod, and at the container in a kind of an operator's", () => {
  const template = { spec: { containers: [{ name: "web", image: "nginx:1" }] } };
  const knative = {
    apiVersion: "serving.knative.dev/v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { template },
  };
  expect(fixes("pod-seccomp-runtime-default", manifest(knative))).toEqual([
    `${CONTAINER}.seccompProfile.type = "RuntimeDefault"`,
  ]);
  expect(fixes("pod-seccomp-runtime-default", container("web", {}))).toEqual([
    'spec.template.spec.securityContext.seccompProfile.type = "RuntimeDefault"',
  ]);
});

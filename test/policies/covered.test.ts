/** One defect, one finding: what a failure implies is listed under it. */
import { container, planOfExample } from "../../policies/examples.js";
import type { PlannedResource } from "../../plan/model/index.js";
import { foldCovered } from "../../policies/covered.js";
import type { Finding, Rule, Severity } from "../../policies/index.js";
import { judge } from "../../policies/index.js";
import { TODAY } from "./said.js";

const [RESOURCE, OTHER] = planOfExample({
  title: "two workloads",
  resources: [container("vote", {}), container("db", {})],
}).resources;

interface Rest {
  readonly covers?: readonly string[];
  readonly coversAtPath?: readonly string[];
  readonly severity?: Severity;
  readonly resource?: PlannedResource | undefined;
  readonly under?: PlannedResource | undefined;
}

function finding(id: string, path: string, rest: Rest = {}): Finding {
  const { covers = [], coversAtPath = [], severity = "medium", resource = RESOURCE, under } = rest;
  const rule = { id, covers, coversAtPath } as unknown as Rule;
  if (resource === undefined) throw new TypeError("the example has no resource");
  const parts = { rule, verdict: "fail", severity, resource, path, value: true } as const;
  return { ...parts, message: id, fix: [], covered: [], ...(under === undefined ? {} : { under }) };
}

function folded(...findings: readonly Finding[]): readonly string[] {
  return foldCovered(findings).map(
    (f) => `${f.rule.id}${f.covered.length === 0 ? "" : `(${f.covered.map((c) => c.rule.id).join(" ")})`}`,
  );
}

test("a covered rule's failure in the same container goes under the one that implies it", () => {
  const head = finding("head", "spec.containers[0].securityContext.privileged", { covers: ["a", "b"] });
  expect(
    folded(head, finding("a", "spec.containers[0].securityContext"), finding("c", "spec.containers[0].image")),
  ).toEqual(["head(a)", "c"]);
});

test("another container's failure stays", () => {
  const head = finding("head", "spec.containers[0].securityContext.privileged", { covers: ["a"] });
  expect(folded(head, finding("a", "spec.containers[1].securityContext"))).toEqual(["head", "a"]);
  expect(folded(head, finding("a", "spec.containers[01]"))).toEqual(["head", "a"]);
});

test("the scope of an item of a list of texts is the map around that list", () => {
  const head = finding("head", "rules[1].verbs[0]", { covers: ["a"] });
  expect(folded(head, finding("a", "rules[1].resources[2]"), finding("a", "rules[0].verbs[0]"))).toEqual([
    "head(a)",
    "a",
  ]);
});

test("what matters more than the failure that implies it stays", () => {
  const head = finding("head", "rules[0]", { covers: ["a"], severity: "low" });
  expect(folded(head, finding("a", "rules[0].verbs", { severity: "high" }))).toEqual(["head", "a"]);
});

test("what is implied through another goes under the first", () => {
  const first = finding("first", "", { covers: ["second"] });
  const second = finding("second", "", { covers: ["third"] });
  expect(folded(first, second, finding("third", ""))).toEqual(["first(second third)"]);
});

test("of one list of texts, each text is a place of its own", () => {
  const head = finding("head", "c[0].add[0]", { coversAtPath: ["a"] });
  expect(folded(head, finding("a", "c[0].add[0]"), finding("a", "c[0].add[1]"), finding("a", "c[0].drop"))).toEqual([
    "head(a)",
    "a",
    "a",
  ]);
});

test("a failure whose cause lies in another resource goes under that one's", () => {
  const head = finding("head", "metadata.labels", { covers: ["a"] });
  const elsewhere = (under?: PlannedResource) => finding("a", "spec", { resource: OTHER, under });
  expect(folded(head, elsewhere(RESOURCE))).toEqual(["head(a)"]);
  expect(folded(head, elsewhere(OTHER))).toEqual(["head", "a"]);
  expect(folded(head, elsewhere())).toEqual(["head", "a"]);
  expect(folded({ ...head, rule: { ...head.rule, covers: [] } }, elsewhere(RESOURCE))).toEqual(["head", "a"]);
});

test("two that imply each other leave one", () => {
  expect(folded(finding("a", "", { covers: ["b"] }), finding("b", "", { covers: ["a"] }))).toEqual(["a(b)"]);
});

test("a judgement counts what is covered apart from failures", () => {
  const security = { privileged: true, allowPrivilegeEscalation: true };
  const plan = planOfExample({ title: "a pod", resources: [container("vote", { securityContext: security })] });
  const rules = ["pod-no-privileged", "container-no-privilege-escalation"];
  const { counts, findings } = judge(plan, { rules, today: TODAY });
  expect(findings.map(({ rule, covered }) => [rule.id, covered.map((c) => c.rule.id)])).toEqual([
    ["pod-no-privileged", ["container-no-privilege-escalation"]],
  ]);
  expect(counts).toMatchObject({ fail: 1, unknown: 0, covered: 1 });
});

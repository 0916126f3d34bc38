import { container, planOfExample } from "../../policies/examples.js";
import type { RingfenceMatchers, SatisfyOptions } from "../../policies/index.js";
import { ringfenceMatchers } from "../../policies/index.js";
import { World } from "../../plan/world/index.js";

expect.extend(ringfenceMatchers);

const today = new Date("2026-11-21");
const BREACHED = planOfExample({
  title: "a case",
  resources: [container("db", { securityContext: { privileged: true } })],
});
const SOUND = planOfExample({ title: "a case", resources: [container("db", {})] });

/** The types that docs/own-rules.md tells a project to declare, without a declaration for this whole repository. */
const expectPlan = (plan: unknown): RingfenceMatchers<void> & { not: RingfenceMatchers<void> } =>
  expect(plan) as unknown as RingfenceMatchers<void> & { not: RingfenceMatchers<void> };

const judged = (plan: unknown, ...by: readonly (string | SatisfyOptions)[]) => {
  const { pass, message } = ringfenceMatchers.toSatisfy(plan, ...by);
  return { pass, message: message() };
};

test("passes where the sets hold, of a plan or of its world", () => {
  expectPlan(SOUND).toSatisfy({ rules: ["pod-no-privileged", "pod-no-host-pid"] });
  expectPlan(new World(SOUND)).toSatisfy({ rules: ["pod-no-privileged"] });
  expectPlan(BREACHED).not.toSatisfy("pss-baseline");
});

test("says what fails, where, what it implies and how to mend it", () => {
  const { pass, message } = judged(BREACHED, {
    rules: ["pod-no-privileged", "container-no-privilege-escalation"],
    today,
  });
  expect(pass).toBe(false);
  const [first, finding] = message.split("\n\n");
  expect(first).toBe("expected the plan to satisfy pod-no-privileged, container-no-privilege-escalation: 1 finding");
  expect(finding?.split("\n")).toEqual([
    "pod-no-privileged (critical) at kubernetes:apps/v1:Deployment vote/db, spec.template.spec.containers[0].securityContext.privileged",
    expect.stringMatching(/^ {2}\S.*Deployment 'vote\/db'/),
    "  implies container-no-privilege-escalation",
    expect.stringMatching(/^ {2}fix: securityContext: \{ privileged: false \}/),
  ]);
});

test("takes several sets, and options beside them", () => {
  expect(judged(BREACHED, "pss-baseline", "pss-restricted", { failOn: "critical", today }).message).toMatch(
    /^expected the plan to satisfy pss-baseline, pss-restricted: 1 finding\n/,
  );
});

test("names the rest by their rules when there is much", () => {
  const many = planOfExample({
    title: "a case",
    resources: Array.from({ length: 20 }, (_, i) => container(`db${i}`, { securityContext: { privileged: true } })),
  });
  expect(judged(many, { rules: ["pod-no-privileged"] }).message).toMatch(/\n\nand 5 more, of pod-no-privileged$/);
});

test("an exemption that has expired fails", () => {
  const exemptions = [
    { rule: "pod-no-privileged", at: "a", reason: "r", owner: "o", until: "2020-01-01", said: "code" },
  ];
  expect(judged(SOUND, { rules: ["pod-no-privileged"], exemptions, today }).message).toContain(
    "satisfy pod-no-privileged: 0 findings, 1 other problem",
  );
});

test("says what it asked when it should not have passed", () => {
  expect(judged(SOUND, { rules: ["pod-no-privileged"] }).message).toBe(
    "expected the plan not to satisfy pod-no-privileged, and it does: 1 rule asked, 1 verdict holds",
  );
});

test("wants a plan, and a promise awaited", () => {
  expect(() => judged(Promise.resolve(SOUND))).toThrow(
    "toSatisfy expects a plan, as planOf gives one, and got a promise: await it",
  );
  expect(() => judged("plan")).toThrow("got string");
});

import * as aws from "@pulumi/aws";
import type { Plan } from "../../plan/index.js";
import { planOf, readPlan, writePlan } from "../../plan/index.js";
import { compareWithPrevious } from "../../plan/engine/operations.js";

interface Change {
  readonly cidr?: string;
  readonly tag?: string;
  readonly key?: string;
  readonly topic?: boolean;
}

/** The plan of one small program, as read back from the file of a previous preview. */
async function planned({ cidr = "10.0.0.0/16", tag = "a", key = "k", topic = true }: Change = {}): Promise<Plan> {
  const plan = await planOf(() => {
    new aws.ec2.Vpc("v", { cidrBlock: cidr, tags: { tag } });
    new aws.kms.Key(key, { enableKeyRotation: true }, { aliases: [{ name: "k" }] });
    if (topic) new aws.sns.Topic("t", { displayName: tag }, { ignoreChanges: ["displayName"] });
  });
  return readPlan(writePlan(plan), "plan.json");
}

const operations = (plan: Plan): Record<string, string | undefined> =>
  Object.fromEntries(plan.resources.map((r) => [r.name, r.operation]));

test("without a previous plan nobody claims to know", async () => {
  const plan = await planned();
  expect(operations(compareWithPrevious(plan, undefined, []))).toEqual({ v: undefined, k: undefined, t: undefined });
});

test("the same program changes nothing", async () => {
  expect(operations(compareWithPrevious(await planned(), await planned(), []))).toEqual({
    v: "same",
    k: "same",
    t: "same",
  });
});

test("updates, creations, ignored changes and deletions", async () => {
  const before = await planned({ topic: false });
  expect(operations(compareWithPrevious(await planned({ tag: "b" }), before, []))).toEqual({
    v: "update",
    k: "same",
    t: "create",
  });
  expect(operations(compareWithPrevious(await planned({ tag: "b" }), await planned(), []))).toEqual({
    v: "update",
    k: "same",
    t: "same",
  });
  expect(operations(compareWithPrevious(before, await planned(), []))).toEqual({ v: "same", k: "same", t: "delete" });
});

test("a renamed resource is found by its alias", async () => {
  expect(operations(compareWithPrevious(await planned({ key: "renamed" }), await planned(), []))).toEqual({
    v: "same",
    renamed: "same",
    t: "same",
  });
});

test("a change that would replace a VPC is refused, unless it is allowed by name", async () => {
  const urn = "urn:pulumi:dev::test::aws:ec2/vpc:Vpc::v";
  const [after, before] = [await planned({ cidr: "10.1.0.0/16" }), await planned()];
  expect(() => compareWithPrevious(after, before, [])).toThrow(
    `this change would lose what cannot be had again:\n  replace ${urn}\nChange it back, or allow it by name: --allow-replace <urn>`,
  );
  expect(operations(compareWithPrevious(after, before, [urn]))).toMatchObject({ v: "replace" });
});

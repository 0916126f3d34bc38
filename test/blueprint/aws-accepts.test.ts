/** What AWS would refuse of a whole cluster, and what a plan says in other partitions. */
import { takesTags } from "../../core/data/aws-taggable.js";
import { Principal, SecureCluster } from "../../index.js";
import { planOf } from "../../plan/index.js";
import type { Plan } from "../../plan/index.js";
import { clusterPlan, plainInputs } from "./support.js";
import { refusedByAws } from "./aws-limits.js";

test("names, documents, descriptions and tags of a cluster with a long name are within the limits", async () => {
  expect(refusedByAws(await clusterPlan(undefined, { clusterName: "production-of-the-voting-app-eu" }))).toEqual([]);
});

test("one argument tags everything that takes tags", async () => {
  const plan = await clusterPlan(undefined, { tags: { team: "platform" } });
  const untagged = plan.resources.filter(
    (r) =>
      r.custom && takesTags(r.type) && (plainInputs(r)["tags"] as { team?: string } | undefined)?.team !== "platform",
  );
  expect(untagged.map(({ type, name }) => `${type} ${name}`)).toEqual([]);
});

describe("the ARNs of other partitions", () => {
  const partitions = [
    ["us-gov-west-1", "aws-us-gov", /arn:(?!aws-us-gov:)/],
    ["cn-north-1", "aws-cn", /arn:(?!aws-cn:)|amazonaws\.com(?!\.cn)(?=")/],
  ] as const;

  test.each(partitions)("%s holds no ARN of another one", async (region, partition, foreign) => {
    const plan = await planOf(
      () =>
        new SecureCluster("prod", {
          admins: [Principal.role(`arn:${partition}:iam::111122223333:role/platform`)],
          today: new Date("2026-11-21"),
        }),
      { config: { "aws:region": region } },
    );
    expect(wherever(plan, foreign)).toEqual([]);
  });
});

function wherever(plan: Plan, pattern: RegExp): string[] {
  return plan.resources.flatMap((r) => {
    const text = JSON.stringify(plainInputs(r));
    const found = pattern.exec(text);
    return found === null
      ? []
      : [`${r.type} ${r.name}: ...${text.slice(Math.max(0, found.index - 20), found.index + 60)}`];
  });
}

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

test("names can be exact (pulumi:autonaming mode verbatim): no two resources of a type have one name", async () => {
  const plan = await clusterPlan(undefined, { nodeGroups: { batch: {} } });
  const names = plan.resources
    .filter(({ custom, type }) => custom && type.startsWith("aws:"))
    .map(({ type, name }) => `${type} ${name}`);
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test("GovCloud: no ARN of another partition", async () => {
  const plan = await inRegion("us-gov-west-1", "aws-us-gov");
  expect(wherever(plan, /arn:(?!aws-us-gov:)/)).toEqual([]);
  expect(refusedByAws(plan)).toEqual([]);
});

test("China lacks Pod Identity, on which the pods of a SecureCluster depend: refused in one line", async () => {
  await expect(inRegion("cn-north-1", "aws-cn")).rejects.toThrow(
    /^SecureCluster 'prod':\n\n? *'features\[1\]' must need only services that have an interface endpoint in cn-north-1, got 'podIdentity'\. .*\n*$/,
  );
});

function inRegion(region: string, partition: string): Promise<Plan> {
  const admins = [Principal.role(`arn:${partition}:iam::111122223333:role/platform`)] as const;
  return planOf(() => new SecureCluster("prod", { admins, today: new Date("2026-11-21") }), {
    config: { "aws:region": region },
  });
}

function wherever(plan: Plan, pattern: RegExp): string[] {
  return plan.resources.flatMap((r) => {
    const text = JSON.stringify(plainInputs(r));
    const found = pattern.exec(text);
    return found === null
      ? []
      : [`${r.type} ${r.name}: ...${text.slice(Math.max(0, found.index - 20), found.index + 60)}`];
  });
}

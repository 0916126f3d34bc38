/** What a program looks up is judged, and counted nowhere. */
import { getAmiOutput } from "@pulumi/aws/ec2/getAmi.js";
import { planOf, readPlan, writePlan } from "../../plan/index.js";
import { judge } from "../../policies/index.js";

jest.setTimeout(60_000);

const FILTERS = [{ name: "name", values: ["my-image-*"] }];

test("a machine image of any owner is found, one of a named owner is not, in the run and in the saved plan", async () => {
  const plan = await planOf(
    () => {
      getAmiOutput({ mostRecent: true, filters: FILTERS });
      getAmiOutput({ mostRecent: true, filters: FILTERS, owners: ["self"] });
    },
    { config: { "aws:region": "eu-west-1" } },
  );
  expect(plan.resources).toEqual([]);
  for (const read of [plan, readPlan(writePlan(plan), "plan.json")]) {
    const { findings, counts } = judge(read, { rules: ["ec2-ami-owner-pinned"] });
    expect(findings.map(({ verdict, resource, path }) => [verdict, resource.name, path])).toEqual([
      ["fail", "1", "owners"],
    ]);
    expect(counts.pass).toBe(1);
  }
});

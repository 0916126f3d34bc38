/** A component alone, in a VPC and beside a cluster that are there already: what the README shows. */
import { planOf } from "../../plan/index.js";

jest.setTimeout(60_000);

test("it makes the bastion, and neither a VPC nor a cluster nor a key", async () => {
  const plan = await planOf(
    () => {
      require("../../examples/snippets/bastion.js");
    },
    { config: { "aws:region": "eu-west-1" } },
  );
  const types = plan.resources.filter(({ custom }) => custom).map(({ type }) => type);
  expect(types).toContain("aws:ec2/instance:Instance");
  expect(types.filter((type) => /vpc:Vpc$|cluster:Cluster$|key:Key$/.test(type))).toEqual([]);
});

/** Another stack builds on the outputs of a cluster's. */
import { batchNodes } from "../../examples/snippets/second-stack.js";
import { Cidr } from "../../index.js";
import { planNetwork } from "../../infra/index.js";
import { all, inputs, planIn } from "./support.js";

test("a group of nodes in another stack takes its cluster, network and keys from a stack reference", async () => {
  const plan = await planIn(() => {
    batchNodes();
  });
  expect(inputs(plan, "aws:eks/nodeGroup:NodeGroup")).toMatchObject({ clusterName: "prod", capacityType: "SPOT" });
  expect(all(plan, "aws:ec2/vpc:Vpc")).toEqual([]);
  expect(plan.resources.filter(({ type }) => type === "pulumi:pulumi:StackReference")).toHaveLength(1);
});

test("the blocks that it writes down are those of a SecureCluster in Ireland", () => {
  const { subnets } = planNetwork("eu-west-1", Cidr.parse("10.0.0.0/16"), undefined).plan;
  const of = (tier: string) => subnets.filter((one) => one.tier === tier).map(({ cidr }) => cidr);
  expect(of("node")).toEqual(["10.0.0.0/19", "10.0.32.0/19", "10.0.64.0/19"]);
  expect(of("control-plane")).toEqual(["10.0.224.128/28", "10.0.228.128/28", "10.0.232.128/28"]);
});

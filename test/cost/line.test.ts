import { costLine } from "../../cost/index.js";
import { Unknown } from "../../plan/model/index.js";
import { aws, costOf } from "./support.js";

const cluster = aws("eks/cluster:Cluster", { version: "1.36" });
const nat = aws("ec2/natGateway:NatGateway");
const key = aws("kms/key:Key");
const address = aws("ec2/eip:Eip");

test("the line names the sum and its three largest parts", () => {
  expect(costLine(costOf([key, address, nat, cluster]))).toBe(
    "Fixed cost in eu-west-1: about 113 USD a month; largest: control plane 73, NAT gateways 35, public addresses 4 (list prices collected 2026-11-21, no traffic)",
  );
});

test("it says how many resources are not in the sum, but for those that cost by use", () => {
  const endpoint = aws("ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Interface", subnetIds: new Unknown() });
  expect(costLine(costOf([key, endpoint, aws("guardduty/detector:Detector"), aws("rds/instance:Instance")]))).toBe(
    "Fixed cost in eu-west-1: about 1 USD a month; largest: keys 1 (list prices collected 2026-11-21, no traffic, 2 resources not or not fully counted)",
  );
});

test("it says 'at most' when spot machines are in it", () => {
  const group = aws("eks/nodeGroup:NodeGroup", {
    scalingConfig: { desiredSize: 20 },
    instanceTypes: ["m6i.large"],
    capacityType: "SPOT",
  });
  expect(costLine(costOf([group]))).toContain("at most 1,562 USD a month; largest: nodes 1,562 (");
});

test("it says when there are no prices of the Region", () => {
  expect(costLine(costOf([key], "eu-central-1"))).toBe(
    "Fixed cost: there are no prices of eu-central-1, only of eu-west-1 and us-east-1",
  );
});

test("less than a dollar is not nothing", () => {
  expect(costLine(costOf([aws("secretsmanager/secret:Secret")]))).toContain("in eu-west-1: under 1 USD a month");
});

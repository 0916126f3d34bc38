import { Cidr } from "../../../core/cidr.js";
import { planNetwork } from "../../../infra/index.js";
import type { Zones } from "../../../infra/index.js";

const VPC = Cidr.parse("10.0.0.0/16");

function problems(region: string, zones: Zones): string[] {
  return planNetwork(region, VPC, zones).issues.map(({ code, path }) => `${code} ${path}`);
}

test("takes the first three zones of the Region, by zone id", () => {
  expect(planNetwork("us-east-1", VPC, 3).plan.zones).toEqual(["use1-az1", "use1-az2", "use1-az4"]);
  expect(planNetwork("eu-west-1", VPC, 3).plan.zones).toEqual(["euw1-az1", "euw1-az2", "euw1-az3"]);
});

test("refuses a Region that is not listed, and says that once", () => {
  expect(problems("mars-north-1", 3)).toEqual(["NotFound region"]);
});

test("refuses three zones where the Region has two", () => {
  expect(planNetwork("us-west-1", VPC, 3).issues).toContainEqual({
    code: "OutOfRange",
    path: "zones",
    rule: "must fit the zones of the Region",
    got: "3",
    advice: "us-west-1 has usw1-az1, usw1-az3: name two of them",
  });
  expect(problems("us-west-1", ["usw1-az1", "usw1-az3"])).toEqual([]);
});

test("refuses a zone that takes no EKS control plane, and one of another Region", () => {
  expect(problems("us-east-1", ["use1-az3", "use1-az1"])).toEqual(["NotFound zones[0]"]);
  expect(problems("us-east-1", ["use1-az1", "euw1-az1"])).toEqual(["NotFound zones[1]"]);
});

test("refuses a single zone", () => {
  expect(problems("eu-west-1", ["euw1-az1"])).toEqual(["OutOfRange zones"]);
});

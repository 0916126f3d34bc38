import { Cidr } from "../../../core/cidr.js";
import { REGIONS } from "../../../core/data/regions.js";
import { planNetwork } from "../../../infra/index.js";
import type { Zone, Zones } from "../../../infra/index.js";

const VPC = Cidr.parse("10.0.0.0/16");

function problems(region: string, zones: Zones | undefined, vpc = "10.0.0.0/16", pods?: string): string[] {
  const podCidr = pods === undefined ? undefined : Cidr.parse(pods);
  return planNetwork(region, Cidr.parse(vpc), zones, podCidr).issues.map(({ code, path }) => `${code} ${path}`);
}

const nodesOf = (region: string, zones: Zones) =>
  planNetwork(region, VPC, zones)
    .plan.subnets.filter(({ tier }) => tier === "node")
    .map(({ zone, cidr }) => `${zone} ${cidr}`);

test("takes the first zones of the Region by count, by zone id", () => {
  expect(planNetwork("us-east-1", VPC, 3).plan.zones).toEqual(["use1-az1", "use1-az2", "use1-az4"]);
  expect(planNetwork("us-east-1", VPC, 5).plan.zones).toEqual([
    "use1-az1",
    "use1-az2",
    "use1-az4",
    "use1-az5",
    "use1-az6",
  ]);
  expect(planNetwork("eu-west-1", VPC, 2).plan.zones).toEqual(["euw1-az1", "euw1-az2"]);
});

test("takes three when nobody says how many, or all of a Region that has two", () => {
  expect(planNetwork("eu-west-1", VPC, undefined).plan.zones).toHaveLength(3);
  expect(planNetwork("us-west-1", VPC, undefined).plan.zones).toEqual(["usw1-az1", "usw1-az3"]);
  expect(planNetwork("cn-north-1", VPC, undefined).plan.zones).toEqual(["cnn1-az1", "cnn1-az2"]);
});

test("has a plan for every listed Region", () => {
  for (const region of Object.keys(REGIONS)) expect(problems(region, undefined)).toEqual([]);
});

test("places zones by number or letter, whatever their order", () => {
  expect(nodesOf("us-east-1", ["use1-az4", "use1-az2"])).toEqual(["use1-az4 10.0.96.0/19", "use1-az2 10.0.32.0/19"]);
  expect(nodesOf("us-east-1", ["us-east-1d", "us-east-1b"])).toEqual([
    "us-east-1d 10.0.96.0/19",
    "us-east-1b 10.0.32.0/19",
  ]);
});

test("refuses a Region that is not listed, and says that once", () => {
  expect(problems("mars-north-1", 3)).toEqual(["NotFound region"]);
});

test.each([0, 1, 2.5, -3, Number.NaN])("refuses %p zones", (count) => {
  expect(problems("eu-west-1", count)).toEqual(["OutOfRange zones"]);
});

test("refuses more zones than the Region has", () => {
  expect(planNetwork("us-west-1", VPC, 3).issues).toEqual([
    {
      code: "OutOfRange",
      path: "zones",
      rule: "must fit the zones of the Region",
      got: "3",
      advice: "us-west-1 has usw1-az1, usw1-az3: ask for 2 at most",
    },
  ]);
});

test("refuses a zone that takes no EKS control plane, and one of another Region by id or name", () => {
  expect(problems("us-east-1", ["use1-az3", "use1-az1"])).toEqual(["NotFound zones[0]"]);
  expect(problems("us-east-1", ["use1-az1", "euw1-az1"])).toEqual(["NotFound zones[1]"]);
  expect(problems("us-east-1", ["us-east-1a", "eu-west-1b"])).toEqual(["NotFound zones[1]"]);
});

test("refuses a single zone, none, ids among names, and a zone named twice", () => {
  expect(problems("eu-west-1", ["euw1-az1"])).toEqual(["OutOfRange zones"]);
  expect(problems("eu-west-1", [])).toEqual(["OutOfRange zones"]);
  expect(problems("eu-west-1", ["euw1-az1", "eu-west-1b"])).toEqual(["Conflict zones"]);
  expect(problems("eu-west-1", ["euw1-az2", "euw1-az2"])).toEqual(["Duplicate zones[1]"]);
  expect(problems("eu-west-1", ["euw1-az9", "west"] as unknown as Zone[])).toEqual([
    "NotFound zones[0]",
    "NotFound zones[1]",
  ]);
});

test("accepts exactly the blocks from /16 to /18", () => {
  for (let length = 9; length <= 28; length++) {
    const wanted = length >= 16 && length <= 18 ? [] : ["OutOfRange vpcCidr"];
    expect(problems("eu-west-1", 3, `10.0.0.0/${length}`)).toEqual(wanted);
  }
  expect(problems("eu-west-1", 3, "fd00::/16")).toEqual(["OutOfRange vpcCidr"]);
});

test.each(["172.16.0.0/16", "192.168.0.0/16", "100.64.0.0/17", "10.255.192.0/18"])("accepts %s", (vpc) => {
  expect(problems("eu-west-1", 3, vpc)).toEqual([]);
});

test.each(["8.8.0.0/16", "172.32.0.0/16", "100.128.0.0/16", "198.18.0.0/16"])(
  "refuses %s, which is not private",
  (vpc) => {
    expect(problems("eu-west-1", 3, vpc)).toEqual(["NotAllowed vpcCidr"]);
  },
);

test.each([
  ["10.0.0.0/18", "100.64.0.0/16"],
  ["10.0.0.0/16", "10.1.0.0/16"],
  ["172.20.0.0/16", "100.127.0.0/16"],
])("VPC %s takes pods of %s", (vpc, pods) => {
  expect(problems("eu-west-1", 3, vpc, pods)).toEqual([]);
});

test.each([
  ["10.0.0.0/16", "10.0.128.0/17", "Conflict podCidr"],
  ["10.0.0.0/16", "172.16.0.0/16", "NotAllowed podCidr"],
  ["192.168.0.0/16", "10.0.0.0/16", "NotAllowed podCidr"],
  ["10.0.0.0/16", "198.18.0.0/16", "NotAllowed podCidr"],
  ["10.0.0.0/16", "100.64.0.0/20", "OutOfRange podCidr"],
  ["10.0.0.0/16", "fd00::/16", "OutOfRange podCidr"],
])("VPC %s takes no pods of %s", (vpc, pods, problem) => {
  expect(problems("eu-west-1", 3, vpc, pods)).toEqual([problem]);
});

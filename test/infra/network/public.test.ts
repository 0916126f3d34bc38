/** What faces the internet when somebody asks for it, and the block of everything else in the Region. */
import { Egress, LoadBalancing, PublicAccessBlock } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, resource, waitsFor } from "../support.js";
import { networkPlan } from "./program.js";

const EXCLUSION = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion";
const OPTIONS = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions";
const reason = "the shop is public";
const nat = () => Egress.nat({ reason: "one supplier has no private link" });

describe("load balancers on the internet", () => {
  let made: Plan;
  beforeAll(async () => {
    made = await networkPlan({ loadBalancing: LoadBalancing.internetFacing({ reason }) });
  });

  test("have a subnet per zone that the controller finds, and a way out of the VPC that nobody else has", () => {
    expect(inputs(made, "aws:ec2/subnet:Subnet", "prod-public-load-balancer-euw1-az1")).toMatchObject({
      cidrBlock: "10.0.224.160/27",
      mapPublicIpOnLaunch: false,
      tags: { "kubernetes.io/role/elb": "1" },
    });
    expect(namesOf(made, "aws:ec2/route:Route")).toEqual(["prod-public-load-balancer-internet"]);
    expect(namesOf(made, "aws:ec2/natGateway:NatGateway")).toEqual([]);
    const type = "aws:ec2/routeTableAssociation:RouteTableAssociation";
    const open = namesOf(made, type).filter(
      (name) => inputs(made, type, name)["routeTableId"] === "<id of routeTable prod-routes-public-load-balancer>",
    );
    expect(open).toEqual(
      ["euw1-az1", "euw1-az2", "euw1-az3"].map((zone) => `prod-public-load-balancer-${zone}-routes`),
    );
  });

  test("are a choice with a reason", () => {
    expect(resource(made, "ringfence:infra:Network").outputs["relaxations"]).toEqual([
      { choice: "LoadBalancing.internetFacing", reason },
    ]);
    expect(() => LoadBalancing.internetFacing({ reason: "why" })).toThrow("'reason' must say why");
    expect(findingsIn(made)).toEqual([]);
  });
});

test("are not there by default, and no subnet is tagged for them", async () => {
  const made = await networkPlan();
  const tags = made.resources.map((r) => JSON.stringify(r.inputs["tags"] ?? {}));
  expect(tags.filter((text) => text.includes("kubernetes.io/role/elb"))).toEqual([]);
});

describe("the block of public access", () => {
  test("is left to others by default", async () => {
    expect(namesOf(await networkPlan(), OPTIONS)).toEqual([]);
  });

  test("of what comes in excludes subnets of public load balancers, and before it holds", async () => {
    const made = await networkPlan({
      zones: 2,
      egress: nat(),
      loadBalancing: LoadBalancing.internetFacing({ reason }),
      publicAccessBlock: PublicAccessBlock.ingress(),
    });
    expect(inputs(made, OPTIONS)).toEqual({ internetGatewayBlockMode: "block-ingress" });
    expect(namesOf(made, EXCLUSION)).toEqual([
      "prod-public-load-balancer-euw1-az1-public-access",
      "prod-public-load-balancer-euw1-az2-public-access",
    ]);
    expect(inputs(made, EXCLUSION, "prod-public-load-balancer-euw1-az1-public-access")).toMatchObject({
      internetGatewayExclusionMode: "allow-bidirectional",
      subnetId: "<id of subnet prod-public-load-balancer-euw1-az1>",
    });
    expect(waitsFor(made, OPTIONS)).toEqual(
      expect.arrayContaining([
        "prod-public-load-balancer-euw1-az1-public-access",
        "prod-public-load-balancer-euw1-az2-public-access",
      ]),
    );
  });

  test("of both ways lets this VPC's NAT gateways out, and excludes nothing without them", async () => {
    const made = await networkPlan({ egress: nat(), publicAccessBlock: PublicAccessBlock.bidirectional() });
    expect(inputs(made, EXCLUSION)).toMatchObject({
      internetGatewayExclusionMode: "allow-egress",
      vpcId: "<id of vpc prod-vpc>",
    });
    const shut = await networkPlan({ publicAccessBlock: PublicAccessBlock.bidirectional() });
    expect(namesOf(shut, EXCLUSION)).toEqual([]);
    expect(inputs(shut, OPTIONS)).toEqual({ internetGatewayBlockMode: "block-bidirectional" });
  });

  test("of both ways is no place for load balancers on the internet", async () => {
    const refused = networkPlan({
      loadBalancing: LoadBalancing.internetFacing({ reason }),
      publicAccessBlock: PublicAccessBlock.bidirectional(),
    });
    await expect(refused).rejects.toThrow(
      "'publicAccessBlock' must leave load balancers on the internet alone, got 'block-bidirectional'. Write PublicAccessBlock.ingress()",
    );
  });
});

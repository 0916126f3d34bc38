/** A block of pods, IPv6, zones by name, and changes that move nothing. */
import { Cidr } from "../../../core/cidr.js";
import { Egress, Network } from "../../../infra/index.js";
import type { NetworkArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { toPlainJson } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { inputs, LOGS_KEY, namesOf, planIn, waitsFor } from "../support.js";
import { networkPlan } from "./program.js";

const SUBNET = "aws:ec2/subnet:Subnet";
const reason = "one supplier has no private link";

describe("a block of pods", () => {
  let made: Plan;
  let network: Network;
  beforeAll(async () => {
    made = await planIn(() => {
      const podCidr = Cidr.parse("100.64.0.0/16");
      network = new Network("prod", { keys: { logsKeyArn: LOGS_KEY }, vpcCidr: Cidr.parse("10.0.0.0/18"), podCidr });
    });
  });

  test("belongs to the VPC before it has subnets", () => {
    expect(inputs(made, "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation")).toEqual({
      vpcId: "<id of vpc prod-vpc>",
      cidrBlock: "100.64.0.0/16",
    });
    expect(inputs(made, SUBNET, "prod-pod-euw1-az2")).toMatchObject({ cidrBlock: "100.64.32.0/19" });
    expect(waitsFor(made, SUBNET, "prod-pod-euw1-az2")).toContain("prod-pods");
    expect(waitsFor(made, SUBNET, "prod-node-euw1-az2")).not.toContain("prod-pods");
  });

  test("is found by the VPC CNI by its tag, which keeps pods out of the nodes' subnets", () => {
    const tag = (name: string) =>
      (inputs(made, SUBNET, name)["tags"] as Record<string, string>)["kubernetes.io/role/cni"];
    expect(["prod-pod-euw1-az1", "prod-node-euw1-az1", "prod-endpoint-euw1-az1"].map(tag)).toEqual([
      "1",
      "0",
      undefined,
    ]);
  });

  test("is what others know as the addresses of pods, and of the VPC", () => {
    expect(network.pods.cidrs).toEqual(["100.64.0.0/19", "100.64.32.0/19", "100.64.64.0/19"]);
    expect(network.nodes.cidrs).toEqual(["10.0.0.0/21", "10.0.8.0/21", "10.0.16.0/21"]);
    expect(network.vpcCidrs).toEqual(["10.0.0.0/18", "100.64.0.0/16"]);
    expect(network.pods.ids).toHaveLength(3);
  });

  test("may call the endpoints of AWS services", () => {
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    expect(namesOf(made, type).map((name) => inputs(made, type, name)["cidrIpv4"])).toEqual([
      "10.0.0.0/18",
      "100.64.0.0/16",
    ]);
    expect(findingsIn(made)).toEqual([]);
  });
});

test("without one, pods have addresses of the nodes' subnets", async () => {
  let network: Network | undefined;
  const made = await planIn(() => {
    network = new Network("prod", { keys: { logsKeyArn: LOGS_KEY } });
  });
  expect(JSON.stringify(made.resources.map((r) => r.inputs["tags"]))).not.toContain("kubernetes.io/role/cni");
  expect(network?.pods).toBe(network?.nodes);
  expect(network?.routeTableIds.nodes).toHaveLength(3);
});

describe("IPv6", () => {
  test("is Amazon's, for all but what speaks IPv4 alone; nodes take an address when they start", async () => {
    const made = await networkPlan({ ipFamily: "ipv6", egress: Egress.nat({ reason }) });
    expect(inputs(made, "aws:ec2/vpc:Vpc")["assignGeneratedIpv6CidrBlock"]).toBe(true);
    const subnet = (tier: string) => inputs(made, SUBNET, `prod-${tier}-euw1-az1`);
    expect(subnet("node")["assignIpv6AddressOnCreation"]).toBe(true);
    for (const tier of ["control-plane", "endpoint", "load-balancer"]) {
      expect(subnet(tier)).toHaveProperty("ipv6CidrBlock");
      expect(subnet(tier)["assignIpv6AddressOnCreation"]).toBe(false);
    }
    expect(subnet("nat")).not.toHaveProperty("ipv6CidrBlock");
    expect(findingsIn(made)).toEqual([]);
  });

  test("leads out with NAT by a gateway that lets nothing in, and not at all otherwise", async () => {
    const GATEWAY = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";
    const made = await networkPlan({ ipFamily: "ipv6", egress: Egress.nat({ reason }) });
    expect(inputs(made, "aws:ec2/route:Route", "prod-node-euw1-az3-internet-ipv6")).toEqual({
      routeTableId: "<id of routeTable prod-routes-node-euw1-az3>",
      destinationIpv6CidrBlock: "::/0",
      egressOnlyGatewayId: "<id of egressOnlyInternetGateway prod-internet-ipv6>",
    });
    expect(namesOf(await networkPlan({ ipFamily: "ipv6" }), GATEWAY)).toEqual([]);
    const firewall = Egress.firewall({ domains: ["api.example.com"], reason });
    expect(namesOf(await networkPlan({ ipFamily: "ipv6", egress: firewall }), GATEWAY)).toEqual([]);
  });

  test("is no family for pods with a block of IPv4", async () => {
    await expect(networkPlan({ ipFamily: "ipv6", podCidr: Cidr.parse("100.64.0.0/16") })).rejects.toThrow(
      "'podCidr' must be left out with `ipFamily` 'ipv6', got '100.64.0.0/16'.",
    );
  });
});

test("zones by name are told to AWS by name", async () => {
  const made = await networkPlan({ zones: ["eu-west-1a", "eu-west-1c"] });
  const subnet = inputs(made, SUBNET, "prod-node-eu-west-1c");
  expect(subnet).toMatchObject({ availabilityZone: "eu-west-1c", cidrBlock: "10.0.64.0/19" });
  expect(subnet).not.toHaveProperty("availabilityZoneId");
});

describe("a change", () => {
  /** What a plan has that the other has differently or not at all, by name, without lists that may grow in place. */
  function changed(before: Plan, after: Plan): string[] {
    const grows = new Set(["subnetIds", "routeTableIds", "subnetMappings"]);
    const shape = (plan: Plan) =>
      new Map(
        plan.resources
          .filter((r) => r.custom)
          .map((r) => {
            const kept = Object.entries(r.inputs).filter(([key]) => !grows.has(key));
            return [r.urn, JSON.stringify(toPlainJson(Object.fromEntries(kept)))] as const;
          }),
      );
    const [old, now] = [shape(before), shape(after)];
    return [...old].filter(([urn, inputsOf]) => now.get(urn) !== inputsOf).map(([urn]) => urn.split("::").at(-1) ?? "");
  }

  const base = (args: Partial<NetworkArgs>) => networkPlan({ egress: Egress.nat({ reason }), ...args });

  test.each<[string, Partial<NetworkArgs>, Partial<NetworkArgs>]>([
    ["a zone more", { zones: 2 }, { zones: 3 }],
    ["a zone before the others", { zones: ["euw1-az2", "euw1-az3"] }, { zones: ["euw1-az1", "euw1-az2", "euw1-az3"] }],
    ["another order", { zones: ["euw1-az1", "euw1-az2"] }, { zones: ["euw1-az2", "euw1-az1"] }],
    ["a feature more", { features: ["nodes"] }, { features: ["karpenter", "nodes"] }],
    ["fewer zones of endpoints", {}, { endpointZones: 1 }],
    ["a firewall's zone more", { zones: 2, egress: firewall() }, { zones: 3, egress: firewall() }],
  ])("of %s replaces nothing", async (_, before, after) => {
    const left = changed(await base(before), await base(after));
    // The firewall's rules name the blocks of nodes, in place.
    expect(left.filter((name) => name !== "prod-firewall-domains")).toEqual([]);
  });

  test("of pods' block adds rules and subnets, and moves none", async () => {
    const left = changed(await base({}), await base({ podCidr: Cidr.parse("100.64.0.0/16") }));
    // Tags and rules change in place.
    expect(left.filter((name) => !/^prod-(acl|node)-/.test(name))).toEqual([]);
  });
});

function firewall(): Egress {
  return Egress.firewall({ domains: ["api.example.com"], reason });
}

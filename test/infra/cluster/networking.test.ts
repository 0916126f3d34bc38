/** Where a cluster's addresses lie, and which way its control plane takes. */
import fc from "fast-check";
import { Cidr, Cluster, ControlPlaneEgress, Egress, Network } from "../../../infra/index.js";
import { serviceCidrIssues } from "../../../infra/cluster/checks.js";
import { inputs, namesOf, planIn, statements } from "../support.js";
import { clusterPlan, failuresIn, KEYS, NETWORK, TODAY } from "./support.js";

const CLUSTER = "aws:eks/cluster:Cluster";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ADDON = "aws:eks/addon:Addon";

describe("addresses of Services", () => {
  const issues = (block: string, vpc: readonly string[], remote: readonly string[] = []) =>
    serviceCidrIssues(
      Cidr.parse(block),
      vpc.map((c) => Cidr.parse(c)),
      remote.map((c) => Cidr.parse(c)),
    ).map(({ path, rule, advice }) => `${path} ${rule}. ${advice}`);

  test("collide with no block of the VPC, also not with one that was added to it", () => {
    expect(issues("172.20.0.0/16", ["10.0.0.0/16", "172.16.0.0/12"])).toEqual([
      "serviceCidr must not overlap the VPC's 172.16.0.0/12. Use '10.100.0.0/16': pods cannot reach addresses that both claim",
    ]);
    expect(issues("172.20.0.0/16", ["10.0.0.0/16", "100.64.0.0/16"])).toEqual([]);
  });

  test("collide with no network on the other side of a line", () => {
    expect(issues("172.20.0.0/16", ["10.0.0.0/8"], ["172.20.8.0/21", "192.168.0.0/16"])).toEqual([
      "serviceCidr must not overlap the remote network 172.20.8.0/21. Use '172.30.0.0/16': pods cannot reach addresses that both claim",
    ]);
  });

  test("nothing is offered when everything is taken", () => {
    expect(issues("172.20.0.0/16", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"])).toEqual([
      "serviceCidr must not overlap the VPC's 172.16.0.0/12. Use a private block that nobody has: pods cannot reach addresses that both claim",
    ]);
  });

  test.each(["172.20.0.0/11", "172.20.0.0/25", "100.64.0.0/16", "169.254.0.0/16", "fd00::/108"])(
    "are no block of the wrong kind: %s",
    (block) => {
      expect(issues(Cidr.tryParse(block) ?? "172.0.0.0/11", ["10.0.0.0/16"])).toEqual([
        "serviceCidr must be a private IPv4 block from /12 to /24. Use '172.20.0.0/16'",
      ]);
    },
  );

  test("what is offered is always free", () => {
    const block = fc
      .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 12, max: 24 }))
      .map(([octet, length]) => {
        const first = (10n << 24n) | (BigInt(octet) << 16n);
        const size = 1n << BigInt(32 - length);
        return Cidr.at(4, (first / size) * size, length);
      });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), (taken) => {
        for (const { advice } of serviceCidrIssues(Cidr.parse("10.0.0.0/12"), taken)) {
          const offered = /'([^']+)'/.exec(advice)?.[1];
          if (offered === undefined) continue;
          expect(taken.filter((cidr) => Cidr.overlaps(cidr, Cidr.parse(offered)))).toEqual([]);
        }
      }),
    );
  });
});

describe("subnets of the control plane", () => {
  test("one zone is refused", async () => {
    const controlPlane = { ids: ["subnet-1"], cidrs: [Cidr.parse("10.0.192.0/28")] };
    await expect(clusterPlan({ network: { ...NETWORK, controlPlane } })).rejects.toThrow(
      "'network.controlPlane.ids' must be subnets of at least two zones, got '1 of them'. Name a second subnet in another zone",
    );
  });

  test("so is a block that no subnet has", async () => {
    const controlPlane = {
      ...NETWORK.controlPlane,
      cidrs: [Cidr.parse("10.0.192.0/29"), Cidr.parse("10.0.192.16/28")],
    };
    await expect(clusterPlan({ network: { ...NETWORK, controlPlane } })).rejects.toThrow(
      "'network.controlPlane.cidrs[0]' must be a subnet of at least a /28, got '10.0.192.0/29'. EKS takes six free addresses there, and as many again while it upgrades",
    );
  });
});

describe("IPv6", () => {
  const network = { ...NETWORK, ipFamily: "ipv6" as const };

  test("EKS chooses the addresses of Services, and the VPC CNI has the rights of IPv6", async () => {
    const made = await clusterPlan({ network });
    expect(inputs(made, CLUSTER)["kubernetesNetworkConfig"]).toEqual({ ipFamily: "ipv6" });
    expect(JSON.parse(inputs(made, ADDON, "prod-vpc-cni")["configurationValues"] as string)).toEqual({
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true" },
    });
    expect(namesOf(made, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual([
      "prod-control-plane-role-AmazonEKSClusterPolicy",
    ]);
    expect(statements(inputs(made, "aws:iam/rolePolicy:RolePolicy", "prod-vpc-cni-role-policy")["policy"])).toEqual([
      {
        Sid: "Look",
        Effect: "Allow",
        Action: [
          "ec2:DescribeInstances",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeTags",
        ],
        Resource: ["*"],
      },
      {
        Sid: "Addresses",
        Effect: "Allow",
        Action: ["ec2:AssignIpv6Addresses", "ec2:CreateTags"],
        Resource: ["arn:aws:ec2:eu-west-1:111122223333:network-interface/*"],
      },
    ]);
  });

  test("takes no block for Services, and no machines from outside", async () => {
    await expect(
      clusterPlan({
        network,
        serviceCidr: Cidr.parse("172.20.0.0/16"),
        remoteNetworks: { nodeCidrs: [Cidr.parse("10.80.0.0/16")] },
      }),
    ).rejects.toThrow(
      [
        "  'serviceCidr' must be left out with IPv6, got '172.20.0.0/16'. EKS chooses the block of an IPv6 cluster: leave it out",
        `  'remoteNetworks' must be left out with IPv6, got ["10.80.0.0/16"]. Hybrid nodes need a cluster with IPv4: leave \`remoteNetworks\` out`,
      ].join("\n"),
    );
  });
});

test("pods in subnets of their own are found by the subnets' tags", async () => {
  const pods = { ids: ["subnet-pod-1"], cidrs: [Cidr.parse("100.64.0.0/18")] };
  const made = await clusterPlan({ network: { ...NETWORK, pods } });
  expect(JSON.parse(inputs(made, ADDON, "prod-vpc-cni")["configurationValues"] as string)).toEqual({
    enableNetworkPolicy: "true",
    env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1", ENABLE_SUBNET_DISCOVERY: "true" },
  });
});

test("and a network with a block for pods has the tags by which the VPC CNI finds them", async () => {
  const made = await planIn(() => {
    const network = new Network("prod", { keys: KEYS, podCidr: Cidr.parse("100.64.0.0/16") });
    new Cluster("prod", { network, keys: KEYS, today: TODAY });
  });
  expect(inputs(made, ADDON, "prod-vpc-cni")["configurationValues"]).toContain("ENABLE_SUBNET_DISCOVERY");
  const tagged = made.resources
    .filter((r) => r.type === "aws:ec2/subnet:Subnet")
    .map((r) => `${r.name} ${JSON.stringify((r.inputs["tags"] as Record<string, unknown>)["kubernetes.io/role/cni"])}`)
    .filter((line) => /-(node|pod)-|role/.test(line) && line.includes("az1"));
  expect(tagged).toEqual(['prod-node-euw1-az1 "0"', 'prod-pod-euw1-az1 "1"']);
});

describe("egress of the control plane", () => {
  test("through the VPC, with a rule for each destination and none for the rest", async () => {
    const made = await clusterPlan({
      network: { ...NETWORK, egress: Egress.nat({ reason: "the issuer lies outside" }) },
      controlPlaneEgress: ControlPlaneEgress.customerRouted({
        destinations: [Cidr.parse("10.0.8.0/24"), Cidr.parse("203.0.113.7/32"), Cidr.parse("2001:db8::/48")],
      }),
    });
    expect(inputs(made, CLUSTER)["vpcConfig"]).toMatchObject({ controlPlaneEgressMode: "CUSTOMER_ROUTED" });
    expect(namesOf(made, EGRESS)).toEqual([
      "prod-https-to-10.0.8.0-24",
      "prod-https-to-2001:db8::-48",
      "prod-https-to-203.0.113.7-32",
    ]);
    expect(inputs(made, EGRESS, "prod-https-to-203.0.113.7-32")).toMatchObject({
      securityGroupId: "<id of securityGroup prod-control-plane>",
      cidrIpv4: "203.0.113.7/32",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    expect(inputs(made, EGRESS, "prod-https-to-2001:db8::-48")).toMatchObject({ cidrIpv6: "2001:db8::/48" });
    expect(failuresIn(made)).toEqual([]);
  });

  test("needs a way to what lies outside, and somebody's address", async () => {
    await expect(
      clusterPlan({
        controlPlaneEgress: ControlPlaneEgress.customerRouted({
          destinations: [Cidr.parse("10.9.0.0/24"), Cidr.parse("203.0.113.7/32"), Cidr.parse("0.0.0.0/0")],
        }),
      }),
    ).rejects.toThrow(
      [
        "Cluster 'prod':",
        "  'controlPlaneEgress.destinations[1]' must have a way there, and the network has no egress, got '203.0.113.7/32'. Give the network an egress, or reach the destination by a private address",
        "  'controlPlaneEgress.destinations[2]' must be somebody's addresses, got '0.0.0.0/0'. Name the addresses of the webhook or the issuer; to all of them is to anybody",
      ].join("\n"),
    );
  });

  test("through a network of ours it ends at private addresses: NAT gateways are for nodes", async () => {
    const egress = Egress.nat({ reason: "the issuer lies outside" });
    const destinations = [Cidr.parse("10.9.0.0/24"), Cidr.parse("203.0.113.7/32")];
    const program = () => {
      const network = new Network("prod", { keys: KEYS, region: "eu-west-1", egress });
      const controlPlaneEgress = ControlPlaneEgress.customerRouted({ destinations });
      new Cluster("prod", { network, keys: KEYS, today: TODAY, controlPlaneEgress });
    };
    await expect(planIn(program)).rejects.toThrow(
      [
        "Cluster 'prod':",
        "  'controlPlaneEgress.destinations[1]' must be private: a Network leads its control plane nowhere else, got '203.0.113.7/32'. Reach it by a private address among `connectedCidrs`, or bring a VPC of yours by Network.existing",
      ].join("\n"),
    );
  });

  test("to webhooks on nodes alone it needs no egress", async () => {
    const made = await clusterPlan({ controlPlaneEgress: ControlPlaneEgress.customerRouted() });
    expect(namesOf(made, EGRESS)).toEqual([]);
  });
});

/** Machines outside AWS that join a cluster. */
import { Cidr, EndpointAccess } from "../../../infra/index.js";
import { inputs, namesOf, waitsFor } from "../support.js";
import { clusterPlan, failuresIn } from "./support.js";

const CLUSTER = "aws:eks/cluster:Cluster";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

describe("hybrid nodes", () => {
  const remoteNetworks = {
    nodeCidrs: [Cidr.parse("10.80.0.0/16"), Cidr.parse("192.168.7.9/32")] as const,
    podCidrs: [Cidr.parse("10.85.0.0/16")],
    webhookPorts: [9443],
    nodeRoleArn: "arn:aws:iam::111122223333:role/hybrid",
  };

  test("are told to EKS, and get in where they must and nowhere else", async () => {
    const made = await clusterPlan({ remoteNetworks });
    expect(inputs(made, CLUSTER)["remoteNetworkConfig"]).toEqual({
      remoteNodeNetworks: { cidrs: ["10.80.0.0/16", "192.168.7.9/32"] },
      remotePodNetworks: { cidrs: ["10.85.0.0/16"] },
    });
    const rules = (type: string) =>
      namesOf(made, type).map((name) => {
        const { cidrIpv4, fromPort, toPort } = inputs(made, type, name);
        return `${name} ${String(cidrIpv4)} ${String(fromPort)}-${String(toPort)}`;
      });
    expect(rules(INGRESS)).toEqual([
      "prod-api-from-10.80.0.0-16 10.80.0.0/16 443-443",
      "prod-api-from-10.85.0.0-16 10.85.0.0/16 443-443",
      "prod-api-from-192.168.7.9-32 192.168.7.9/32 443-443",
    ]);
    expect(rules(EGRESS)).toEqual([
      "prod-kubelet-to-10.80.0.0-16 10.80.0.0/16 10250-10250",
      "prod-kubelet-to-192.168.7.9-32 192.168.7.9/32 10250-10250",
      "prod-webhook-9443-to-10.85.0.0-16 10.85.0.0/16 9443-9443",
    ]);
    expect(inputs(made, "aws:eks/accessEntry:AccessEntry")).toMatchObject({
      clusterName: "prod",
      principalArn: "arn:aws:iam::111122223333:role/hybrid",
      type: "HYBRID_LINUX",
    });
    expect(waitsFor(made, "aws:eks/accessEntry:AccessEntry")).toContain("prod");
    expect(failuresIn(made)).toEqual([]);
  });

  test("nobody joins without a role", async () => {
    const made = await clusterPlan({ remoteNetworks: { nodeCidrs: [Cidr.parse("10.80.0.0/16")] } });
    expect(namesOf(made, "aws:eks/accessEntry:AccessEntry")).toEqual([]);
    expect(inputs(made, CLUSTER)["remoteNetworkConfig"]).toEqual({ remoteNodeNetworks: { cidrs: ["10.80.0.0/16"] } });
  });

  test("lie in private blocks apart from the VPC, from Services and from one another", async () => {
    await expect(
      clusterPlan({
        remoteNetworks: {
          nodeCidrs: [Cidr.parse("10.0.8.0/24"), Cidr.parse("203.0.113.0/24"), Cidr.parse("172.20.0.0/24")],
          podCidrs: [Cidr.parse("172.20.0.128/25")],
          nodeRoleArn: "arn:aws:iam::111122223333:user/hybrid",
        },
        endpointAccess: EndpointAccess.publicFrom([Cidr.parse("198.51.100.0/24")], { reason: "the office is there" }),
      }),
    ).rejects.toThrow(
      [
        "Cluster 'prod':",
        "  'serviceCidr' must not overlap the remote network 172.20.0.0/24, got '172.20.0.0/16'. Use '10.100.0.0/16': pods cannot reach addresses that both claim",
        "  'serviceCidr' must not overlap the remote network 172.20.0.128/25, got '172.20.0.0/16'. Use '10.100.0.0/16': pods cannot reach addresses that both claim",
        "  'remoteNetworks.nodeCidrs[0]' must not overlap the VPC's 10.0.0.0/16, got '10.0.8.0/24'. EKS must know by the address where a machine is",
        "  'remoteNetworks.nodeCidrs[1]' must be a private IPv4 block, got '203.0.113.0/24'. EKS takes blocks of 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16, up to a single address",
        "  'remoteNetworks.podCidrs[0]' must not overlap remoteNetworks.nodeCidrs[2], got '172.20.0.128/25'. EKS must know by the address where a machine is",
        "  'remoteNetworks.nodeRoleArn' must be the ARN of one role, got 'arn:aws:iam::111122223333:user/hybrid'. Write it like 'arn:<partition>:iam::444455556666:role/reader'",
        `  'endpointAccess' must be private with hybrid nodes, which would take the public way, got ["198.51.100.0/24"]. Use EndpointAccess.private(), the default`,
      ].join("\n"),
    );
  });

  test("webhooks need a port that exists and pods that have addresses", async () => {
    await expect(
      clusterPlan({ remoteNetworks: { nodeCidrs: [Cidr.parse("10.80.0.0/16")], webhookPorts: [0] } }),
    ).rejects.toThrow(
      [
        "  'remoteNetworks.webhookPorts[0]' must be a port from 1 to 65535, got 0. Write it like 9443",
        "  'remoteNetworks.podCidrs' must go with `webhookPorts`, got nothing. Name the blocks of the pods that answer webhooks, or leave `webhookPorts` out",
      ].join("\n"),
    );
  });
});

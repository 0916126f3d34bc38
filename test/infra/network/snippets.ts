/** The programs that docs/cloud/network.md shows, so that they compile and plan. */
import * as aws from "@pulumi/aws";
import {
  Cidr,
  DnsFirewall,
  Egress,
  EncryptionKeys,
  LoadBalancing,
  Network,
  Principal,
  PublicAccessBlock,
} from "../../../infra/index.js";
import type { NetworkRef } from "../../../infra/index.js";

const admins = [Principal.role("arn:aws:iam::111122223333:role/platform")] as const;

/** What the page begins with. */
export function short(): void {
  const keys = new EncryptionKeys("prod-keys", { administrators: admins });
  const network = new Network("prod", { keys });
  console.assert(network.nodes.cidrs.length === 3);
}

/** A VPC of somebody else. */
export function existing(): NetworkRef {
  const network = Network.existing({
    region: "eu-west-1",
    vpcId: "vpc-0123456789abcdef0",
    vpcCidrs: [Cidr.parse("10.20.0.0/16")],
    nodes: {
      ids: ["subnet-0aaa", "subnet-0bbb"],
      cidrs: [Cidr.parse("10.20.0.0/20"), Cidr.parse("10.20.16.0/20")],
    },
    controlPlane: {
      ids: ["subnet-0ccc", "subnet-0ddd"],
      cidrs: [Cidr.parse("10.20.255.0/28"), Cidr.parse("10.20.255.16/28")],
    },
    endpointSecurityGroupId: "sg-0123456789abcdef0",
    s3PrefixListId: "pl-6da54004",
  });
  return network;
}

/** Zones, pods and endpoints as somebody wants them. */
export function shaped(keys: EncryptionKeys): void {
  new Network("prod", {
    keys,
    vpcCidr: Cidr.parse("10.20.0.0/18"),
    zones: ["euw1-az1", "euw1-az3"],
    podCidr: Cidr.parse("100.64.0.0/16"),
    features: ["nodes", "podIdentity", "karpenter", "guardDuty"],
    endpointServices: ["sns"],
    endpointZones: 1,
  });
}

/** A firewall, and names. */
export function inspected(keys: EncryptionKeys): void {
  new Network("prod", {
    keys,
    egress: Egress.firewall({
      domains: ["api.stripe.com", "*.sentry.io"],
      reason: "payments and error reports have no private link",
    }),
    dnsFirewall: DnsFirewall.allow(["db.corp.internal"]),
    dnsQueryLogRetentionDays: 90,
  });
}

/** Load balancers on the internet. */
export function shop(keys: EncryptionKeys): void {
  new Network("prod", {
    keys,
    loadBalancing: LoadBalancing.internetFacing({ reason: "the shop is for everybody" }),
    publicAccessBlock: PublicAccessBlock.ingress(),
  });
}

/** A way of one's own. */
export function connected(keys: EncryptionKeys): void {
  const headquarters = Cidr.parse("172.30.0.0/16");
  const network = new Network("prod", {
    keys,
    egress: Egress.external({ reason: "leaves by the inspection VPC of the company" }),
    connectedCidrs: [headquarters],
  });
  network.routeTableIds.nodes.forEach((routeTableId, i) => {
    new aws.ec2.Route(`prod-out-${network.plan.zones[i] ?? i}`, {
      routeTableId,
      destinationCidrBlock: "0.0.0.0/0",
      transitGatewayId: "tgw-0123456789abcdef0",
    });
  });
}

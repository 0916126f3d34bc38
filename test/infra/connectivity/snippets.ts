/** The programs that docs/cloud/connectivity.md shows, so that they compile and plan. */
import * as aws from "@pulumi/aws";
import {
  ApiCallers,
  AttachmentSubnets,
  Cidr,
  ClientVpn,
  EncryptionKeys,
  Network,
  PeerVpc,
  Principal,
  ResolverInbound,
  TransitGatewayAttachment,
  VpcPeering,
  VpnAuthentication,
} from "../../../infra/index.js";
import type { Cluster } from "../../../infra/index.js";

/** What the programs begin with: a network that lets the other side through, keys, and a cluster. */
export type ClusterIn = (around: { network: Network; keys: EncryptionKeys }) => Cluster;

function around(clusterIn: ClusterIn) {
  const keys = new EncryptionKeys("prod-keys", {
    administrators: [Principal.role("arn:aws:iam::111122223333:role/platform")],
  });
  const network = new Network("prod", { keys, connectedCidrs: [Cidr.parse("10.64.0.0/16")] });
  return { keys, network, cluster: clusterIn({ network, keys }) };
}

/** Runners in the same VPC. */
export function callers(clusterIn: ClusterIn): void {
  const { cluster } = around(clusterIn);
  const runners = { id: "sg-0123456789abcdef0" };

  new ApiCallers("ci", { cluster, securityGroups: { runners: runners.id } });
}

/** People. */
export function vpn(clusterIn: ClusterIn): void {
  const { network, cluster, keys } = around(clusterIn);
  const serverCertificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
  const providerArn = "arn:aws:iam::111122223333:saml-provider/vpn";
  const portalProviderArn = "arn:aws:iam::111122223333:saml-provider/vpn-portal";

  const people = new ClientVpn("people", {
    network,
    cluster,
    keys,
    serverCertificateArn,
    authentication: [VpnAuthentication.saml({ providerArn, portalProviderArn })],
    accessGroups: ["platform"],
    clientCidr: Cidr.parse("10.254.0.0/22"),
    zones: 2,
  });
  people.portalUrl.apply((url) => url);
}

/** A transit gateway. */
export function transit(clusterIn: ClusterIn): void {
  const { network, cluster } = around(clusterIn);

  new TransitGatewayAttachment("hub", {
    network,
    cluster,
    transitGatewayId: "tgw-0123456789abcdef0",
    cidrs: [Cidr.parse("10.64.0.0/16")],
    routeTableIds: [network.routeTableIds.isolated],
    apiCallers: [Cidr.parse("10.64.8.0/24")],
    gatewayRouteTableId: "tgw-rtb-0123456789abcdef0",
  });
}

/** A transit gateway in subnets of its own. */
export function transitInOwnSubnets(clusterIn: ClusterIn, blocks: readonly [Cidr, Cidr, Cidr]): void {
  const { network, cluster } = around(clusterIn);
  const [a, b, c] = blocks;
  const subnets = AttachmentSubnets.own({ "euw1-az1": a, "euw1-az2": b, "euw1-az3": c });
  new TransitGatewayAttachment("hub", {
    network,
    cluster,
    transitGatewayId: "tgw-0123456789abcdef0",
    cidrs: [Cidr.parse("10.64.0.0/16")],
    routeTableIds: [network.routeTableIds.isolated],
    apiCallers: [],
    subnets,
  });
}

/** A peering with another account. */
export function peering(clusterIn: ClusterIn): void {
  const { network, cluster } = around(clusterIn);

  const tools = new aws.Provider("tools", { region: "eu-central-1", profile: "tools" });
  new VpcPeering("tools", {
    network,
    cluster,
    peer: PeerVpc.remote({
      vpcId: "vpc-0123456789abcdef0",
      cidrs: [Cidr.parse("10.64.0.0/16")],
      routeTableIds: ["rtb-0123456789abcdef0"],
      accountId: "444455556666",
      region: "eu-central-1",
      provider: tools,
    }),
    routeTableIds: [network.routeTableIds.isolated],
    apiCallers: [Cidr.parse("10.64.8.0/24")],
  });
}

/** Names of the VPC for resolvers elsewhere. */
export function names(clusterIn: ClusterIn): void {
  const { network } = around(clusterIn);

  const dns = new ResolverInbound("dns", { network, resolvers: [Cidr.parse("10.64.0.0/24")] });
  dns.addresses.apply((addresses) => addresses);
}

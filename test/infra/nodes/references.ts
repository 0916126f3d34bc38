import { Cidr, Egress } from "../../../infra/index.js";
import type { ClusterRef } from "../../../infra/cluster/reference.js";
import type { NetworkRef, SubnetsRef } from "../../../infra/network/reference.js";
import { inputs, namesOf, VOLUMES_KEY } from "../support.js";
import type { Plan } from "../../../plan/index.js";

const subnets = (prefix: string, cidrs: readonly string[]): SubnetsRef => ({
  ids: cidrs.map((_, i) => `subnet-${prefix}${i + 1}`),
  cidrs: cidrs.map((cidr) => Cidr.parse(cidr)),
});

const NODES = subnets("a", ["10.0.0.0/19", "10.0.32.0/19"]);

/** A network that somebody has already, in two zones. */
export const NETWORK: NetworkRef = {
  region: "eu-west-1",
  vpcId: "vpc-1",
  vpcCidrs: [Cidr.parse("10.0.0.0/16")],
  nodes: NODES,
  pods: NODES,
  controlPlane: subnets("b", ["10.0.224.0/27", "10.0.224.32/27"]),
  endpoints: subnets("c", ["10.0.225.0/27", "10.0.225.32/27"]),
  loadBalancers: subnets("d", ["10.0.226.0/26", "10.0.226.64/26"]),
  endpointSecurityGroupId: "sg-endpoints",
  s3PrefixListId: "pl-s3",
  egress: Egress.none(),
  ipFamily: "ipv4",
};

/** A cluster that somebody has already. */
export const CLUSTER: ClusterRef = {
  clusterName: "prod",
  name: "prod",
  arn: "arn:aws:eks:eu-west-1:111122223333:cluster/prod",
  kubernetesVersion: "1.36",
  endpoint: "https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
  certificateAuthority: "Q0E=",
  serviceCidr: Cidr.parse("172.20.0.0/16"),
  controlPlaneSecurityGroupId: "sg-control-plane",
  oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF",
};

/** The key of volumes that somebody has already. */
export const KEYS = { volumesKeyArn: VOLUMES_KEY };

export const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const GROUP = "aws:eks/nodeGroup:NodeGroup";
export const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** The user data of a launch template, decoded. */
export function userDataOf(plan: Plan, name?: string): string {
  return Buffer.from(String(inputs(plan, TEMPLATE, name)["userData"]), "base64").toString("utf8");
}

/** Rules as `tcp 443-443 sg-endpoints`, those of other groups with that group. */
export function rulesOf(plan: Plan, type: string, nodes = "<id of securityGroup nodes>"): string[] {
  return namesOf(plan, type).map((name) => {
    const rule = inputs(plan, type, name);
    const peers = ["referencedSecurityGroupId", "prefixListId", "cidrIpv4", "cidrIpv6"].map((key) => rule[key]);
    const peer = peers.find((one) => typeof one === "string") ?? "nobody";
    const on = rule["securityGroupId"] === nodes ? "" : ` on ${String(rule["securityGroupId"])}`;
    return `${String(rule["ipProtocol"])} ${String(rule["fromPort"])}-${String(rule["toPort"])} ${peer}${on}`;
  });
}

import { Cidr, Cluster, Egress } from "../../../infra/index.js";
import type { ClusterArgs, ClusterRef, KeysRef, NetworkRef } from "../../../infra/index.js";
import { planOf } from "../../../plan/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { CLUSTER_ARN, LOGS_KEY, REGISTRY_KEY, SECRETS_KEY, VOLUMES_KEY } from "../support.js";

const subnets = (kind: string, ...cidrs: string[]) => ({
  ids: cidrs.map((_, i) => `subnet-${kind}-${i + 1}`),
  cidrs: cidrs.map((cidr) => Cidr.parse(cidr)),
});

/** A network that somebody else made. */
export const NETWORK: NetworkRef = {
  region: "eu-west-1",
  vpcId: "vpc-1",
  vpcCidrs: [Cidr.parse("10.0.0.0/16")],
  nodes: subnets("node", "10.0.0.0/19", "10.0.32.0/19"),
  pods: subnets("node", "10.0.0.0/19", "10.0.32.0/19"),
  controlPlane: subnets("control-plane", "10.0.192.0/28", "10.0.192.16/28"),
  endpoints: subnets("endpoint", "10.0.193.0/27", "10.0.193.32/27"),
  loadBalancers: subnets("load-balancer", "10.0.194.0/24", "10.0.195.0/24"),
  endpointSecurityGroupId: "sg-endpoints",
  s3PrefixListId: "pl-1",
  egress: Egress.none(),
  ipFamily: "ipv4",
};

/** Keys that somebody else made. */
export const KEYS: KeysRef = {
  secretsKeyArn: SECRETS_KEY,
  logsKeyArn: LOGS_KEY,
  volumesKeyArn: VOLUMES_KEY,
  registryKeyArn: REGISTRY_KEY,
};

/** A cluster that somebody else made. */
export const CLUSTER: ClusterRef = {
  clusterName: "prod",
  name: "prod",
  arn: CLUSTER_ARN,
  kubernetesVersion: "1.36",
  endpoint: "https://0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
  certificateAuthority: "LS0tLS1CRUdJTi",
  serviceCidr: Cidr.parse("172.20.0.0/16"),
  controlPlaneSecurityGroupId: "sg-control-plane",
  oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD",
};

/** The day on which the tests judge versions. */
export const TODAY = new Date("2026-11-21");

/** The plan of a cluster in somebody else's network. */
export function clusterPlan(args: Partial<ClusterArgs> = {}, region = "eu-west-1"): Promise<Plan> {
  return planOf(
    () => {
      new Cluster("prod", { network: NETWORK, keys: KEYS, today: TODAY, ...args });
    },
    {
      config: { "aws:region": region },
    },
  );
}

/** What our own rules are sure of: a lone component leaves some to doubt. */
export function failuresIn(plan: Plan): string[] {
  return findingsIn(plan).filter((line) => !line.split(" ").includes("unknown"));
}

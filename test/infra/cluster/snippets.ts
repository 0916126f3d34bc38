/** The programs that docs/cloud/cluster.md shows, so that they compile and plan. */
import {
  ArgoCdAccess,
  AutoMode,
  CapabilityKind,
  Cidr,
  Cluster,
  ClusterAddons,
  ClusterCapability,
  ClusterIdentityProvider,
  ClusterLogs,
  ControlPlaneEgress,
  EndpointAccess,
} from "../../../infra/index.js";
import type { ClusterRef, KeysRef, NetworkRef } from "../../../infra/index.js";

/** What the programs build on. */
export interface Around {
  readonly network: NetworkRef;
  readonly keys: KeysRef;
  readonly cluster: ClusterRef;
}

/** A cluster, and the add-ons on its nodes. */
export function plain({ network, keys }: Around): void {
  const cluster = new Cluster("prod", { network, keys });

  new ClusterAddons("prod-addons", {
    cluster,
    keys,
    addons: {
      ebsCsi: {},
      snapshotController: {},
      metricsServer: { configuration: { replicas: 2 } },
      nodeMonitoringAgent: {},
      certManager: {},
    },
  });
}

/** A cluster that somebody else made. */
export function existing(): ClusterRef {
  return Cluster.existing({
    clusterName: "shop",
    arn: "arn:aws:eks:eu-west-1:111122223333:cluster/shop",
    kubernetesVersion: "1.36",
    endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t",
    serviceCidr: Cidr.parse("172.20.0.0/16"),
    controlPlaneSecurityGroupId: "sg-0123456789abcdef0",
    oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
  });
}

/** The choices of a control plane. */
export function chosen({ network, keys }: Around): void {
  new Cluster("prod", {
    network,
    keys,
    kubernetesVersion: "1.35",
    endpointAccess: EndpointAccess.publicFrom([Cidr.parse("203.0.113.0/24")], { reason: "CI runs at the partner's" }),
    controlPlaneEgress: ControlPlaneEgress.customerRouted({ destinations: [Cidr.parse("10.40.0.7/32")] }),
    controlPlane: { tier: "tier-xl", autoscalerSeconds: 10, nodePorts: { from: 30000, to: 30099 } },
    logs: ClusterLogs.without(["scheduler"], { reason: "nobody reads it, and it costs" }),
  });
}

/** Nodes by EKS. */
export function auto({ network, keys }: Around): void {
  new Cluster("prod", { network, keys, autoMode: AutoMode.on() });
}

/** Machines outside AWS. */
export function hybrid({ network, keys }: Around): void {
  new Cluster("prod", {
    network,
    keys,
    remoteNetworks: {
      nodeCidrs: [Cidr.parse("10.80.0.0/16")],
      podCidrs: [Cidr.parse("10.85.0.0/16")],
      nodeRoleArn: "arn:aws:iam::111122223333:role/hybrid-nodes",
    },
  });
}

/** Argo CD by AWS, and people by tokens. */
export function around({ cluster }: Around): void {
  new ClusterCapability("gitops", {
    cluster,
    kind: CapabilityKind.argoCd({
      identityCenterArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef",
      access: ArgoCdAccess.throughEndpoints(["vpce-0123456789abcdef0"]),
      admins: [{ id: "90677c1a-platform", type: "SSO_GROUP" }],
    }),
  });

  new ClusterIdentityProvider("staff", {
    cluster,
    issuerUrl: "https://login.example.com/realms/staff",
    clientId: "kubernetes",
    usernamePrefix: "oidc:",
    groupsPrefix: "oidc:",
  });
}

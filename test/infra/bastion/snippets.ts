/** The programs that docs/cloud/bastion.md shows, so that they compile and plan. */
import * as aws from "@pulumi/aws";
import {
  Bastion,
  BastionImage,
  Cidr,
  Cluster,
  EncryptionKeys,
  Network,
  PATCH_SCAN_ACTIONS,
  PermissionsBoundary,
  Principal,
} from "../../../infra/index.js";

const admins = [Principal.role("arn:aws:iam::111122223333:role/platform")] as const;

/** Network and keys as the page has them. */
function around() {
  const keys = new EncryptionKeys("prod-keys", { administrators: admins });
  return { keys, network: new Network("prod", { keys, features: ["nodes", "podIdentity", "bastion"] }) };
}

/** A bastion in a network of one's own, and a role that comes through. */
export function single(clusterIn: (around: { network: Network; keys: EncryptionKeys }) => Cluster): void {
  const keys = new EncryptionKeys("prod-keys", { administrators: admins });
  const network = new Network("prod", { keys, features: ["nodes", "podIdentity", "bastion"] });
  const cluster = clusterIn({ network, keys });

  const bastion = new Bastion("prod-bastion", { network, cluster, keys }, { dependsOn: [network] });
  new aws.iam.RolePolicy("platform-comes-through", { role: "platform", policy: bastion.accessPolicy });
}

/** A group over the zones. */
export function group(clusterIn: (around: { network: Network; keys: EncryptionKeys }) => Cluster): void {
  const { network, keys } = around();
  const cluster = clusterIn({ network, keys });

  new Bastion("prod-bastion", {
    network,
    cluster,
    keys,
    availability: "multi-zone",
    instances: 2,
    maxLifetimeDays: 7,
  });
}

/** A pinned image, and limits of sessions. */
export function pinned(clusterIn: (around: { network: Network; keys: EncryptionKeys }) => Cluster): void {
  const { network, keys } = around();
  const cluster = clusterIn({ network, keys });

  new Bastion("prod-bastion", {
    network,
    cluster,
    keys,
    instanceType: "t3.micro",
    image: BastionImage.pinned("ami-0123456789abcdef0", { architecture: "x86_64" }),
    sessionLimits: { idleMinutes: 30, maxMinutes: 480 },
  });
}

/** A comparison with a patch baseline. */
export function scanned(clusterIn: (around: { network: Network; keys: EncryptionKeys }) => Cluster): void {
  const keys = new EncryptionKeys("prod-keys", { administrators: admins });

  const boundary = new PermissionsBoundary("prod-boundary", { allowedActions: PATCH_SCAN_ACTIONS });
  const network = new Network("prod", { keys, features: ["nodes", "podIdentity", "bastion", "patchScan"] });
  const cluster = clusterIn({ network, keys });

  new Bastion("prod-bastion", {
    network,
    cluster,
    keys,
    patchScan: { schedule: "rate(7 days)", approveAfterDays: 7 },
    permissionsBoundaryArn: boundary.arn,
  });
}

/** A VPC, a cluster and keys that somebody else made. */
export function existing(): void {
  const arns = {
    volumesKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/33333333-3333-3333-3333-333333333333",
    logsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/22222222-2222-2222-2222-222222222222",
  };
  const described = {
    endpoint: "https://0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "LS0tLS1CRUdJTi",
    oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD",
  };

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
  });
  const cluster = Cluster.existing({
    clusterName: "shop",
    arn: "arn:aws:eks:eu-west-1:111122223333:cluster/shop",
    kubernetesVersion: "1.36",
    serviceCidr: Cidr.parse("172.20.0.0/16"),
    controlPlaneSecurityGroupId: "sg-0fedcba9876543210",
    ...described,
  });
  new Bastion("shop-bastion", { network, cluster, keys: arns });
}

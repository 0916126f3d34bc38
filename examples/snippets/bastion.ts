import { Bastion, Cidr, Cluster, EncryptionKeys, Network } from "../../infra/index.js";

const region = "eu-west-1";
const network = Network.existing({
  region,
  vpcId: "vpc-0abc",
  vpcCidrs: [Cidr.parse("10.8.0.0/16")],
  nodes: { ids: ["subnet-0a1", "subnet-0b1"], cidrs: [Cidr.parse("10.8.0.0/20"), Cidr.parse("10.8.16.0/20")] },
  controlPlane: { ids: ["subnet-0a2", "subnet-0b2"], cidrs: [Cidr.parse("10.8.32.0/28"), Cidr.parse("10.8.32.16/28")] },
  endpointSecurityGroupId: "sg-0abc",
});
const cluster = Cluster.existing({
  clusterName: "legacy",
  kubernetesVersion: "1.36",
  arn: `arn:aws:eks:${region}:111122223333:cluster/legacy`,
  endpoint: "https://0123ABCD.gr7.eu-west-1.eks.amazonaws.com",
  certificateAuthority: "LS0tLS1CRUdJTg==",
  serviceCidr: Cidr.parse("172.20.0.0/16"),
  controlPlaneSecurityGroupId: "sg-0def",
  oidcIssuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD",
});
const key = "arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111";
const keys = EncryptionKeys.existing({ secretsKeyArn: key, logsKeyArn: key, volumesKeyArn: key, registryKeyArn: key });

new Bastion("way-in", { network, cluster, keys });

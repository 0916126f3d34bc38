import * as pulumi from "@pulumi/pulumi";
import { Cidr, Cluster } from "../../../infra/index.js";
import type { ExistingClusterArgs } from "../../../infra/index.js";
import { namesOf, planIn } from "../support.js";

const GIVEN: ExistingClusterArgs = {
  clusterName: "shop",
  arn: "arn:aws-cn:eks:cn-north-1:111122223333:cluster/shop",
  kubernetesVersion: "1.35",
  endpoint: "https://0123ABCD.yl4.cn-north-1.eks.amazonaws.com.cn",
  certificateAuthority: "LS0tLS1CRUdJTiBDRVJU",
  serviceCidr: Cidr.parse("10.100.0.0/16"),
  controlPlaneSecurityGroupId: "sg-0123456789abcdef0",
  oidcIssuer: "https://oidc.eks.cn-north-1.amazonaws.com.cn/id/0123ABCD",
};

test("says of a cluster what others need, and makes nothing", async () => {
  const made = await planIn(() => {
    expect(Cluster.existing(GIVEN)).toEqual({ ...GIVEN, name: "shop" });
  });
  expect(namesOf(made, "aws:eks/cluster:Cluster")).toEqual([]);
  expect(made.resources.filter((r) => r.custom)).toEqual([]);
});

test("takes values that are known later as they are", () => {
  const late = pulumi.output("anything");
  expect(Cluster.existing({ ...GIVEN, arn: late, endpoint: late, oidcIssuer: late }).arn).toBe(late);
});

test("keeps the roles of a cluster with Auto Mode", () => {
  const autoMode = {
    nodeRoleName: "nodes",
    nodeRoleArn: "arn:aws-cn:iam::111122223333:role/nodes",
    securityGroupId: "sg-1",
    besideNodeGroups: false,
  };
  expect(Cluster.existing({ ...GIVEN, autoMode }).autoMode).toEqual(autoMode);
});

test("refuses every value of the wrong kind at once", () => {
  const wrong = () =>
    Cluster.existing({
      clusterName: "-shop",
      arn: "arn:aws:eks:eu-west-1:111122223333:cluster/other",
      kubernetesVersion: "v1.35",
      endpoint: "0123ABCD.eks.amazonaws.com",
      certificateAuthority: "-----BEGIN",
      serviceCidr: "10.100.0.1/16" as Cidr,
      controlPlaneSecurityGroupId: "vpc-1",
      oidcIssuer: "http://oidc",
    });
  expect(wrong).toThrow(
    [
      "Cluster.existing '-shop':",
      "  'clusterName' must be a name that EKS accepts, got '-shop'. Use up to 100 letters, digits, hyphens and underscores, a letter or digit first",
      "  'kubernetesVersion' must be a minor version, got 'v1.35'. Write it like '1.36'",
      "  'arn' must be the ARN of the cluster '-shop', got 'arn:aws:eks:eu-west-1:111122223333:cluster/other'. Write it like 'arn:<partition>:eks:eu-west-1:111122223333:cluster/-shop'",
      "  'endpoint' must be the URL of the API, got '0123ABCD.eks.amazonaws.com'. Write it like 'https://0123ABCD.gr7.eu-west-1.eks.amazonaws.com'",
      "  'oidcIssuer' must be the URL of the issuer, got 'http://oidc'. Write it like 'https://oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD'",
      "  'certificateAuthority' must be the certificate in base64, as EKS gives it, got '-----BEGIN'. Write it like 'LS0tLS1CRUdJTi...'",
      "  'controlPlaneSecurityGroupId' must be an id that begins with 'sg-', got 'vpc-1'. Write it like 'sg-0123456789abcdef0'",
      "  'serviceCidr' must be an address block, got '10.100.0.1/16'. Use Cidr.parse()",
    ].join("\n"),
  );
});

import { ClientVpn, VpnAuthentication } from "../../../infra/index.js";
import type { Cidr, ClientVpnArgs } from "../../../infra/index.js";
import { compareWithPrevious } from "../../../plan/engine/operations.js";
import type { Plan } from "../../../plan/index.js";
import { CLUSTER, KEYS, NETWORK } from "../cluster/support.js";
import { findingsIn } from "../judged.js";
import { inputs, LOGS_KEY, namesOf, planIn, waitsFor } from "../support.js";
import { cidrs, EGRESS, GROUP, INGRESS, inputsByName } from "./support.js";

const ENDPOINT = "aws:ec2clientvpn/endpoint:Endpoint";
const ASSOCIATION = "aws:ec2clientvpn/networkAssociation:NetworkAssociation";
const RULE = "aws:ec2clientvpn/authorizationRule:AuthorizationRule";

const certificate = (region = "eu-west-1", partition = "aws") =>
  `arn:${partition}:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`;
const PROVIDER = "arn:aws:iam::111122223333:saml-provider/vpn";
const PORTAL = "arn:aws:iam::111122223333:saml-provider/vpn-portal";

const ARGS: ClientVpnArgs = {
  network: NETWORK,
  cluster: CLUSTER,
  keys: KEYS,
  serverCertificateArn: certificate(),
  authentication: [VpnAuthentication.saml({ providerArn: PROVIDER })],
  clientCidr: "10.254.0.0/22" as Cidr,
};

const planVpn = (more: Partial<ClientVpnArgs> = {}, region = "eu-west-1"): Promise<Plan> =>
  planIn(() => {
    new ClientVpn("people", { ...ARGS, ...more });
  }, region);

let made: Plan;
beforeAll(async () => {
  made = await planVpn();
});

test("people sign in, work for eight hours, and only the VPC's traffic passes", () => {
  const { tags: _tags, ...endpoint } = inputs(made, ENDPOINT);
  expect(endpoint).toEqual({
    description: "The Kubernetes API of one cluster",
    vpcId: "vpc-1",
    securityGroupIds: ["<id of securityGroup people>"],
    serverCertificateArn: certificate(),
    authenticationOptions: [{ type: "federated-authentication", samlProviderArn: PROVIDER }],
    clientCidrBlock: "10.254.0.0/22",
    splitTunnel: true,
    dnsServers: ["10.0.0.2"],
    transportProtocol: "udp",
    vpnPort: 443,
    sessionTimeoutHours: 8,
    disconnectOnSessionTimeout: true,
    selfServicePortal: "disabled",
    connectionLogOptions: { enabled: true, cloudwatchLogGroup: "<name of logGroup people-connections>" },
  });
});

test("clients come to the control plane and to the resolver, and nowhere else", () => {
  const rule = { clientVpnEndpointId: "<id of endpoint people>", authorizeAllGroups: true };
  expect(inputsByName(made, RULE)).toEqual({
    "people-to-10.0.192.0-28": { ...rule, targetNetworkCidr: "10.0.192.0/28", description: "The Kubernetes API" },
    "people-to-10.0.192.16-28": { ...rule, targetNetworkCidr: "10.0.192.16/28", description: "The Kubernetes API" },
    "people-to-resolver": { ...rule, targetNetworkCidr: "10.0.0.2/32", description: "DNS of the VPC" },
  });
  expect(waitsFor(made, RULE, "people-to-resolver")).toContain("people-zone-1");
});

test("its interfaces call the API on 443, and nothing comes in", () => {
  expect(inputs(made, GROUP)).not.toHaveProperty("ingress");
  expect(inputsByName(made, EGRESS)).toMatchObject({
    "people-to-api": { referencedSecurityGroupId: "sg-control-plane", fromPort: 443, toPort: 443, ipProtocol: "tcp" },
  });
  expect(namesOf(made, EGRESS)).toHaveLength(1);
  expect(inputsByName(made, INGRESS)).toMatchObject({
    "people-at-control-plane-vpn": {
      securityGroupId: "sg-control-plane",
      referencedSecurityGroupId: "<id of securityGroup people>",
      fromPort: 443,
      toPort: 443,
    },
  });
  expect(namesOf(made, INGRESS)).toHaveLength(1);
});

test("connections are on record, encrypted, for a year", () => {
  expect(inputs(made, "aws:cloudwatch/logGroup:LogGroup")).toMatchObject({ kmsKeyId: LOGS_KEY, retentionInDays: 365 });
});

test("one zone unless there are more", async () => {
  expect(inputsByName(made, ASSOCIATION)).toEqual({
    "people-zone-1": { clientVpnEndpointId: "<id of endpoint people>", subnetId: "subnet-endpoint-1" },
  });
  const two = await planVpn({ zones: 2 });
  expect(inputsByName(two, ASSOCIATION)).toMatchObject(inputsByName(made, ASSOCIATION));
  expect(inputsByName(two, ASSOCIATION)).toMatchObject({ "people-zone-2": { subnetId: "subnet-endpoint-2" } });
});

test("certificates, a portal, groups, a banner, TCP and longer sessions by choice", async () => {
  const other = await planVpn({
    authentication: [
      VpnAuthentication.mutualTls(certificate()),
      VpnAuthentication.saml({ providerArn: PROVIDER, portalProviderArn: PORTAL }),
    ],
    accessGroups: ["platform"],
    banner: "For the platform team only.",
    transport: "tcp",
    sessionHours: 12,
    logRetentionDays: 30,
  });
  expect(inputs(other, ENDPOINT)).toMatchObject({
    authenticationOptions: [
      { type: "certificate-authentication", rootCertificateChainArn: certificate() },
      { type: "federated-authentication", samlProviderArn: PROVIDER, selfServiceSamlProviderArn: PORTAL },
    ],
    selfServicePortal: "enabled",
    clientLoginBannerOptions: { enabled: true, bannerText: "For the platform team only." },
    transportProtocol: "tcp",
    sessionTimeoutHours: 12,
  });
  expect(inputsByName(other, RULE)).toMatchObject({
    "people-to-10.0.192.0-28-for-platform": { accessGroupId: "platform", targetNetworkCidr: "10.0.192.0/28" },
  });
  expect(JSON.stringify(inputsByName(other, RULE))).not.toContain("authorizeAllGroups");
  expect(inputs(other, "aws:cloudwatch/logGroup:LogGroup")["retentionInDays"]).toBe(30);
});

test("other addresses or transport make another VPN; zones, sessions, banner and certificate do not", async () => {
  const replaced = (after: Plan) =>
    compareWithPrevious(after, made, [])
      .resources.filter((r) => r.operation === "replace")
      .map((r) => r.name);
  const serverCertificateArn = certificate().replace("1234-1234", "1234-5678");
  expect(replaced(await planVpn({ zones: 2, sessionHours: 24, banner: "Hello", serverCertificateArn }))).toEqual([]);
  expect(replaced(await planVpn({ transport: "tcp" }))).toContain("people");
  expect(replaced(await planVpn({ clientCidr: "10.253.0.0/22" as Cidr }))).toContain("people");
});

test("our own rules find nothing", () => {
  expect(findingsIn(made)).toEqual([]);
});

test.each([
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])("takes certificates and providers of the partition in %s", async (region, partition) => {
  const there = await planVpn(
    {
      network: { ...NETWORK, region },
      serverCertificateArn: certificate(region, partition),
      authentication: [VpnAuthentication.saml({ providerArn: `arn:${partition}:iam::111122223333:saml-provider/vpn` })],
    },
    region,
  );
  expect(inputs(there, ENDPOINT)["serverCertificateArn"]).toBe(certificate(region, partition));
});

test.each<[string, Partial<ClientVpnArgs>, string]>([
  [
    "a certificate of another Region",
    { serverCertificateArn: certificate("us-east-1") },
    "'serverCertificateArn' must be in the network's Region eu-west-1",
  ],
  [
    "a key for a certificate",
    { serverCertificateArn: LOGS_KEY },
    "'serverCertificateArn' must be the ARN of a certificate of ACM",
  ],
  ["nobody's way in", { authentication: [] }, "'authentication' must say how clients authenticate, got []"],
  [
    "a role for a provider",
    { authentication: [VpnAuthentication.saml({ providerArn: "arn:aws:iam::111122223333:role/vpn" })] },
    "'authentication[0]' must be the ARN of a SAML provider of IAM, got 'arn:aws:iam::111122223333:role/vpn'",
  ],
  [
    "a role for the portal's provider",
    {
      authentication: [
        VpnAuthentication.saml({ providerArn: PROVIDER, portalProviderArn: "arn:aws:iam::111122223333:role/vpn" }),
      ],
    },
    "'authentication[0].portalProviderArn' must be the ARN of a SAML provider of IAM",
  ],
  [
    "an authority of another Region",
    { authentication: [VpnAuthentication.mutualTls(certificate("us-east-1"))] },
    "'authentication[0]' must be in the network's Region eu-west-1",
  ],
  [
    "the same way twice",
    { authentication: [VpnAuthentication.mutualTls(certificate()), VpnAuthentication.mutualTls(certificate())] },
    "'authentication[1]' must differ from the ways before it, got 'certificate'",
  ],
  [
    "groups of certificates",
    { authentication: [VpnAuthentication.mutualTls(certificate())], accessGroups: ["platform"] },
    "'accessGroups' must stand beside SAML: certificates have no groups",
  ],
  ["no group", { accessGroups: [] }, "'accessGroups' must name a group, got []"],
  ["a group without a name", { accessGroups: [" "] }, "'accessGroups[0]' must be a group's id of 1 to 255 characters"],
  ["a group twice", { accessGroups: ["a", "a"] }, "'accessGroups[1]' must name each group once, got 'a'"],
  [
    "more groups than a VPN takes",
    { accessGroups: Array.from({ length: 67 }, (_, i) => `group-${i}`) },
    "'accessGroups' must make at most 200 authorization rules, got 201",
  ],
  [
    "too few addresses",
    { clientCidr: "10.254.0.0/23" as Cidr },
    "'clientCidr' must be an IPv4 block from /12 to /22, got '10.254.0.0/23'",
  ],
  [
    "too many addresses",
    { clientCidr: "11.0.0.0/8" as Cidr },
    "'clientCidr' must be an IPv4 block from /12 to /22, got '11.0.0.0/8'",
  ],
  ["IPv6", { clientCidr: "fd00::/20" as Cidr }, "'clientCidr' must be an IPv4 block from /12 to /22, got 'fd00::/20'"],
  [
    "the VPC's addresses",
    { clientCidr: "10.0.64.0/22" as Cidr },
    "'clientCidr' must not overlap the VPC's block 10.0.0.0/16, got '10.0.64.0/22'",
  ],
  [
    "addresses of Services",
    { clientCidr: "172.20.0.0/22" as Cidr },
    "'clientCidr' must not overlap the cluster's Services 172.20.0.0/16, got '172.20.0.0/22'",
  ],
  [
    "more zones than there are",
    { zones: 3 },
    "'zones' must be a whole number from 1 to 2, the network's subnets of endpoints, got 3",
  ],
  [
    "a subnet that is too small",
    { network: { ...NETWORK, endpoints: { ids: ["subnet-1"], cidrs: cidrs("10.0.193.0/28") } } },
    "'network.endpoints.cidrs[0]' must be a /27 or larger for a VPN, got '10.0.193.0/28'",
  ],
  ["half a day", { sessionHours: 6 as 8 }, "'sessionHours' must be 8, 10, 12 or 24, got 6"],
  ["another transport", { transport: "quic" as "udp" }, "'transport' must be 'udp' or 'tcp', got 'quic'"],
  ["a novel", { banner: "x".repeat(1401) }, "'banner' must have 1 to 1400 characters"],
  ["a retention that does not exist", { logRetentionDays: 2 }, "'logRetentionDays' must be a retention"],
  [
    "an alias for a key",
    { keys: { logsKeyArn: "alias/logs" } },
    "'keys.logsKeyArn' must be the ARN of a key, got 'alias/logs'",
  ],
])("refuses %s", async (_, args, message) => {
  await expect(planVpn(args)).rejects.toThrow(`ClientVpn 'people':\n  ${message}`);
});

import * as aws from "@pulumi/aws";
import { PeerVpc, VpcPeering } from "../../../infra/index.js";
import type { RemotePeerOptions, VpcPeeringArgs } from "../../../infra/index.js";
import type { Plan } from "../../../plan/index.js";
import { CLUSTER, NETWORK } from "../cluster/support.js";
import { findingsIn } from "../judged.js";
import { inputs, namesOf, planIn, resource, waitsFor } from "../support.js";
import { cidrs, INGRESS, inputsByName, ROUTE } from "./support.js";

const CONNECTION = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const ACCEPTER = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";
const OPTIONS = "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions";

const PEER = { vpcId: "vpc-0a1b2c3d", cidrs: cidrs("10.64.0.0/16") };

const ARGS: VpcPeeringArgs = {
  network: NETWORK,
  cluster: CLUSTER,
  peer: PeerVpc.local({ ...PEER, routeTableIds: ["rtb-0c1d"] }),
  routeTableIds: ["rtb-0a1b"],
  apiCallers: cidrs("10.64.8.0/24"),
};

const planPeering = (more: Partial<VpcPeeringArgs> = {}): Promise<Plan> =>
  planIn(() => {
    new VpcPeering("tools", { ...ARGS, ...more });
  });

const planRemote = (more: Partial<RemotePeerOptions> = {}, region = "eu-west-1"): Promise<Plan> =>
  planIn(() => {
    const provider = new aws.Provider("tools-account", { region: "eu-central-1" });
    const options = { ...PEER, accountId: "444455556666", region: "eu-central-1", provider, ...more };
    new VpcPeering("tools", { ...ARGS, peer: PeerVpc.remote(options) });
  }, region);

let made: Plan;
let remote: Plan;
beforeAll(async () => {
  made = await planPeering();
  remote = await planRemote({ routeTableIds: ["rtb-0c1d"] });
});

test("a peering within an account is accepted at once", () => {
  expect(inputs(made, CONNECTION)).toMatchObject({ vpcId: "vpc-1", peerVpcId: "vpc-0a1b2c3d", autoAccept: true });
  expect(inputs(made, CONNECTION)).not.toHaveProperty("peerOwnerId");
  expect(namesOf(made, ACCEPTER)).toEqual([]);
});

test("routes lead to the peer's blocks here, and to the control plane's subnets alone there", () => {
  const vpcPeeringConnectionId = "<id of vpcPeeringConnection tools>";
  expect(inputsByName(made, ROUTE)).toEqual({
    "tools-route-1-10.64.0.0-16": {
      routeTableId: "rtb-0a1b",
      destinationCidrBlock: "10.64.0.0/16",
      vpcPeeringConnectionId,
    },
    "tools-peer-route-1-10.0.192.0-28": {
      routeTableId: "rtb-0c1d",
      destinationCidrBlock: "10.0.192.0/28",
      vpcPeeringConnectionId,
    },
    "tools-peer-route-1-10.0.192.16-28": {
      routeTableId: "rtb-0c1d",
      destinationCidrBlock: "10.0.192.16/28",
      vpcPeeringConnectionId,
    },
  });
});

test("only the callers may call the API", () => {
  expect(inputsByName(made, INGRESS)).toMatchObject({
    "tools-at-control-plane-10.64.8.0-24": {
      securityGroupId: "sg-control-plane",
      cidrIpv4: "10.64.8.0/24",
      fromPort: 443,
      toPort: 443,
    },
  });
  expect(namesOf(made, INGRESS)).toHaveLength(1);
});

test("names resolve both ways, unless somebody does not want that", async () => {
  expect(inputsByName(made, OPTIONS)).toEqual({
    "tools-names": {
      vpcPeeringConnectionId: "<id of vpcPeeringConnection tools>",
      requester: { allowRemoteVpcDnsResolution: true },
      accepter: { allowRemoteVpcDnsResolution: true },
    },
  });
  expect(namesOf(await planPeering({ dnsResolution: false }), OPTIONS)).toEqual([]);
});

test("a peering with another account and Region is accepted there, by a provider for it", () => {
  expect(inputs(remote, CONNECTION)).toMatchObject({
    peerOwnerId: "444455556666",
    peerRegion: "eu-central-1",
    autoAccept: false,
  });
  expect(inputs(remote, ACCEPTER)).toMatchObject({
    vpcPeeringConnectionId: "<id of vpcPeeringConnection tools>",
    autoAccept: true,
  });
  const theirs = ["tools-accepter", "tools-peer-route-1-10.0.192.0-28", "tools-peer-names"];
  for (const r of remote.resources.filter((one) => one.custom && !one.type.startsWith("pulumi:")))
    expect([r.name, JSON.stringify(r.provider ?? null).includes("tools-account")]).toEqual([
      r.name,
      theirs.includes(r.name) || r.name === "tools-peer-route-1-10.0.192.16-28",
    ]);
});

test("what needs an active peering waits for the acceptance", () => {
  for (const name of ["tools-route-1-10.64.0.0-16", "tools-peer-route-1-10.0.192.0-28"])
    expect(waitsFor(remote, ROUTE, name)).toContain("tools-accepter");
  expect(waitsFor(remote, OPTIONS, "tools-names")).toContain("tools-accepter");
  expect(inputs(remote, OPTIONS, "tools-names")).not.toHaveProperty("accepter");
  expect(inputs(remote, OPTIONS, "tools-peer-names")).toMatchObject({
    accepter: { allowRemoteVpcDnsResolution: true },
  });
});

test("without a provider somebody accepts it there, and names and routes there are theirs", async () => {
  const asked = await planPeering({ peer: PeerVpc.remote({ ...PEER, accountId: "444455556666" }) });
  expect(namesOf(asked, ACCEPTER)).toEqual([]);
  expect(namesOf(asked, OPTIONS)).toEqual([]);
  expect(namesOf(asked, ROUTE)).toEqual(["tools-route-1-10.64.0.0-16"]);
  expect(resource(asked, CONNECTION).inputs["autoAccept"]).toBe(false);
});

test.each(["cn-north-1", "us-gov-west-1"])("peers within the partition of %s", async (region) => {
  const there = await planIn(() => {
    const peer = PeerVpc.remote({ ...PEER, accountId: "444455556666", region });
    new VpcPeering("tools", { ...ARGS, network: { ...NETWORK, region }, peer });
  }, region);
  expect(inputs(there, CONNECTION)["peerRegion"]).toBe(region);
});

test("our own rules find nothing", () => {
  expect(findingsIn(made)).toEqual([]);
  expect(findingsIn(remote)).toEqual([]);
});

test.each<[string, Partial<VpcPeeringArgs>, string]>([
  [
    "a subnet for a VPC",
    { peer: PeerVpc.local({ ...PEER, vpcId: "subnet-0a1b" }) },
    "'peer.vpcId' must be an id that begins with 'vpc-', got 'subnet-0a1b'",
  ],
  [
    "no block",
    { peer: PeerVpc.local({ ...PEER, cidrs: [] }), apiCallers: [] },
    "'peer.cidrs' must name a block, got []",
  ],
  [
    "everything",
    { peer: PeerVpc.local({ ...PEER, cidrs: cidrs("0.0.0.0/0") }), apiCallers: [] },
    "'peer.cidrs[0]' must be a /8 or smaller, got '0.0.0.0/0'",
  ],
  [
    "a peer with the same addresses",
    { peer: PeerVpc.local({ ...PEER, cidrs: cidrs("10.0.0.0/12") }), apiCallers: [] },
    "'peer.cidrs[0]' must not overlap the VPC's block 10.0.0.0/16, got '10.0.0.0/12'",
  ],
  [
    "a caller elsewhere",
    { apiCallers: cidrs("10.99.0.0/24") },
    "'apiCallers[0]' must lie in a block of `peer.cidrs`, got '10.99.0.0/24'",
  ],
  [
    "a remote peer that is here",
    { peer: PeerVpc.remote({ ...PEER, region: "eu-west-1" }) },
    "'peer' must say where the other VPC is, got 'eu-west-1'. Give `accountId` or `region`, or use `PeerVpc.local`",
  ],
  [
    "an account that is none",
    { peer: PeerVpc.remote({ ...PEER, accountId: "tools" }) },
    "'peer.accountId' must be the number of an account, got 'tools'",
  ],
  [
    "a Region that is none",
    { peer: PeerVpc.remote({ ...PEER, region: "eu-middle-1" }) },
    "'peer.region' must be a Region, got 'eu-middle-1'",
  ],
  [
    "a Region of another partition",
    { peer: PeerVpc.remote({ ...PEER, region: "cn-north-1" }) },
    "'peer.region' must be in the partition of eu-west-1, got 'cn-north-1'",
  ],
  [
    "routes there without a provider",
    { peer: PeerVpc.remote({ ...PEER, accountId: "444455556666", routeTableIds: ["rtb-0c1d"] }) },
    "'peer.routeTableIds' must stand beside `provider`, by which they are written, got 1",
  ],
  [
    "names of a peering that nobody accepted",
    { peer: PeerVpc.remote({ ...PEER, accountId: "444455556666" }), dnsResolution: true },
    "'dnsResolution' must be set after somebody accepted the peering, got true",
  ],
  [
    "another table there",
    { peer: PeerVpc.local({ ...PEER, routeTableIds: ["acl-0a1b"] }) },
    "'peer.routeTableIds[0]' must be an id that begins with 'rtb-', got 'acl-0a1b'",
  ],
])("refuses %s", async (_, args, message) => {
  await expect(planPeering(args)).rejects.toThrow(`VpcPeering 'tools':\n  ${message}`);
});

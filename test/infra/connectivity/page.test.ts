/**
 * docs/cloud/connectivity.md shows what compiles and plans; and what it builds is a way: named blocks reach the API through
 * route table, network ACL and security group, and none of these can go.
 */
import { Cidr, Cluster } from "../../../infra/index.js";
import type { EncryptionKeys, Network } from "../../../infra/index.js";
import { toPlainJson } from "../../../plan/index.js";
import type { Plan } from "../../../plan/index.js";
import { findingsIn } from "../judged.js";
import { snippetsOf, sourceOf } from "../pages.js";
import { planIn } from "../support.js";
import { callers, names, peering, transit, transitInOwnSubnets, vpn } from "./snippets.js";
import type { ClusterIn } from "./snippets.js";
import { INGRESS, ROUTE } from "./support.js";

const clusterIn = ({ network, keys }: { network: Network; keys: EncryptionKeys }) =>
  new Cluster("prod", { network, keys, today: new Date("2026-11-21") });

const planned = (program: (make: ClusterIn) => void): Promise<Plan> =>
  planIn(() => {
    program(clusterIn);
  });

test("every snippet of the page is in the compiled file", () => {
  const source = sourceOf("test/infra/connectivity/snippets.ts");
  const shown = snippetsOf("docs/cloud/connectivity.md");
  expect(shown.length).toBe(5);
  for (const snippet of shown) expect(source).toContain(snippet);
});

test.each([
  ["callers", callers],
  ["vpn", vpn],
  ["transit", transit],
  ["peering", peering],
  ["names", names],
])("%s adds nothing that our own rules find", async (_, program) => {
  const made = await planned(program);
  expect(findingsIn(made).filter((line) => / (ci|people|hub|tools|dns)[ -]/.test(line))).toEqual([]);
});

test("the network of the blueprint has room for subnets of an attachment", async () => {
  const free = ["10.0.255.192/28", "10.0.255.208/28", "10.0.255.224/28"].map((text) => Cidr.parse(text));
  const [a, b, c] = free;
  if (a === undefined || b === undefined || c === undefined) throw new Error("three blocks");
  const made = await planned((make) => {
    transitInOwnSubnets(make, [a, b, c]);
  });
  expect(made.resources.filter((r) => r.name.startsWith("hub-attachment-euw1"))).toHaveLength(6);
});

type Inputs = Readonly<Record<string, unknown>>;

/** What keeps 10.64.8.0/24 from the API. */
function inTheWay(plan: Plan): string[] {
  const all = (type: string) =>
    plan.resources.filter((r) => r.type === type).map((r) => toPlainJson(r.inputs) as Inputs);
  const tables = all("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .filter((a) => String(a["subnetId"]).includes("prod-control-plane-"))
    .map((a) => a["routeTableId"]);
  const acls = all("aws:ec2/networkAcl:NetworkAcl").filter((acl) =>
    JSON.stringify(acl["subnetIds"]).includes("prod-control-plane-"),
  );
  const lets = (acl: Inputs, way: "ingress" | "egress") =>
    (acl[way] as readonly Inputs[]).some((rule) => rule["action"] === "allow" && rule["cidrBlock"] === "10.64.0.0/16");
  const needs = {
    "a route back from every subnet": tables.every((table) =>
      all(ROUTE).some((r) => r["routeTableId"] === table && r["destinationCidrBlock"] === "10.64.0.0/16"),
    ),
    "subnets with a route table": tables.length === 3,
    "an ACL that lets calls in": acls.some((acl) => lets(acl, "ingress")),
    "an ACL that lets answers out": acls.some((acl) => lets(acl, "egress")),
    "a security group that lets calls in": all(INGRESS).some(
      (rule) =>
        rule["securityGroupId"] === "<id of securityGroup prod-control-plane>" &&
        rule["cidrIpv4"] === "10.64.8.0/24" &&
        rule["fromPort"] === 443,
    ),
  };
  return Object.entries(needs)
    .filter(([, holds]) => !holds)
    .map(([what]) => what);
}

test.each([
  ["transit", transit, "hub"],
  ["peering", peering, "tools"],
] as const)("%s: the way is there, and every part of it is needed", async (_, program, name) => {
  const made = await planned(program);
  expect(inTheWay(made)).toEqual([]);
  const without = (gone: string) => inTheWay({ ...made, resources: made.resources.filter((r) => r.name !== gone) });
  expect(without(`${name}-route-1-10.64.0.0-16`)).toEqual(["a route back from every subnet"]);
  expect(without(`${name}-at-control-plane-10.64.8.0-24`)).toEqual(["a security group that lets calls in"]);
  expect(without("prod-acl-control-plane")).toEqual(["an ACL that lets calls in", "an ACL that lets answers out"]);
});

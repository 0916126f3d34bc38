/** What goes before what when everything goes: Pulumi deletes what waits for something before that something. */
import { Construct } from "constructs";
import { HardenedDeployment, HardenedNamespace } from "../../constructs/index.js";
import { DeletionProtection, Egress, SecureCluster } from "../../index.js";
import type { AppContext } from "../../index.js";
import type { Plan, PlannedResource } from "../../plan/index.js";
import { snippetsOf, sourceOf } from "../infra/pages.js";
import { ADMIN, clusterPlan, planIn } from "./support.js";

class Shop extends Construct {
  constructor(scope: Construct, id: string, { cloud }: AppContext) {
    super(scope, id);
    const image = `${cloud.repository("shop/web")}@sha256:${"0".repeat(64)}`;
    new HardenedDeployment(new HardenedNamespace(this, "shop"), "web", { image, ports: { http: 8080 } });
  }
}

const CLUSTER = "aws:eks/cluster:Cluster";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const BASTION = "aws:ec2/instance:Instance";
const SUBNET = "aws:ec2/subnet:Subnet";
const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const NAT = "aws:ec2/natGateway:NatGateway";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const VPC = "aws:ec2/vpc:Vpc";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

let plan: Plan;

beforeAll(async () => {
  const egress = Egress.nat({ reason: "builds fetch packages from the internet" });
  plan = await clusterPlan((cluster) => cluster.deploy(Shop), { network: { egress } });
});

const ofType = (type: string): readonly PlannedResource[] => plan.resources.filter((r) => r.type === type);

/** URNs of all that a resource waits for, at any distance. */
function waitsFor(resource: PlannedResource): ReadonlySet<string> {
  const byUrn = new Map<string, PlannedResource>(plan.resources.map((r) => [r.urn, r]));
  const found = new Set<string>();
  const open = [resource];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const urn of next.dependencies) {
      const other = byUrn.get(urn);
      if (found.has(urn) || other === undefined) continue;
      found.add(urn);
      open.push(other);
    }
  return found;
}

/** Which of `others` a resource does not wait for, by name. */
function doesNotWaitFor(resource: PlannedResource, others: readonly PlannedResource[]): readonly string[] {
  const waited = waitsFor(resource);
  return others.filter(({ urn }) => !waited.has(urn)).map(({ name }) => name);
}

test("what lives inside the cluster goes with it, without a connection", () => {
  const inside = plan.resources.filter(({ type }) => type.startsWith("kubernetes:"));
  const [cluster] = ofType(CLUSTER);
  expect(inside.length).toBeGreaterThan(10);
  expect(inside.filter(({ options }) => options.deletedWith !== cluster?.urn).map(({ name }) => name)).toEqual([]);
});

test.each([
  { first: "node groups", type: GROUP, then: "the cluster", other: CLUSTER },
  { first: "node groups", type: GROUP, then: "the endpoints, through which nodes talk to the end", other: ENDPOINT },
  { first: "node groups", type: GROUP, then: "launch templates", other: "aws:ec2/launchTemplate:LaunchTemplate" },
  { first: "add-ons", type: "aws:eks/addon:Addon", then: "the cluster", other: CLUSTER },
  { first: "access entries", type: "aws:eks/accessEntry:AccessEntry", then: "the cluster", other: CLUSTER },
  { first: "NAT gateways", type: NAT, then: "the internet gateway", other: GATEWAY },
  { first: "the internet gateway", type: GATEWAY, then: "the VPC", other: VPC },
  { first: "subnets", type: SUBNET, then: "the VPC", other: VPC },
  { first: "security groups", type: SECURITY_GROUP, then: "the VPC", other: VPC },
])("$first go before $then", ({ type, other }) => {
  expect(ofType(type)).not.toEqual([]);
  expect(ofType(other)).not.toEqual([]);
  expect(ofType(type).flatMap((one) => doesNotWaitFor(one, ofType(other)))).toEqual([]);
});

/** Resources that a resource mentions in its inputs, of a type. */
function mentioned(resource: PlannedResource, type: string): readonly PlannedResource[] {
  const urns = new Set(Object.values(resource.propertyDependencies).flat());
  return ofType(type).filter(({ urn }) => urns.has(urn));
}

test.each([
  ["interface endpoints", ENDPOINT],
  ["the bastion", BASTION],
  ["node groups", GROUP],
  ["the cluster", CLUSTER],
  ["NAT gateways", NAT],
])("%s, whose interfaces lie in subnets, go before the subnets and the groups on the interfaces", (_what, type) => {
  for (const holder of ofType(type)) {
    const under = [...mentioned(holder, SUBNET), ...mentioned(holder, SECURITY_GROUP)];
    expect(doesNotWaitFor(holder, under)).toEqual([]);
  }
  expect(ofType(type).some((holder) => mentioned(holder, SUBNET).length > 0)).toBe(true);
});

test("roles keep their rights until what uses them is gone", () => {
  const rights = [
    ...ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
    ...ofType("aws:iam/rolePolicy:RolePolicy"),
  ];
  const roles = (user: PlannedResource): readonly PlannedResource[] => mentioned(user, "aws:iam/role:Role");
  for (const user of [...ofType(CLUSTER), ...ofType(GROUP), ...ofType("aws:ec2/flowLog:FlowLog")]) {
    const own = rights.filter((right) => roles(user).some(({ urn }) => right.dependencies.includes(urn)));
    expect([user.name, own.length > 0, doesNotWaitFor(user, own)]).toEqual([user.name, true, []]);
  }
});

test("logs outlive what writes them, so that nobody makes their group anew without a retention", () => {
  const [cluster] = ofType(CLUSTER);
  const own = ofType(LOG_GROUP).filter(({ inputs }) => inputs["name"] === "/aws/eks/prod/cluster");
  expect(own).toHaveLength(1);
  expect(cluster === undefined ? ["no cluster"] : doesNotWaitFor(cluster, own)).toEqual([]);
  for (const flowLog of ofType("aws:ec2/flowLog:FlowLog"))
    expect(doesNotWaitFor(flowLog, mentioned(flowLog, LOG_GROUP))).toEqual([]);
});

test("without protection nothing stands in the way, as docs/cloud/changes.md shows", async () => {
  const admins = [ADMIN] as const;
  const open = await planIn(() => {
    new SecureCluster("prod", {
      admins,
      deletionProtection: DeletionProtection.off({ reason: "this stack ends on 30 November" }),
    });
  });
  const isProtected = ({ options, inputs }: PlannedResource): boolean =>
    options.protect === true || inputs["deletionProtection"] === true;
  expect(plan.resources.filter(isProtected).length).toBeGreaterThan(4);
  expect(open.resources.filter(isProtected).map(({ name }) => name)).toEqual([]);
  const [snippet = "nothing", ...others] = snippetsOf("docs/cloud/changes.md");
  expect(sourceOf("test/blueprint/teardown.test.ts")).toContain(snippet);
  expect(others).toEqual([]);
});

/**
 * What a later change of a program does to what runs already: the operations that `ringfence preview --against` tells.
 * Nothing is replaced, whether it holds state or not, and nothing goes.
 */
import { Construct } from "constructs";
import { HardenedDeployment, HardenedNamespace } from "../../constructs/index.js";
import { Cidr, Principal } from "../../index.js";
import type { AppContext, SecureCluster, SecureClusterArgs } from "../../index.js";
import { ClusterAddons, NodeGroup } from "../../infra/index.js";
import type { AddonChoices } from "../../infra/cluster/addon-choices.js";
import type { Plan, PlannedResource } from "../../plan/index.js";
import { readPlan, writePlan } from "../../plan/index.js";
import { DEFAULT_FEATURES } from "../../blueprint/defaults.js";
import { compareWithPrevious } from "../../plan/engine/operations.js";
import { ADMIN, clusterPlan, DIGEST, resource } from "./support.js";

type Use = (cluster: SecureCluster) => unknown;

const role = (name: string) => Principal.role(`arn:aws:iam::111122223333:role/${name}`);

class Shop extends Construct {
  constructor(scope: Construct, id: string, { cloud }: AppContext) {
    super(scope, id);
    const namespace = new HardenedNamespace(this, "shop");
    const image = `${cloud.repository("shop/web")}@${DIGEST}`;
    new HardenedDeployment(namespace, "web", { image, ports: { http: 8080 } });
  }
}

class Wiki extends Construct {
  constructor(scope: Construct, id: string, { cloud }: AppContext) {
    super(scope, id);
    const namespace = new HardenedNamespace(this, "wiki");
    const image = `${cloud.repository("wiki/web")}@${DIGEST}`;
    new HardenedDeployment(namespace, "web", { image, ports: { http: 8080 } });
  }
}

/** A program with an application, and the developers of all applications. */
const running: Use = (cluster) => cluster.deploy(Shop);
const BASE: Partial<SecureClusterArgs> = { developers: [role("web")] };

let saved: string;

beforeAll(async () => {
  saved = writePlan(await clusterPlan(running, BASE));
});

/** The plan after a change, with operations. */
async function after(args: Partial<SecureClusterArgs>, use: Use = running): Promise<Plan> {
  const plan = await clusterPlan(use, { ...BASE, ...args });
  return compareWithPrevious(plan, readPlan(saved, "plan.json"), []);
}

const kindOf = ({ type }: PlannedResource): string => type.split(":").at(-1) ?? "";

/** How many of each kind get an operation. */
function count(plan: Plan, operation: PlannedResource["operation"]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const r of plan.resources)
    if (r.operation === operation && r.custom) counts[kindOf(r)] = (counts[kindOf(r)] ?? 0) + 1;
  return counts;
}

/** What a change replaces or deletes, with its name. */
function lost(plan: Plan): readonly string[] {
  return plan.resources
    .filter((r) => r.custom && (r.operation === "replace" || r.operation === "delete"))
    .map((r) => `${r.operation ?? ""} ${kindOf(r)} ${r.name}`);
}

/** What a change updates, with its name. */
function updated(plan: Plan): readonly string[] {
  return plan.resources.filter((r) => r.custom && r.operation === "update").map((r) => `${kindOf(r)} ${r.name}`);
}

test("the same program changes nothing", async () => {
  const plan = await after({});
  expect([count(plan, "create"), count(plan, "update"), lost(plan)]).toEqual([{}, {}, []]);
});

interface Change {
  readonly what: string;
  readonly args?: Partial<SecureClusterArgs>;
  readonly use?: Use;
}

test.each<Change>([
  { what: "another application", use: (cluster) => [cluster.deploy(Shop), cluster.deploy(Wiki)] },
  {
    what: "another node group",
    use: (cluster) => {
      cluster.deploy(Shop);
      const { network, cluster: joined, keys } = cluster;
      new NodeGroup("batch", { network, cluster: joined, keys, instanceTypes: ["c6i.large"] });
    },
  },
  { what: "more nodes", args: { nodes: { scaling: { minSize: 3, desiredSize: 4, maxSize: 12 } } } },
  { what: "labels and larger disks of nodes", args: { nodes: { labels: { team: "a" }, dataVolumeGiB: 80 } } },
  { what: "another repository", args: { registry: { repositories: ["shared/base"] } } },
  { what: "another endpoint", args: { features: [...DEFAULT_FEATURES, "oidcIssuer"] } },
  { what: "another administrator, before the first", args: { admins: [role("night"), ADMIN] } },
  {
    what: "a first operator, and a developer before the first",
    args: { operators: [role("ops")], developers: [role("db"), role("web")] },
  },
  { what: "logs for two years", args: { logRetentionDays: 731 } },
  { what: "tags on everything", args: { tags: { team: "a" } } },
  { what: "actions that applications may be given", args: { allowedActions: ["sqs:SendMessage"] } },
])("$what: nothing is replaced and nothing goes", async ({ args = {}, use }) => {
  const plan = await after(args, use);
  expect(lost(plan)).toEqual([]);
  expect({ ...count(plan, "create"), ...count(plan, "update") }).not.toEqual({});
});

/** A change from one set of arguments to another. */
async function between(before: Partial<SecureClusterArgs>, now: Partial<SecureClusterArgs>): Promise<Plan> {
  const [old, plan] = [await clusterPlan(running, before), await clusterPlan(running, now)];
  return compareWithPrevious(plan, readPlan(writePlan(old), "plan.json"), []);
}

test("another zone brings subnets, and moves nobody", async () => {
  const plan = await between({ network: { zones: 2 } }, { network: { zones: 3 } });
  expect(lost(plan)).toEqual([]);
  expect(count(plan, "create")["Subnet"]).toBe(4);
  // Neither takes subnets that it was not made with.
  expect(count(plan, "same")).toMatchObject({ Cluster: 1, NodeGroup: 1 });
});

test("a zone before the others leaves them where they are; the bastion, which holds nothing, moves to the first", async () => {
  const plan = await between(
    { network: { zones: ["euw1-az2", "euw1-az3"] } },
    { network: { zones: ["euw1-az1", "euw1-az2", "euw1-az3"] } },
  );
  expect(lost(plan)).toEqual(["replace Instance prod-bastion"]);
});

test("the next Kubernetes version is an update: of the cluster, its nodes and its add-ons", async () => {
  const plan = await between({ kubernetesVersion: "1.35" }, { kubernetesVersion: "1.36" });
  expect(lost(plan)).toEqual([]);
  expect(count(plan, "update")).toMatchObject({ Cluster: 1, NodeGroup: 1 });
  expect(updated(plan)).toEqual(expect.arrayContaining(["Addon prod-kube-proxy", "Addon prod-addons-coredns"]));
});

test("an add-on more is one more, and leaves the others", async () => {
  const withAddons = (addons: AddonChoices): Promise<Plan> =>
    clusterPlan((cluster) => {
      const { cluster: joined, keys } = cluster;
      new ClusterAddons("more", { cluster: joined, keys, addons });
    });
  const [before, now] = [await withAddons({}), await withAddons({ metricsServer: {} })];
  const plan = compareWithPrevious(now, readPlan(writePlan(before), "plan.json"), []);
  expect([lost(plan), count(plan, "create"), count(plan, "update")]).toEqual([[], { Addon: 1 }, {}]);
});

test("another machine type is another node group, which is there before the old one goes", async () => {
  const plan = await after({ nodes: { instanceTypes: ["m7i.large"] } });
  expect(lost(plan)).toEqual(["replace NodeGroup prod-nodes"]);
  const group = resource(plan, "aws:eks/nodeGroup:NodeGroup");
  expect([group.inputs["nodeGroupName"], group.options.deleteBeforeReplace]).toEqual([undefined, undefined]);
});

test("other addresses of the VPC are refused, since everything in it would go", async () => {
  const elsewhere = clusterPlan(running, { ...BASE, network: { vpcCidr: Cidr.parse("10.9.0.0/16") } });
  const old = readPlan(saved, "plan.json");
  const { urn } = resource(old, "aws:ec2/vpc:Vpc");
  const plan = await elsewhere;
  expect(() => compareWithPrevious(plan, old, [])).toThrow(`replace ${urn}`);
});

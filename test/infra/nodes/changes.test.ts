/** What a later change of a group does to what runs already: nothing but the group itself, and a group without state. */
import { compareWithPrevious } from "../../../plan/engine/operations.js";
import { readPlan, writePlan } from "../../../plan/index.js";
import type { Plan } from "../../../plan/index.js";
import { Karpenter, NodeGroup, NodeSubnets } from "../../../infra/index.js";
import type { NodeGroupArgs } from "../../../infra/index.js";
import { planIn } from "../support.js";
import { CLUSTER, KEYS, NETWORK } from "./references.js";

const REFERENCES = { network: NETWORK, cluster: CLUSTER, keys: KEYS };

const group = (args: Partial<NodeGroupArgs> = {}) => new NodeGroup("nodes", { ...REFERENCES, ...args });

let saved: string;
beforeAll(async () => {
  saved = writePlan(await planIn(() => group()));
});

/** Operations other than `same`, as `update NodeGroup nodes`, of the resources that are there before and after. */
async function changes(program: () => unknown): Promise<string[]> {
  const compared: Plan = compareWithPrevious(await planIn(program), readPlan(saved, "plan.json"), []);
  return compared.resources
    .filter((r) => r.custom && r.operation !== "same" && r.operation !== "create")
    .map((r) => `${r.operation ?? ""} ${r.type.split(":").at(-1) ?? ""} ${r.name}`);
}

test("the same program changes nothing", async () => {
  expect(await changes(() => group())).toEqual([]);
});

test("a group more, and Karpenter beside it, change nothing", async () => {
  expect(
    await changes(() => {
      const { securityGroupId } = group();
      new NodeGroup("batch", {
        ...REFERENCES,
        securityGroupId,
        capacityType: "SPOT",
        instanceTypes: ["m6i.large", "m5.large"],
      });
      new Karpenter("karpenter", { ...REFERENCES, securityGroupId });
    }),
  ).toEqual([]);
});

test.each<[string, Partial<NodeGroupArgs>]>([
  ["scaling", { scaling: { minSize: 3, desiredSize: 3, maxSize: 12 } }],
  ["labels and taints", { labels: { tier: "web" }, taints: [{ key: "web", effect: "NO_SCHEDULE" }] }],
  ["an older kubelet", { kubernetesVersion: "1.35" }],
  ["the limits of updates and repairs", { updates: { maxUnavailable: 1 }, repair: { maxUnhealthy: "20%" } }],
])("%s: the group in place, and nothing else", async (_, args) => {
  expect(await changes(() => group(args))).toEqual(["update NodeGroup nodes"]);
});

test("a new minor version of the cluster: the group in place, and nothing else", async () => {
  const cluster = { ...CLUSTER, kubernetesVersion: "1.37" };
  expect(await changes(() => group({ cluster }))).toEqual(["update NodeGroup nodes"]);
});

test("settings of nodes: a new version of the template, which EKS rolls out", async () => {
  expect(await changes(() => group({ settings: { maxPods: 58 } }))).toEqual(["update LaunchTemplate nodes-template"]);
});

test("a zone more of the network: nothing, unless the group names its subnets", async () => {
  const nodes = { ids: [...NETWORK.nodes.ids, "subnet-a3"], cidrs: NETWORK.nodes.cidrs };
  expect(await changes(() => group({ network: { ...NETWORK, nodes } }))).toEqual([]);
});

test("a port of a webhook: one rule more, and nothing else", async () => {
  expect(await changes(() => group({ webhookPorts: [4443, 8443, 9443, 10251, 15017] }))).toEqual([]);
});

test.each<[string, Partial<NodeGroupArgs>]>([
  ["subnets", { subnets: NodeSubnets.of("subnet-a1", "subnet-a2", "subnet-a3") }],
  ["instance types", { instanceTypes: ["m7i.large"] }],
  ["the way of paying", { capacityType: "SPOT", instanceTypes: ["m6i.large"] }],
])("%s: another group beside the old one, which goes afterwards; the role and the rules stay", async (_, args) => {
  expect(await changes(() => group(args))).toEqual(["replace NodeGroup nodes"]);
});

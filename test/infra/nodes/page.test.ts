/** docs/cloud/nodes.md shows what compiles, plans, and is found fault with by none of our rules. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synth } from "../../constructs/synth.js";
import { findingsIn } from "../judged.js";
import { snippetsOf, sourceOf } from "../pages.js";
import { planIn } from "../support.js";
import { CLUSTER, KEYS, NETWORK } from "./references.js";
import { AutoNodes, fargate, groups, karpenter, Nodes, oneZone, settings } from "./snippets.js";

const AROUND = { network: NETWORK, cluster: CLUSTER, keys: KEYS };

test("every snippet of the page is in the compiled file", () => {
  const source = sourceOf("test/infra/nodes/snippets.ts");
  const shown = snippetsOf("docs/cloud/nodes.md");
  expect(shown.length).toBe(7);
  for (const snippet of shown) expect(source).toContain(snippet);
});

test.each([
  ["groups", groups, 2],
  ["settings", settings, 1],
  ["one zone", oneZone, 1],
  ["Karpenter", karpenter, 1],
  ["Fargate", fargate, 0],
] as const)("%s plans", async (_, program, count) => {
  const made = await planIn(() => {
    program(AROUND);
  });
  expect(made.resources.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup")).toHaveLength(count);
  expect(findingsIn(made).filter((finding) => finding.includes(" fail "))).toEqual([]);
});

test("what nodes are to be started is synthesized", () => {
  const props = {
    ...{ instanceProfile: "nodes", securityGroupId: "sg-1", subnetIds: ["subnet-1", "subnet-2"] },
    volumesKeyArn: KEYS.volumesKeyArn,
  };
  const kinds = (build: Parameters<typeof synth>[0]) => synth(build).map(({ kind }) => kind);
  expect(kinds((chart) => new Nodes(chart, "nodes", props))).toEqual(["EC2NodeClass", "NodePool"]);
  expect(kinds((chart) => new AutoNodes(chart, "nodes", props))).toEqual(["ConfigMap", "NodeClass", "NodePool"]);
});

test("the page names what Karpenter is installed with", () => {
  const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "cloud", "nodes.md"), "utf8");
  for (const value of ["clusterName", "clusterEndpoint", "interruptionQueue", "isolatedVPC"])
    expect(page).toContain(value);
});

/** The presets differ in what they cost and survive. That neither gives up a control: thirteen-controls.test.ts. */
import { monthlyCost } from "../../cost/index.js";
import { Preset } from "../../index.js";
import type { Plan } from "../../plan/index.js";
import { World } from "../../plan/world/index.js";
import { judge } from "../../policies/index.js";
import { all, clusterPlan, inputs } from "./support.js";

const PRESETS = ["production", "sandbox"] as const;
type Name = (typeof PRESETS)[number];

let plans: Readonly<Record<Name, Plan>>;

beforeAll(async () => {
  plans = {
    production: await clusterPlan(() => undefined, Preset.production()),
    sandbox: await clusterPlan(() => undefined, Preset.sandbox()),
  };
});

const GROUP = "aws:eks/nodeGroup:NodeGroup";

const cost = (name: Name) =>
  monthlyCost(new World(plans[name]), { region: "eu-west-1", today: new Date("2026-11-21") });

/** Names of resources, of those that a zone does not decide. */
const names = (plan: Plan): readonly string[] =>
  plan.resources
    .map(({ type, name }) => `${type} ${name}`)
    .filter((name) => !name.includes("az"))
    .sort();

test("production is the defaults, written down", async () => {
  expect(names(plans.production)).toEqual(names(await clusterPlan()));
  expect(inputs(plans.production, GROUP)).toMatchObject({
    capacityType: "ON_DEMAND",
    scalingConfig: { minSize: 2, desiredSize: 3, maxSize: 6 },
  });
});

test("the sandbox has two zones, endpoints in one of them, and two spot nodes", () => {
  const endpoints = all(plans.sandbox, "aws:ec2/vpcEndpoint:VpcEndpoint").filter(
    ({ inputs: given }) => given["vpcEndpointType"] === "Interface",
  );
  expect(endpoints.length).toBeGreaterThan(8);
  expect(new Set(endpoints.map(({ inputs: given }) => (given["subnetIds"] as unknown[]).length))).toEqual(new Set([1]));
  const group = inputs(plans.sandbox, GROUP);
  expect(group).toMatchObject({ capacityType: "SPOT", scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 } });
  expect(group["subnetIds"]).toHaveLength(2);
});

test("the sandbox costs little more than half of production, at most", () => {
  const [production = 0, sandbox = 0] = PRESETS.map((name) => cost(name)?.total);
  expect(sandbox).toBeGreaterThan(73);
  expect(sandbox).toBeLessThan(production * 0.6);
});

test("they hold the same things: the sandbox lacks nothing but a zone", () => {
  expect(names(plans.sandbox)).toEqual(names(plans.production));
});

test("the judge says the same of both", () => {
  const said = (plan: Plan): readonly string[] =>
    judge(plan).findings.map(({ rule, verdict }) => `${verdict} ${rule.id}`);
  expect(said(plans.sandbox)).toEqual(said(plans.production));
});

test("an argument behind a preset takes its place", async () => {
  const nodes = { ...Preset.sandbox().nodes, capacityType: "ON_DEMAND" } as const;
  const plan = await clusterPlan(() => undefined, { ...Preset.sandbox(), nodes });
  expect(inputs(plan, GROUP)).toMatchObject({
    capacityType: "ON_DEMAND",
    instanceTypes: ["t3.large", "m5.large", "m6i.large"],
  });
});

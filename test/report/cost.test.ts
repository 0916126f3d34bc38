/** What a plan costs at rest, in every report that people read. */
import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Unknown } from "../../plan/model/index.js";
import { renderMarkdown } from "../../report/formats/markdown.js";
import { passGate } from "../../report/gate.js";
import { renderJson } from "../../report/json.js";
import type { Report } from "../../report/model.js";
import { renderText } from "../../report/text.js";
import { aws, costOf, TODAY } from "../cost/support.js";
import { GATE, judgement, plan, report } from "./support.js";

const resources = [
  aws("eks/cluster:Cluster", { version: "1.36" }),
  aws("kms/key:Key"),
  aws("ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Interface", subnetIds: new Unknown() }),
  aws("guardduty/detector:Detector"),
  aws("eks/nodeGroup:NodeGroup", {
    scalingConfig: { desiredSize: 2 },
    instanceTypes: ["t3.large"],
    capacityType: "SPOT",
  }),
];
const judged = judgement([]);
const priced: Report = { ...report(plan(resources), judged), cost: costOf(resources) };

function text(of: Report, verbose = false): readonly string[] {
  const result = passGate(of, GATE);
  const options = { gate: GATE, result, width: 100, colour: false, verbose, quiet: false };
  return renderText(of, plan(resources), options).split("\n");
}

test("the text has one line of it, which breaks where the page ends", () => {
  const lines = text(priced);
  const at = lines.findIndex((line) => line.startsWith("Fixed cost in eu-west-1"));
  expect(lines.slice(at - 1, at + 3)).toEqual([
    "",
    "Fixed cost in eu-west-1: at most 207 USD a month; largest: nodes 133, control plane 73, keys 1 (list",
    "prices collected 2026-11-21, no traffic, 2 resources not or not fully counted)",
    "",
  ]);
});

test("verbose text has every part, and what is not in it", () => {
  const lines = text(priced, true);
  const at = lines.findIndex((line) => line.startsWith("Fixed cost in eu-west-1"));
  expect(lines.slice(at + 2, at + 12)).toEqual([
    "  nodes (2): 133 USD; spot machines cost at most the on-demand price that is counted",
    "  control plane (1): 73 USD",
    "  keys (1): 1 USD",
    "Not in it",
    "  GuardDuty (1): GuardDuty costs by what it reads and by core of nodes",
    "  VPC endpoints (1): how many zones there will be is not known",
    "  disks (1): EKS chooses the disks of a group without a launch template",
    "",
    "Resources",
    expect.any(String),
  ]);
});

test("a report without it says nothing of it", () => {
  const { cost: _cost, ...without } = priced;
  expect(text(without).join("\n")).not.toContain("USD");
});

test("a comment on a pull request has the line", () => {
  const context = { gate: GATE, result: passGate(priced, GATE), rules: judged.rules, now: TODAY };
  expect(renderMarkdown(priced, context)).toContain(
    "\n\nFixed cost in eu-west-1: at most 207 USD a month; largest: nodes 133, control plane 73, keys 1 ",
  );
});

test("the document is what docs/report.schema.json describes", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../docs/report.schema.json"), "utf8")) as object;
  const ajv = new Ajv({ allErrors: true });
  const errors = (of: unknown): readonly string[] => {
    ajv.validate(schema, of);
    return (ajv.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ""}`);
  };
  const document = JSON.parse(renderJson(priced)) as Report;
  expect(errors(document)).toEqual([]);
  expect(errors({ ...document, cost: { ...document.cost, currency: "EUR", parts: [{}] } })).toEqual([
    ".cost.currency should be equal to constant",
    ".cost.parts[0] should have required property 'name'",
    ".cost.parts[0] should have required property 'monthly'",
    ".cost.parts[0] should have required property 'count'",
    ".cost.parts[0] should have required property 'resources'",
  ]);
});

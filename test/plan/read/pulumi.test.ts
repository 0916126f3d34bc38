import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlannedResource, ReadInputs } from "../../../plan/index.js";
import { readInputs, Secret, Unknown, World, writePlan } from "../../../plan/index.js";
import { lines, POD, readStdin, scratch } from "./support.js";

const golden = (name: string): string => join(__dirname, "golden", name);
const text = (name: string): string => readFileSync(golden(name), "utf8");
const { file } = scratch();

const A = "urn:pulumi:dev::demo::demo:index:C$pulumi-nodejs:dynamic:Resource::comp-a";
const B = "urn:pulumi:dev::demo::pulumi-nodejs:dynamic:Resource::b";

function resource({ plan }: ReadInputs, urn: string): PlannedResource {
  const found = plan.resources.find((r) => r.urn === urn);
  if (found === undefined) throw new TypeError(`no ${urn}`);
  return found;
}

describe("pulumi preview --json", () => {
  test("gives the resources with their graph; an unknown carries what its property is computed from", async () => {
    const read = await readInputs([golden("preview.json")]);
    expect(read.inputs).toEqual([{ path: golden("preview.json"), kind: "pulumi-preview", resources: 4 }]);
    expect([read.plan.project, read.plan.stack]).toEqual(["demo", "dev"]);
    expect(resource(read, B)).toEqual({
      urn: B,
      type: "pulumi-nodejs:dynamic:Resource",
      name: "b",
      custom: true,
      inputs: {
        from: new Unknown("any", [A as PlannedResource["urn"]]),
        name: "second",
        nested: {
          list: [new Unknown("any", [A as PlannedResource["urn"]]), "x"],
          secret: new Secret(new Unknown("string")),
        },
      },
      outputs: {},
      parent: "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev",
      dependencies: [A],
      propertyDependencies: { __provider: [], from: [A], name: [], nested: [A] },
      aliases: [],
      options: { ignoreChanges: ["name"] },
      operation: "create",
    });
    expect(resource(read, "urn:pulumi:dev::demo::demo:index:C::comp").custom).toBe(false);
    expect(resource(read, A).parent).toBe("urn:pulumi:dev::demo::demo:index:C::comp");
  });

  test("that leaves out what does not change says so", async () => {
    const read = await readInputs([golden("preview-unchanged.json")]);
    expect(read.warnings).toEqual([
      "3 resources that do not change are not in this preview, so nobody judges them. Run: pulumi preview --json --show-sames",
    ]);
  });

  test("with steps of a replacement and a deletion gives one resource each", async () => {
    const state = (name: string, inputs: object): object => ({
      urn: `urn:pulumi:dev::demo::a:b:C::${name}`,
      type: "a:b:C",
      custom: true,
      inputs,
    });
    const steps = [
      { op: "create-replacement", newState: state("x", { v: 2 }), oldState: state("x", { v: 1 }) },
      { op: "replace", newState: state("x", { v: 2 }), oldState: state("x", { v: 1 }) },
      { op: "delete", oldState: state("gone", { v: 1 }) },
      { op: "delete-replaced", oldState: state("x", { v: 1 }) },
    ];
    const read = await readStdin(JSON.stringify({ steps }));
    expect(read.plan.resources.map(({ name, operation, inputs }) => [name, operation, inputs])).toEqual([
      ["x", "replace", { v: 2 }],
      ["gone", "delete", { v: 1 }],
    ]);
    expect(new World(read.plan).resources.map(({ name }) => name)).toEqual(["x"]);
  });
});

describe("pulumi stack export", () => {
  test.each(["state.json", "state-4.json"])("%s gives the resources, and no ciphertext", async (name) => {
    const read = await readInputs([golden(name)]);
    expect(lines(read)).toEqual([]);
    expect(read.inputs[0]).toMatchObject({ kind: "pulumi-state", resources: 5 });
    const a = resource(read, A);
    expect(a.inputs["pw"]).toEqual(new Secret(new Unknown()));
    expect(a.outputs).toMatchObject({ id: "p-first", arn: "arn:x:first" });
    expect(read.plan.stackOutputs).toMatchObject({ out: "arn:x:second" });
    expect(writePlan(read.plan)).not.toMatch(/v1:|ciphertext|4dabf181/);
  });

  test("has plain strings where an output was used: the world finds the resource", async () => {
    const read = await readInputs([golden("state.json")]);
    const world = new World(read.plan);
    const b = resource(read, B);
    expect(world.resolve(b, world.inputsOf(b).at("from")).map(({ urn }) => urn)).toEqual([A]);
  });

  test("with secrets shown gives them to rules and to nobody else", async () => {
    const read = await readInputs([golden("state-show-secrets.json")]);
    const secret = resource(read, A).inputs["pw"];
    expect(secret instanceof Secret && secret.reveal()).toBe("hunter2-top");
    expect(JSON.stringify(read)).not.toContain("hunter2");
  });

  test("leaves out what waits to be deleted, and hides a Secret's content that nobody marked", async () => {
    const urn = (name: string): string => `urn:pulumi:dev::demo::kubernetes:core/v1:Secret::${name}`;
    const state = (name: string, more: object): object => ({
      urn: urn(name),
      type: "kubernetes:core/v1:Secret",
      custom: true,
      ...more,
    });
    const resources = [state("a", { delete: true }), state("b", { inputs: { stringData: { pw: "hunter2" } } })];
    const read = await readStdin(JSON.stringify({ version: 3, deployment: { resources } }));
    expect(read.plan.resources.map(({ name, inputs }) => [name, inputs])).toEqual([
      ["b", { stringData: { pw: new Secret("hunter2") } }],
    ]);
    expect(JSON.stringify(read.plan)).not.toContain("hunter2");
  });

  test("of a version that we do not know is refused", async () => {
    expect(lines(await readStdin('{"version": 5, "deployment": {}}'))).toEqual([
      "'version' must be 3 or 4, got 5. Export the state with a current Pulumi",
    ]);
  });
});

describe("an event log", () => {
  test("gives the resources, and nothing of its debug messages", async () => {
    expect(text("events.json")).toContain("hunter2");
    const read = await readInputs([], { eventLog: golden("events.json") });
    expect(read.inputs).toEqual([{ path: golden("events.json"), kind: "event-log", resources: 5 }]);
    expect(resource(read, A).inputs).toEqual({ name: "first", pw: new Secret(new Unknown()) });
    expect(resource(read, B).inputs["from"]).toEqual(new Unknown());
    expect(read.warnings).toEqual([
      "an event log does not tell which outputs a value is made of: 'pulumi preview --json' does",
    ]);
    expect(JSON.stringify(read)).not.toContain("hunter2");
  });

  test("counts less than a preview beside it", async () => {
    const read = await readInputs([golden("preview.json")], { eventLog: golden("events.json") });
    expect(resource(read, B).dependencies).toEqual([A]);
    expect(read.warnings.at(-1)).toBe(
      `4 resources are in both '${golden("events.json")}' and '${golden("preview.json")}': those of the last count`,
    );
  });

  test("must be one", async () => {
    expect(lines(await readInputs([], { eventLog: golden("state.json") }))).toEqual([
      "must be an event log, got a file of kind 'pulumi-state'. Give what 'pulumi preview --event-log' wrote",
    ]);
  });
});

describe("a saved plan", () => {
  test("comes back as it was saved, and mixes with files", async () => {
    const { plan } = await readInputs([golden("preview.json")]);
    const read = await readInputs([file("plan.json", writePlan(plan)), file("pod.yaml", POD)]);
    expect(lines(read)).toEqual([]);
    expect(read.inputs.map(({ kind }) => kind)).toEqual(["ringfence-plan", "kubernetes-yaml"]);
    expect(writePlan({ ...read.plan, resources: read.plan.resources.slice(0, 4) })).toBe(writePlan(plan));
    expect(read.plan.resources.at(-1)?.type).toBe("kubernetes:core/v1:Pod");
  });

  test.each([
    [
      '{"format": "ringfence.plan/9", "resources": []}',
      "'format' must be 'ringfence.plan/1', got 'ringfence.plan/9'. Save the plan again with this release",
    ],
    ['{"format": "ringfence.plan/1"}', "is a damaged plan. Save it again with 'ringfence preview --save'"],
    [
      '{"format": "ringfence.plan/1", "resources": [null]}',
      "is a damaged plan. Save it again with 'ringfence preview --save'",
    ],
    [
      '{"format": "ringfence.plan/1", "resources": [{"urn": "u", "type": "t", "name": "n", "inputs": {"a": {"$ref": null}}}]}',
      "is a damaged plan. Save it again with 'ringfence preview --save'",
    ],
  ])("that is damaged is a problem: %s", async (content, problem) => {
    expect(lines(await readStdin(content))).toEqual([problem]);
  });
});

/** The tables that lead from other forms of AWS resources to the classic one, and the way back for paths. */
import { readFileSync } from "node:fs";
import type { PlannedObject, PlannedResource, PlannedValue, Urn } from "../../plan/model/index.js";
import { Ref, Secret, Unknown } from "../../plan/model/index.js";
import { FORMER } from "../../plan/world/aws-forms/former.js";
import type { ClassicPart, Form } from "../../plan/world/aws-forms/form.js";
import type { Move } from "../../plan/world/aws-forms/moves.js";
import { moved, originalPath } from "../../plan/world/aws-forms/moves.js";
import { NATIVE_EC2 } from "../../plan/world/aws-forms/native/ec2.js";
import { NATIVE_EKS } from "../../plan/world/aws-forms/native/eks.js";
import { NATIVE_IAM } from "../../plan/world/aws-forms/native/iam.js";
import { NATIVE_STORAGE } from "../../plan/world/aws-forms/native/storage.js";
import { joinSteps, splitPath } from "../../plan/model/index.js";
import { classicToken, Cursor, World } from "../../plan/world/index.js";

const FORMS: Readonly<Record<string, Form>> = {
  ...FORMER,
  ...NATIVE_EC2,
  ...NATIVE_EKS,
  ...NATIVE_IAM,
  ...NATIVE_STORAGE,
};

/** Each shape of each form, those of its parts included. */
const SHAPES = Object.entries(FORMS).flatMap(([token, form]) =>
  [form, ...(form.parts ?? []).map(ofFirst)].map((shape) => [`${token} as ${shape.type}`, shape] as const),
);

/** A part as it is for the first item that it is made from. */
function ofFirst(part: ClassicPart): ClassicPart {
  if (!part.of.endsWith("[]")) return part;
  return { ...part, moves: part.moves.map((move) => ({ ...move, from: move.from.replace("[]", "[0]") })) };
}

/** A value at a path; every list on the way has one item. */
function valueAt(path: string, value: PlannedValue): PlannedValue {
  return [...splitPath(path.replaceAll("[]", "[0]"))]
    .reverse()
    .reduce<PlannedValue>((inner, step) => (typeof step === "number" ? [inner] : { [step]: inner }), value);
}

test.each(SHAPES)("%s has inputs that the SDK knows", (_, { type, moves }) => {
  const [, module = "", file = ""] = /^aws:([^/]+)\/([^:]+):/.exec(type) ?? [];
  const source = readFileSync(require.resolve(`@pulumi/aws/${module}/${file}`), "utf8");
  expect(source).toContain(`__pulumiType = '${type}'`);
  for (const { to } of moves) {
    const input = String(splitPath(to)[0]);
    expect([input, source.includes(`resourceInputs["${input}"]`)]).toEqual([input, true]);
  }
});

test.each(SHAPES)("%s moves each value, and finds the way back", (_, { moves }) => {
  for (const move of moves.filter(({ when, as }) => when === undefined && as === undefined)) {
    const inputs = valueAt(move.from, "here") as PlannedObject;
    const [from, to] = [move.from, move.to].map((path) => path.replaceAll("[]", "[0]"));
    const classic = new Cursor(moved(inputs, [move], true));
    expect([to, classic.at(...splitPath(to ?? "")).value]).toEqual([to, "here"]);
    expect([to, originalPath(to ?? "", moves, inputs)]).toEqual([to, from]);
    expect(originalPath(`${to ?? ""}.deeper[3]`, moves, inputs)).toBe(`${from ?? ""}.deeper[3]`);
  }
});

describe("moves", () => {
  const MOVES: readonly Move[] = [
    { to: "rules[].blocks[0]", from: "ruleList[].block" },
    { to: "rules[].ports[].from", from: "ruleList[].ranges[].start" },
    { to: "config", from: "settings.inner" },
  ];

  test("take items as they come, and leave the rest", () => {
    const inputs = { ruleList: [{ block: "a" }, { ranges: [{ start: 1 }, { start: 2 }] }], name: "x" };
    expect(moved(inputs, MOVES, false)).toEqual({
      name: "x",
      rules: [{ blocks: ["a"] }, { ports: [{ from: 1 }, { from: 2 }] }],
    });
  });

  test.each([
    ["rules", "ruleList"],
    ["rules[1]", "ruleList[1]"],
    ["rules[1].blocks", "ruleList[1].block"],
    ["rules[1].ports[2].from", "ruleList[1].ranges[2].start"],
    ["rules[1].ports[2]", "ruleList[1].ranges[2]"],
    ["config.a", "settings.inner.a"],
    ["config", "settings.inner"],
    ["name", "name"],
    ["", ""],
    ['tags["a.b"]', 'tags["a.b"]'],
  ])("'%s' is '%s' in the plan", (path, original) => {
    expect(originalPath(path, MOVES, {})).toBe(original);
  });

  test("what nobody knows stays unknown, a reference stays one, and a secret stays wrapped", () => {
    const list = new Unknown("list");
    const ref = new Ref("urn:a" as Urn, "id");
    expect(moved({ ruleList: list }, MOVES, true)).toEqual({ rules: list });
    expect(moved({ settings: { inner: ref } }, MOVES, true)).toEqual({ config: ref });
    const hidden = moved({ settings: new Secret({ inner: "word" }) }, MOVES, true)["config"];
    expect(hidden).toBeInstanceOf(Secret);
    expect(JSON.stringify(hidden)).not.toContain("word");
  });

  test("never change the inputs of the plan", () => {
    const inputs = Object.freeze({ settings: Object.freeze({ inner: Object.freeze({ a: 1 }) }), name: "x" });
    expect(moved(inputs, [...MOVES, { to: "config.b", from: "name" }], false)).toEqual({ config: { a: 1, b: "x" } });
  });
});

test("paths are read as they are written", () => {
  for (const path of ["a", "a.b[0].c", 'a["b.c"][1]', "a[0][1]"]) expect(joinSteps(splitPath(path))).toBe(path);
});

describe("the world", () => {
  const resource = (type: string, inputs: PlannedObject): PlannedResource => ({
    urn: `urn:pulumi:dev::test::${type}::it` as Urn,
    type,
    name: "it",
    custom: true,
    inputs,
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    aliases: [],
    options: {},
  });
  const worldOf = (...resources: readonly PlannedResource[]) =>
    new World({ project: "p", stack: "s", resources, stackOutputs: {}, notEvaluated: [], warnings: [] });

  test("finds a resource once, by any of its tokens, and gives it back as the plan has it", () => {
    const planned = resource("aws:alb/listener:Listener", { port: 80 });
    const world = worldOf(planned);
    const types = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];
    expect(world.ofType(...types).map((r) => r.type)).toEqual(["aws:lb/listener:Listener"]);
    expect(world.ofType(...types).map((r) => world.plannedAt(r, "port"))).toEqual([
      { resource: planned, path: "port" },
    ]);
    expect(classicToken("aws:elasticloadbalancing/loadBalancer:LoadBalancer")).toBe(
      "aws:elb/loadBalancer:LoadBalancer",
    );
  });

  test("gives what a native resource holds as the resources that it is in the classic form", () => {
    const planned = resource("aws-native:s3:Bucket", {
      bucketName: "votes",
      ownershipControls: { rules: [{ objectOwnership: "ObjectWriter" }] },
    });
    const world = worldOf(planned);
    const [controls] = world.ofType("aws:s3/bucketOwnershipControls:BucketOwnershipControls");
    const [bucket] = world.ofType("aws:s3/bucket:Bucket");
    if (controls === undefined || bucket === undefined) throw new Error("both are there");
    expect(world.resolve(controls, world.inputsOf(controls).at("bucket"))).toEqual([bucket]);
    expect(world.plannedAt(controls, "rule.objectOwnership")).toEqual({
      resource: planned,
      path: "ownershipControls.rules[0].objectOwnership",
    });
    expect(world.plannedAt(controls, "")).toEqual({ resource: planned, path: "ownershipControls" });
  });

  test("leaves what is classic as it is", () => {
    const planned = resource("aws:ec2/vpc:Vpc", {});
    expect(worldOf(planned).resources).toEqual([planned]);
    expect(worldOf(planned).resources[0]).toBe(planned);
  });
});

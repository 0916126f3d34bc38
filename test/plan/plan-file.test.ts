import fc from "fast-check";
import type { Plan, PlannedValue, Urn } from "../../plan/index.js";
import {
  Concat,
  decode,
  decodeKey,
  encode,
  encodeKey,
  JsonText,
  readPlan,
  Ref,
  renderPlanned,
  Secret,
  toPlainJson,
  Unknown,
  writePlan,
} from "../../plan/index.js";

const urn = "urn:pulumi:dev::p::aws:kms/key:Key::secrets" as Urn;

const leaf: fc.Arbitrary<PlannedValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.string(),
  fc.string().map((output) => new Ref(urn, output)),
  fc.tuple(fc.string(), fc.string()).map((cut) => new Ref(urn, "arn", cut)),
  fc.constantFrom("any", "string", "number", "boolean", "list", "object").map((type) => new Unknown(type, [urn])),
  fc.string().map((text) => new Concat([text, new Ref(urn, "arn")])),
);
const key = fc.oneof(fc.string(), fc.constantFrom("$ref", "$secret", "$$x", "$json")).filter((k) => k !== "__proto__");
const { value } = fc.letrec<{ value: PlannedValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value")),
    fc.dictionary(key, tie("value")),
    tie("value").map((document) => new JsonText(document)),
  ),
}));

test("every value comes back from its saved form", () => {
  fc.assert(
    fc.property(value, (v) => {
      expect(decode(JSON.parse(JSON.stringify(encode(v))) as never)).toEqual(v);
    }),
  );
});

test("a secret leaves nothing of itself behind, however deep", () => {
  fc.assert(
    fc.property(fc.uuid(), (hidden) => {
      const planned: PlannedValue = { a: [new Secret({ password: hidden })] };
      const shown = [
        JSON.stringify(encode(planned)),
        JSON.stringify(planned),
        renderPlanned(planned),
        JSON.stringify(toPlainJson(planned)),
      ];
      expect(shown.join()).not.toContain(hidden);
      expect(shown[0]).toBe('{"a":[{"$secret":true}]}');
      expect(shown[2]).toBe('{"a":["[secret]"]}');
    }),
  );
});

test("keys with references in them come back", () => {
  const parts = [new Ref(urn, "issuer", ["https://", ""]), ":sub"];
  expect(decodeKey(encodeKey(parts))).toEqual(parts);
  expect(decodeKey("aws:SourceArn")).toEqual(["aws:SourceArn"]);
});

const plan: Plan = {
  project: "p",
  stack: "dev",
  resources: ["b", "a"].map((name) => ({
    urn: `urn:pulumi:dev::p::aws:sns/topic:Topic::${name}` as Urn,
    type: "aws:sns/topic:Topic",
    name,
    custom: true,
    inputs: { displayName: new Ref(urn, "arn") },
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    aliases: [],
    options: {},
  })),
  stackOutputs: { token: new Secret("x") },
  notEvaluated: [],
  warnings: [],
};

test("a saved plan is sorted by URN and comes back", () => {
  const text = writePlan(plan);
  const back = readPlan(text, "plan.json");
  expect(back.resources.map((r) => r.name)).toEqual(["a", "b"]);
  expect(back.resources[0]?.inputs).toEqual({ displayName: new Ref(urn, "arn") });
  expect(writePlan(back)).toBe(text);
});

test.each([
  ["{", "'plan.json' is not JSON"],
  ["[]", "'format' must be 'ringfence.plan/1', got nothing. Give a file that `ringfence preview --save` wrote"],
  ['{"format":"ringfence.plan/2","resources":[]}', "'format' must be 'ringfence.plan/1', got 'ringfence.plan/2'"],
])("what is no plan is refused: %s", (text, message) => {
  expect(() => readPlan(text, "plan.json")).toThrow(message);
});

test.each<[PlannedValue, string]>([
  [new Ref(urn, "arn"), "<arn of key secrets>"],
  [new Concat(["https://", new Ref(urn, "arn"), "/x"]), "https://<arn of key secrets>/x"],
  [new Unknown(), "[unknown]"],
  ["text", "text"],
  [{ a: new Ref(urn, "id") }, '{"a":"<id of key secrets>"}'],
])("a person reads %j as %s", (planned, text) => {
  expect(renderPlanned(planned)).toBe(text);
});

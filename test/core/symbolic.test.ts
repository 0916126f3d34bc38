import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { findFragments, FRAGMENT_LENGTH, fragmentOf, isSymbolic } from "../../core/symbolic.js";

const urn = fc.string({ minLength: 1 });

test("a fragment is found in any text around it, in any letter case", () => {
  fc.assert(
    fc.property(urn, urn, fc.string(), fc.string(), fc.boolean(), (u, property, before, after, upper) => {
      const fragment = fragmentOf(u, property);
      expect(fragment).toMatch(/^[0-9a-f]{12}$/);
      const text = before + (upper ? fragment.toUpperCase() : fragment) + after;
      expect(findFragments(text)).toContainEqual({ fragment, index: before.length });
      expect(isSymbolic({ deep: [text] })).toBe(true);
    }),
  );
});

test("a fragment with other hexadecimal digits on both sides is found too", () => {
  const fragment = fragmentOf("urn", "id");
  expect(findFragments(`vpc-00000${fragment}abc`)).toContainEqual({ fragment, index: 9 });
});

test("each output has a fragment of its own, and a second one where two collide", () => {
  const fragments = ["a", "b"].flatMap((u) =>
    ["id", "arn"].flatMap((p) => [0, 1].map((attempt) => fragmentOf(u, p, attempt))),
  );
  expect(new Set(fragments).size).toBe(8);
});

test("the codec is versioned: these digits never change within version 1", () => {
  expect(fragmentOf("urn:pulumi:dev::test::aws:sns/topic:Topic::t", "arn")).toBe("f5fa42adc62c");
});

test("few real values pass for symbolic", () => {
  const uuids = Array.from({ length: 2_000 }, () => randomUUID());
  expect(uuids.filter(isSymbolic).length).toBeLessThan(5);
  expect(
    [null, 7, true, "", "arn:aws:iam::111122223333:role/platform", "x".repeat(FRAGMENT_LENGTH)].some(isSymbolic),
  ).toBe(false);
});

test("a value that contains itself, and a resource, come to an end", () => {
  const loop: Record<string, unknown> = { name: "x" };
  loop["self"] = loop;
  expect(isSymbolic(loop)).toBe(false);
  class Resource {
    readonly parent = this;
    readonly id = fragmentOf("urn", "id");
  }
  expect(isSymbolic(new Resource())).toBe(false);
});

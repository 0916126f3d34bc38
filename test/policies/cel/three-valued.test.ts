/**
 * Whatever an expression says of an object with unknowns in it, it says of the object with any values in their place: an
 * unknown never passes or fails by itself.
 */
import fc from "fast-check";
import { CelLanguage } from "../../../policies/cel/expression.js";
import type { CelAnswer } from "../../../policies/cel/expression.js";

import { unresolved, valueOf } from "../../../policies/examples.js";
import type { ExampleObject, ExampleValue } from "../../../policies/index.js";
import type { PlannedObject } from "../../../plan/model/index.js";

const language = new CelLanguage();

/** A condition over fields that are there and fields that may be unknown. */
const condition: fc.Arbitrary<string> = fc.letrec<{ any: string; atom: string }>((tie) => ({
  atom: fc.constantFrom(
    "object.a",
    "object.b == 'x'",
    "object.n > 1",
    "has(object.b)",
    "'b' in object",
    "size(object.list) == 2",
    "object.list[0] == 'x'",
    "'x' in object.list",
    "object.list.all(i, i == 'x')",
    "object.list.exists(i, i == 'x' || object.a)",
    "object.map == {'k': 'x'}",
    "{'k': 'x'} == object.map",
    "object.map.all(k, object.map[k] == 'x')",
    "object.list.map(i, i) == ['x', 'x']",
    "object.map.k == 'x'",
  ),
  any: fc.oneof(
    { maxDepth: 3 },
    tie("atom"),
    fc.tuple(tie("any"), tie("any")).map(([l, r]) => `(${l} && ${r})`),
    fc.tuple(tie("any"), tie("any")).map(([l, r]) => `(${l} || ${r})`),
    tie("any").map((inner) => `!(${inner})`),
    fc.tuple(tie("any"), tie("any"), tie("any")).map(([c, t, f]) => `(${c} ? ${t} : ${f})`),
  ),
})).any;

const text = fc.constantFrom("x", "y");

/** Values, and which of them are unknown. */
const object = fc.record({
  a: fc.boolean(),
  b: text,
  n: fc.integer({ min: 0, max: 3 }),
  list: fc.tuple(text, text),
  k: text,
});
const late = fc.record({ a: fc.boolean(), b: fc.boolean(), n: fc.boolean(), list: fc.boolean(), k: fc.boolean() });

type Values = typeof object extends fc.Arbitrary<infer T> ? T : never;
type Late = typeof late extends fc.Arbitrary<infer T> ? T : never;

function objectOf({ a, b, n, list, k }: Values, isLate: Partial<Late>): PlannedObject {
  const or = (unknown: boolean | undefined, value: ExampleValue): ExampleValue =>
    unknown === true ? unresolved() : value;
  const example: ExampleObject = {
    a: or(isLate.a, a),
    b: or(isLate.b, b),
    n: or(isLate.n, n),
    list: [list[0], or(isLate.list, list[1])],
    map: { k: or(isLate.k, k) },
  };
  return valueOf(example, () => "" as never) as PlannedObject;
}

function ask(expression: string, planned: PlannedObject): CelAnswer {
  const compiled = language.compile(expression, ["object"]);
  if (typeof compiled !== "function") throw new TypeError(compiled.message);
  return compiled({ object: language.values.reveal.variable(planned) });
}

test("an answer with unknowns holds for every value in their place", () => {
  fc.assert(
    fc.property(condition, object, object, late, (expression, one, other, isLate) => {
      const answer = ask(expression, objectOf(one, isLate));
      fc.pre(answer.kind === "value");
      const replaced = {
        a: isLate.a ? other.a : one.a,
        b: isLate.b ? other.b : one.b,
        n: isLate.n ? other.n : one.n,
        list: [one.list[0], isLate.list ? other.list[1] : one.list[1]] as Values["list"],
        k: isLate.k ? other.k : one.k,
      };
      expect([expression, ask(expression, objectOf(replaced, {}))]).toEqual([expression, answer]);
    }),
    { numRuns: 200, seed: 20261121 },
  );
});

test("without unknowns there is always an answer", () => {
  fc.assert(
    fc.property(condition, object, (expression, values) => {
      expect([expression, ask(expression, objectOf(values, {})).kind]).toEqual([expression, "value"]);
    }),
    { numRuns: 100, seed: 20261121 },
  );
});

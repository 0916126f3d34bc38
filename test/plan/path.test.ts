import fc from "fast-check";
import { joinPath, splitPath } from "../../plan/model/index.js";

describe("the steps of a property path", () => {
  it.each([
    ["", []],
    ["spec", ["spec"]],
    ["spec.containers[0].image", ["spec", "containers", 0, "image"]],
    ["[2][3]", [2, 3]],
    ['metadata.annotations["a.b/c[0]"].x', ["metadata", "annotations", "a.b/c[0]", "x"]],
    ['data["a"]b"]["c"]', ["data", 'a"]b', "c"]],
    ['data["line\nbreak"]', ["data", "line\nbreak"]],
    ['data[""]', ["data", ""]],
  ])("%j has the steps %j", (path, steps) => {
    expect(splitPath(path)).toEqual(steps);
  });

  it("are what joinPath joined, for keys without a quote", () => {
    const key = fc.string().filter((text) => !text.includes('"'));
    fc.assert(
      fc.property(fc.array(fc.oneof(key, fc.nat(99)), { maxLength: 6 }), (steps) => {
        const path = steps.reduce<string>(
          (before, step) => (typeof step === "number" ? `${before}[${step}]` : joinPath(before, step)),
          "",
        );
        expect(splitPath(path)).toEqual(steps);
      }),
    );
  });
});

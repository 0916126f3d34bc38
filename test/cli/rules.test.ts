import { readFileSync } from "node:fs";
import { RULES, SETS } from "../../policies/index.js";
import type { RulesDocument } from "../../report/rules.js";
import { ringfence, RULE, scratch } from "./support.js";

const folder = scratch();
afterAll(folder.remove);

describe("ringfence rules", () => {
  it("lists every rule", async () => {
    const { code, out, err } = await ringfence(["rules"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const { id } of RULES) expect(out).toContain(` ${id}\n`);
  });

  it("tells the story of the rules named, and of no other", async () => {
    const { out } = await ringfence(["rules", RULE]);
    expect(out).toMatch(new RegExp(`^${RULE} \\(high · cloud · since 0.1.0 · sets: default`));
    for (const heading of ["\nWhy\n", "\nHow to fix it\n", "\nFails: ", "\nPasses: "]) expect(out).toContain(heading);
    expect(out).not.toContain("pod-no-privileged");
  });

  it("prints the same as JSON", async () => {
    const document = JSON.parse((await ringfence(["rules", RULE, "--format", "json"])).out) as RulesDocument;
    expect(document.format).toBe("ringfence.rules/1");
    expect(document.rules.map((r) => r.id)).toEqual([RULE]);
  });

  it("lists the rules of a set", async () => {
    const document = JSON.parse(
      (await ringfence(["rules", "--set", "cross-ring", "--format", "json"])).out,
    ) as RulesDocument;
    const [set] = SETS.filter(({ id }) => id === "cross-ring");
    expect(document.rules.map((r) => r.id).sort()).toEqual([...(set?.rules ?? [])].sort());
  });

  it("writes a file when asked", async () => {
    const { out } = await ringfence(["rules", "--format", "json", "--output", folder.path("rules.json")]);
    expect(out).toBe("");
    expect(JSON.parse(readFileSync(folder.path("rules.json"), "utf8"))).toMatchObject({ format: "ringfence.rules/1" });
  });

  it("is coloured when asked", async () => {
    expect((await ringfence(["rules", "--color", "always"])).out).toContain("\u001b[");
    expect((await ringfence(["rules"])).out).not.toContain("\u001b[");
  });
});

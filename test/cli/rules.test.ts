import { readFileSync, writeFileSync } from "node:fs";
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

  it("lists rules and sets of one's own, and tells their story", async () => {
    writeFileSync(
      folder.path("shop.yaml"),
      `rules:
  - id: shop-team-label
    title: every workload names its team
    ring: container
    severity: medium
    rationale: Somebody has to answer at night.
    remediation: "metadata: { labels: { team: payments } }"
    match: { workloads: true }
    expression: has(object.metadata.labels)
    examples:
      fail: [{ title: no label, object: { apiVersion: v1, kind: Pod, metadata: { name: a } } }]
      pass: [{ title: one, object: { apiVersion: v1, kind: Pod, metadata: { name: a, labels: { a: b } } } }]
`,
    );
    const config = folder.path("ringfence.config.yaml");
    writeFileSync(
      config,
      "ownRules: [shop.yaml]\nownSets: { shop: { rules: [shop-team-label, pod-no-privileged] } }\n",
    );
    const list = await ringfence(["rules", "--config-file", config]);
    expect([list.code, list.err]).toEqual([0, ""]);
    expect(list.out).toContain(" shop-team-label\n");
    expect(list.out).toContain("  shop (your own, 2 rules): shop\n");
    const story = await ringfence(["rules", "shop-team-label", "--config-file", config]);
    expect(story.out).toMatch(/^shop-team-label \(medium · container · your own · sets: shop\)\n/);
    expect(story.out).toContain("Fails: no label");
    const idsOf = async (set: string) =>
      (
        JSON.parse(
          (await ringfence(["rules", "--set", set, "--config-file", config, "--format", "json"])).out,
        ) as RulesDocument
      ).rules.map(({ id }) => id);
    expect((await idsOf("shop")).sort()).toEqual(["pod-no-privileged", "shop-team-label"]);
    expect(await idsOf("cross-ring")).not.toContain("shop-team-label");
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

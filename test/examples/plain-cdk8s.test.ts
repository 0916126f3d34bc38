/** Applications of other shapes, in a plain cdk8s app: they synthesize, are valid, and no rule finds anything. */
import { Chart } from "cdk8s";
import { platformApp } from "../../examples/plain-cdk8s/index.js";
import { readInputs } from "../../plan/index.js";
import { judge } from "../../policies/index.js";
import { schemaProblems } from "../constructs/schema.js";
import type { Manifest } from "../constructs/synth.js";

const charts = platformApp().node.children.filter((child): child is Chart => child instanceof Chart);
const manifestsOf = (name: string): readonly Manifest[] =>
  charts.filter(({ node }) => node.id === name).flatMap((chart) => chart.toJson() as readonly Manifest[]);

describe.each(["batch-pipeline", "replicated-store", "team-platform"])("examples/%s", (name) => {
  const manifests = manifestsOf(name);

  test("is valid for Kubernetes 1.36", () => {
    expect(manifests.length).toBeGreaterThan(10);
    expect(manifests.flatMap((manifest) => schemaProblems(manifest, "1.36"))).toEqual([]);
  });

  test("has no finding at severity low or above", async () => {
    const text = manifests.map((manifest) => JSON.stringify(manifest)).join("\n---\n");
    const { plan, problems } = await readInputs(["-"], { stdin: [text] as unknown as AsyncIterable<string> });
    expect(problems).toEqual([]);
    const { findings } = judge(plan, { today: new Date("2026-11-21"), kubernetesVersion: "1.36" });
    const lines = findings
      .filter(({ verdict, rule }) => verdict === "fail" && rule.severity !== "info")
      .map(({ rule, resource, path }) => `${rule.severity} ${rule.id} ${resource.name} ${path}`);
    expect(lines).toEqual([]);
  });
});

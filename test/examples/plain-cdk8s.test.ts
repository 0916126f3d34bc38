/** Applications of other shapes, in a plain cdk8s app: they synthesize, are valid, and no rule finds anything. */
import { Chart } from "cdk8s";
import { platformApp } from "../../examples/plain-cdk8s/index.js";
import { readInputs } from "../../plan/index.js";
import { judge } from "../../policies/index.js";
import { HardenedDeployment, HardenedNamespace, NetworkEngine } from "../../constructs/index.js";
import { schemaProblems } from "../constructs/schema.js";
import { IMAGE, synth } from "../constructs/synth.js";
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
    expect(await findingsOf(manifests)).toEqual([]);
  });
});

test.each([
  ["Cilium", NetworkEngine.cilium()],
  ["Calico", NetworkEngine.calico()],
])("workloads whose policies are those of %s have no finding either", async (_, networkEngine) => {
  const manifests = synth((chart) => {
    const shop = new HardenedNamespace(chart, "shop", { networkEngine });
    const web = new HardenedDeployment(shop, "web", { image: IMAGE });
    web.allowTo(new HardenedDeployment(shop, "api", { image: IMAGE, ports: { http: 8080 } }));
  });
  expect(await findingsOf(manifests)).toEqual([]);
});

/** What the rules of the default set find at severity low or above, one line each. */
async function findingsOf(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const text = manifests.map((manifest) => JSON.stringify(manifest)).join("\n---\n");
  const { plan, problems } = await readInputs(["-"], { stdin: [text] as unknown as AsyncIterable<string> });
  expect(problems).toEqual([]);
  const { findings } = judge(plan, { today: new Date("2026-11-21"), kubernetesVersion: "1.36" });
  return findings
    .filter(({ rule }) => rule.severity !== "info")
    .map(({ verdict, rule, resource, path }) => `${verdict} ${rule.severity} ${rule.id} ${resource.name} ${path}`);
}

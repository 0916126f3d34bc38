import { ApiObject, App, Chart } from "cdk8s";
import { HardenedDeployment, HardenedNamespace, Persona } from "../../constructs/index.js";
import { IMAGE } from "./synth.js";

/** What each object waits for, as `Kind name`, by the dependencies that synthesis leaves on it. */
function dependencies(build: (chart: Chart) => void): ReadonlyMap<string, readonly string[]> {
  const chart = new Chart(new App(), "app");
  build(chart);
  chart.toJson();
  const objects = chart.node.findAll().filter((c) => ApiObject.isApiObject(c));
  const label = (object: ApiObject): string => `${object.kind} ${object.name}`;
  return new Map(
    objects.map((object) => [
      label(object),
      object.node.dependencies
        .filter((d) => ApiObject.isApiObject(d))
        .map(label)
        .sort(),
    ]),
  );
}

test("everything in a namespace waits for it, and pods wait for all that guards them", () => {
  const waits = dependencies((chart) => {
    new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", { image: IMAGE });
  });
  expect(waits.get("Namespace shop")).toEqual([]);
  expect(waits.get("NetworkPolicy default-deny")).toEqual(["Namespace shop"]);
  expect(waits.get("Deployment api")).toEqual([
    "LimitRange container-defaults",
    "Namespace shop",
    "NetworkPolicy allow-dns",
    "NetworkPolicy api",
    "NetworkPolicy default-deny",
    "ResourceQuota namespace-quota",
    "ServiceAccount api",
    "ServiceAccount default",
  ]);
});

test("the binding of a persona waits for the namespace, not for what runs in it", () => {
  const waits = dependencies((chart) => {
    const ns = new HardenedNamespace(chart, "shop");
    new HardenedDeployment(ns, "api", { image: IMAGE });
    new Persona(chart, "viewer", { persona: "viewer", namespaces: [ns] });
  });
  expect(waits.get("RoleBinding ringfence-viewer")).toEqual(["Namespace shop"]);
});

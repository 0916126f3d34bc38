import { Deployment, Protocol } from "cdk8s-plus-28";
import { AdoptedPods, HardenedDeployment, HardenedNamespace } from "../../constructs/index.js";
import { IMAGE, only, problems, synth } from "./synth.js";

describe("AdoptedPods", () => {
  test("a Deployment of cdk8s-plus inside a HardenedNamespace is a peer with both ends", () => {
    let labels: Readonly<Record<string, string>> = {};
    const manifests = synth((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const search = new Deployment(ns, "search", {
        metadata: { name: "search", namespace: ns.name },
        containers: [
          {
            image: IMAGE,
            ports: [{ number: 9200 }, { number: 9300, protocol: Protocol.UDP }],
          },
        ],
      });
      const adopted = AdoptedPods.of(ns, "search-pods", search);
      labels = search.matchLabels;
      new HardenedDeployment(ns, "api", { image: IMAGE }).allowTo(adopted);
    });
    const ports = [
      { port: 9200, protocol: "TCP" },
      { port: 9300, protocol: "UDP" },
    ];
    expect(Object.keys(labels)).toEqual(["cdk8s.io/metadata.addr"]);
    expect(only(manifests, "NetworkPolicy", "search-pods")).toMatchObject({
      metadata: { namespace: "shop" },
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": "api" } } }], ports }],
      },
    });
    expect(only(manifests, "NetworkPolicy", "api")["spec"]).toMatchObject({
      egress: [{ to: [{ podSelector: { matchLabels: labels } }], ports }],
    });
    expect(only(manifests, "Deployment", "search")["spec"]).toMatchObject({ template: { metadata: { labels } } });
  });

  test("pods of anything else are named by their labels", () => {
    const manifests = synth((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const chartPods = new AdoptedPods(ns, "queue", { labels: { app: "queue" }, ports: [5672] });
      chartPods.allowFrom(new HardenedDeployment(ns, "api", { image: IMAGE }));
    });
    expect(only(manifests, "NetworkPolicy", "queue")["spec"]).toMatchObject({
      podSelector: { matchLabels: { app: "queue" } },
      ingress: [{ ports: [{ port: 5672, protocol: "TCP" }] }],
    });
  });

  test("no labels would be all pods of the namespace", () => {
    expect(problems((chart) => new AdoptedPods(new HardenedNamespace(chart, "shop"), "queue", { labels: {} }))).toEqual(
      ["'labels' must hold at least one label, got {}. Give a label that only these pods carry"],
    );
  });
});

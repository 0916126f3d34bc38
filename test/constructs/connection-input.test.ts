import { App, Chart } from "cdk8s";
import { AdoptedPods, HardenedDeployment, HardenedNamespace, Peer, Port } from "../../constructs/index.js";
import { IMAGE, problems } from "./synth.js";

describe("bad input of connections", () => {
  test("a workload of another app has no policy here", () => {
    const elsewhere = new HardenedDeployment(new HardenedNamespace(new Chart(new App(), "billing"), "billing"), "api", {
      image: IMAGE,
      ports: { http: 8080 },
    });
    const told = problems((chart) => {
      new HardenedDeployment(new HardenedNamespace(chart, "shop"), "web", { image: IMAGE }).allowTo(elsewhere);
    });
    expect(told).toEqual([
      `'allowTo(api)' must be a workload of the same app, or a Peer, got 'billing/billing/api'. Say Peer.pods({ namespace: 'billing', labels: {"app.kubernetes.io/name":"api"}, ports }) here, and the like in the other app`,
    ]);
  });

  test("a selector that matches no pod of a namespace whose pods are known", () => {
    const told = problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const web = new HardenedDeployment(ns, "web", {
        image: IMAGE,
        podLabels: { tier: "front" },
        ports: { http: 8080 },
      });
      const api = new HardenedDeployment(ns, "api", { image: IMAGE });
      api.allowTo(Peer.pods({ namespace: "shop", labels: { tier: "front" }, ports: [8080] }));
      web.allowFrom(Peer.pods({ namespace: "shop", labels: { tier: "back" } }));
      web.allowTo(Peer.pods({ namespace: "elsewhere", labels: { tier: "any" }, ports: [443] }));
    });
    expect(told).toEqual([
      `'allowFrom(shop/back)' must select pods of namespace 'shop' (web, api), got {"tier":"back"}. Correct the labels, connect the workload itself, or name pods that others make with AdoptedPods`,
    ]);
  });

  test("pods whose labels are not all known may match", () => {
    const told = problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      new AdoptedPods(ns, "chart", { labels: { app: "chart" } });
      const web = new HardenedDeployment(ns, "web", { image: IMAGE });
      web.allowTo(Peer.pods({ namespace: "shop", labels: { part: "of-the-chart" }, ports: [443] }));
    });
    expect(told).toEqual([]);
  });

  test("more ports of one peer than the VPC CNI keeps, in several connections", () => {
    const told = problems((chart) => {
      const ports = Object.fromEntries(Array.from({ length: 26 }, (_, i) => [`p${i}`, 8000 + i]));
      const ns = new HardenedNamespace(chart, "shop");
      const web = new HardenedDeployment(ns, "web", { image: IMAGE });
      const api = new HardenedDeployment(ns, "api", { image: IMAGE, ports });
      for (let i = 0; i < 25; i++) web.allowTo(api, 8000 + i);
    });
    const rule =
      "must have at most 24 ports in all its connections together, got 25. The VPC CNI drops the rest: use fewer";
    expect(told).toEqual([`'allowTo(api)' ${rule}`, `'allowFrom(web)' ${rule}`]);
  });

  test("paths of requests that are no expressions, and hosts that are no names", () => {
    const told = problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const web = new HardenedDeployment(ns, "web", { image: IMAGE });
      const api = new HardenedDeployment(ns, "api", { image: IMAGE, ports: { http: 8080 } });
      web.allowTo(api, Port.http(8080, { method: "GET", path: "orders(" }));
      web.allowTo(Peer.host("https://example.com", 443));
      web.allowTo(Peer.host("*.example.com"));
    });
    expect(told).toEqual(
      expect.arrayContaining([
        "'allowTo(api).ports' must permit HTTP paths by a regular expression that begins with '/', got 'orders('. Write it like '/orders/[0-9]+'",
        "'allowTo(https://example.com)' must be one full host name, got 'https://example.com'. Write it like 'vote.example.com', without '*'",
        "'allowTo(*.example.com)' must name at least one port, got nothing. Name the ports, or declare them on the server",
      ]),
    );
  });
});

import fc from "fast-check";
import { HardenedDeployment, HardenedNamespace, NetworkEngine, Peer, Port } from "../../constructs/index.js";
import { calico } from "./network/calico.js";
import { cilium } from "./network/cilium.js";
import { kubernetes } from "./network/kubernetes.js";
import { pod } from "./network/world.js";
import type { Endpoint, Evaluator, Flow } from "./network/world.js";
import { CONTRACT, IMAGE, only, problems, synth } from "./synth.js";
import type { Manifest } from "./synth.js";

const ENGINES: readonly (readonly [string, NetworkEngine, Evaluator])[] = [
  ["NetworkPolicy", NetworkEngine.networkPolicy(), kubernetes],
  ["Cilium", NetworkEngine.cilium(), cilium],
  ["Calico", NetworkEngine.calico(), calico],
];

/** A shop whose namespaces use one engine. */
function shop(engine: NetworkEngine): readonly Manifest[] {
  return synth((chart) => {
    const front = new HardenedNamespace(chart, "front", { networkEngine: engine });
    const back = new HardenedNamespace(chart, "back", {
      networkEngine: engine,
      dns: [Peer.dns(), Peer.nodeLocalDns()],
    });
    const web = new HardenedDeployment(front, "web", { image: IMAGE, ports: { http: 8080, metrics: 9090 } });
    const api = new HardenedDeployment(back, "api", { image: IMAGE, ports: { http: 8080, gossip: Port.udp(7946) } });
    const db = new HardenedDeployment(back, "db", { image: IMAGE, ports: { sql: 5432 } });
    new HardenedNamespace(chart, "silent", { networkEngine: engine, dns: [] });
    new HardenedDeployment(back, "idle", { image: IMAGE, ports: { http: 8080 } });
    web.allowTo(api, 8080);
    db.allowFrom(api);
    api.allowTo(api, Port.udp(7946));
    web.allowFrom(Peer.loadBalancer(CONTRACT), 8080);
    web.allowFrom(Peer.prometheus(), 9090);
    web.allowTo(Peer.internet([443], { reason: "the payment service has no private endpoint" }));
    api.usePodIdentity(CONTRACT);
    api.allowTo(Peer.apiServer(CONTRACT));
    db.allowTo(Peer.cidr("192.0.2.0/24", 443, Port.sctp(9000)));
    db.allowFrom(Peer.namespace("backup"), 5432);
  });
}

const web = pod("front", "web", "10.0.0.1");
const api = pod("back", "api", "10.0.0.2");
const db = pod("back", "db", "10.0.0.3");
const idle = pod("back", "idle", "10.0.0.4");
const twin = pod("other", "web", "10.0.0.5");
const stray = pod("silent", "stray", "10.0.0.9");
const backup = pod("backup", "job", "10.0.0.6");
const dns: Endpoint = { ip: "10.0.0.53", pod: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } } };
const prometheus = pod("monitoring", "prometheus", "10.0.0.7");
const grafana = pod("monitoring", "grafana", "10.0.0.8");
const loadBalancer: Endpoint = { ip: "10.0.194.9" };
const metadata: Endpoint = { ip: "169.254.169.254" };
const agent: Endpoint = { ip: "169.254.170.23", entity: "host" };
const nodeDns: Endpoint = { ip: "169.254.20.10", entity: "host" };
const apiServer: Endpoint = { ip: "10.0.192.4", entity: "kube-apiserver" };
const partner: Endpoint = { ip: "192.0.2.10" };
const internet: Endpoint = { ip: "203.0.113.7" };
const vpc: Endpoint = { ip: "10.0.50.1" };
const endpoint: Endpoint = { ip: "10.0.193.5" };

const CASES: readonly (readonly [string, Flow, boolean])[] = [
  ["a client reaches its server", { from: web, to: api, port: 8080 }, true],
  ["on no other port", { from: web, to: api, port: 8081 }, false],
  ["by no other protocol", { from: web, to: api, port: 8080, protocol: "UDP" }, false],
  ["in no other direction", { from: api, to: web, port: 8080 }, false],
  ["a pod of another namespace with the same label is nobody", { from: twin, to: api, port: 8080 }, false],
  ["nor is a server's server", { from: web, to: db, port: 5432 }, false],
  ["allowFrom says the same as allowTo", { from: api, to: db, port: 5432 }, true],
  ["a workload reaches its own replicas where it asked", { from: api, to: api, port: 7946, protocol: "UDP" }, true],
  ["and not by TCP", { from: api, to: api, port: 7946 }, false],
  ["a workload without connections is reached by nobody", { from: api, to: idle, port: 8080 }, false],
  ["and reaches nobody", { from: idle, to: db, port: 5432 }, false],
  ["everybody asks DNS by UDP", { from: idle, to: dns, port: 53, protocol: "UDP" }, true],
  ["and by TCP", { from: web, to: dns, port: 53 }, true],
  ["and nothing else there", { from: idle, to: dns, port: 8080 }, false],
  ["the node's DNS only where it was chosen", { from: idle, to: nodeDns, port: 53, protocol: "UDP" }, true],
  ["and not elsewhere", { from: web, to: nodeDns, port: 53, protocol: "UDP" }, false],
  [
    "a pod of nobody's, in a namespace without DNS, asks nobody",
    { from: stray, to: dns, port: 53, protocol: "UDP" },
    false,
  ],
  ["and is asked by nobody", { from: twin, to: stray, port: 8080 }, false],
  ["load balancers reach the port", { from: loadBalancer, to: web, port: 8080 }, true],
  ["and not the metrics", { from: loadBalancer, to: web, port: 9090 }, false],
  ["other addresses do not", { from: vpc, to: web, port: 8080 }, false],
  ["Prometheus reads the metrics", { from: prometheus, to: web, port: 9090 }, true],
  ["and other pods beside it do not", { from: grafana, to: web, port: 9090 }, false],
  ["a whole namespace reaches what it may", { from: backup, to: db, port: 5432 }, true],
  ["the agent of Pod Identity is there for who uses it", { from: api, to: agent, port: 80 }, true],
  ["and for nobody else", { from: db, to: agent, port: 80 }, false],
  ["nobody gets the node's credentials", { from: api, to: metadata, port: 80 }, false],
  ["not even who may reach the internet", { from: web, to: metadata, port: 80 }, false],
  ["nor on its port", { from: web, to: metadata, port: 443 }, false],
  ["the API server for who asked", { from: api, to: apiServer, port: 443 }, true],
  ["and for nobody else", { from: db, to: apiServer, port: 443 }, false],
  ["an address block", { from: db, to: partner, port: 443 }, true],
  ["by SCTP on its port", { from: db, to: partner, port: 9000, protocol: "SCTP" }, true],
  ["not by TCP there", { from: db, to: partner, port: 9000 }, false],
  ["the internet for who asked", { from: web, to: internet, port: 443 }, true],
  ["and not the private addresses", { from: web, to: vpc, port: 443 }, false],
  ["and not for others", { from: api, to: internet, port: 443 }, false],
  ["endpoints of AWS for who uses Pod Identity", { from: api, to: endpoint, port: 443 }, true],
];

describe.each(ENGINES)("policies of %s", (_, engine, evaluate) => {
  const policies = shop(engine);

  test.each(CASES)("%s", (_title, flow, expected) => {
    expect(evaluate(policies, flow)).toBe(expected);
  });
});

test("answer alike for whatever connections there are", () => {
  const names = ["a", "b", "c", "d"] as const;
  const connection = fc.record({
    from: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
    port: fc.constantFrom(8080, 9090),
  });
  const place = (name: string): string => (name < "c" ? "one" : "two");
  fc.assert(
    fc.property(fc.array(connection, { maxLength: 6 }), (connections) => {
      const render = (engine: NetworkEngine): readonly Manifest[] =>
        synth((chart) => {
          const namespaces = new Map(
            ["one", "two"].map((id) => [id, new HardenedNamespace(chart, id, { networkEngine: engine })]),
          );
          const workloads = new Map(
            names.map((name) => {
              const ports = { http: 8080, metrics: 9090 };
              return [
                name,
                new HardenedDeployment(namespaces.get(place(name)) ?? chart, name, { image: IMAGE, ports }),
              ];
            }),
          );
          for (const { from, to, port } of connections) {
            const server = workloads.get(to);
            if (server !== undefined) workloads.get(from)?.allowTo(server, port);
          }
        });
      const all = ENGINES.map(([, engine, evaluate]) => ({ policies: render(engine), evaluate }));
      for (const from of names)
        for (const to of names)
          for (const port of [8080, 9090]) {
            const flow = { from: pod(place(from), from, "10.0.0.1"), to: pod(place(to), to, "10.0.0.2"), port };
            const asked = connections.some((c) => c.from === from && c.to === to && c.port === port);
            expect(all.map(({ policies, evaluate }) => evaluate(policies, flow))).toEqual([asked, asked, asked]);
          }
    }),
    { numRuns: 25 },
  );
});

describe("Cilium alone", () => {
  const policies = synth((chart) => {
    const ns = new HardenedNamespace(chart, "shop", { networkEngine: NetworkEngine.cilium() });
    const client = new HardenedDeployment(ns, "client", { image: IMAGE });
    const server = new HardenedDeployment(ns, "server", { image: IMAGE, ports: { http: 8080 } });
    client.allowTo(server, Port.http(8080, { method: "GET", path: "/orders/[0-9]+" }));
    client.allowTo(Peer.host("*.example.com", 443));
    client.allowTo(Peer.awsEndpoint("sts", CONTRACT));
  });
  const client = pod("shop", "client", "10.0.0.1");
  const server = pod("shop", "server", "10.0.0.2");
  const sts: Endpoint = { ip: "10.0.193.5", host: "sts.eu-west-1.amazonaws.com" };
  const kms: Endpoint = { ip: "10.0.193.6", host: "kms.eu-west-1.amazonaws.com" };

  test.each<readonly [string, Flow, boolean]>([
    [
      "lets a request pass",
      { from: client, to: server, port: 8080, request: { method: "GET", path: "/orders/7" } },
      true,
    ],
    [
      "and no other method",
      { from: client, to: server, port: 8080, request: { method: "PUT", path: "/orders/7" } },
      false,
    ],
    [
      "and no longer path",
      { from: client, to: server, port: 8080, request: { method: "GET", path: "/orders/7/x" } },
      false,
    ],
    ["knows hosts", { from: client, to: { ip: "203.0.113.7", host: "pay.example.com" }, port: 443 }, true],
    ["and others", { from: client, to: { ip: "203.0.113.7", host: "pay.example.org" }, port: 443 }, false],
    ["knows one AWS service", { from: client, to: sts, port: 443 }, true],
    ["from its neighbour", { from: client, to: kms, port: 443 }, false],
  ])("%s", (_, flow, expected) => {
    expect(cilium(policies, flow)).toBe(expected);
  });

  test.each([
    ["NetworkPolicy", "networking.k8s.io/v1", NetworkEngine.networkPolicy()],
    ["Calico", "projectcalico.org/v3", NetworkEngine.calico()],
  ])("%s says that it cannot, and opens nothing instead", (_, apiVersion, networkEngine) => {
    const build = (chart: Parameters<Parameters<typeof problems>[0]>[0]): void => {
      const ns = new HardenedNamespace(chart, "shop", { networkEngine });
      const asking = new HardenedDeployment(ns, "client", { image: IMAGE });
      const asked = new HardenedDeployment(ns, "server", { image: IMAGE, ports: { http: 8080 } });
      asking.allowTo(asked, Port.http(8080, { method: "GET", path: "/orders" }));
      asking.allowTo(Peer.host("pay.example.com", 443));
    };
    const who = `NetworkPolicy of ${apiVersion}`;
    const advice = "Choose networkEngine: NetworkEngine.cilium() where Cilium runs";
    expect(problems(build)).toEqual([
      `'allowTo(server)' must be ports, as ${who} does not look into HTTP, got 'TCP 8080'. ${advice}`,
      `'allowTo(pay.example.com)' must be addresses, as ${who} knows no host names, got ["pay.example.com"]. ${advice}, or name the addresses with Peer.cidr`,
      `'allowFrom(client)' must be ports, as ${who} does not look into HTTP, got 'TCP 8080'. ${advice}`,
    ]);
    const spec = networkEngine.render({
      namespace: "shop",
      pods: { app: "client" },
      ingress: [],
      egress: [{ end: { kind: "hosts", name: "pay", hosts: ["pay.example.com"] }, ports: [Port.tcp(443)] }],
    }).spec as { readonly egress?: readonly unknown[] };
    expect(spec.egress ?? []).toEqual([]);
  });
});

test("an engine of somebody else gets the same isolation", () => {
  const type = { apiVersion: "mesh.example.com/v1", kind: "Authorization" };
  const engine = NetworkEngine.custom(type, { hosts: false, http: true }, ({ pods, ingress }) => ({
    workload: pods["app.kubernetes.io/name"],
    callers: ingress.map(({ end }) => end.name),
  }));
  const manifests = synth((chart) => {
    const ns = new HardenedNamespace(chart, "shop");
    const web = new HardenedDeployment(ns, "web", { image: IMAGE });
    new HardenedDeployment(ns, "api", { image: IMAGE, ports: { http: 8080 }, networkEngine: engine }).allowFrom(web);
  });
  expect(only(manifests, "Authorization", "api")).toMatchObject({
    apiVersion: "mesh.example.com/v1",
    spec: { workload: "api", callers: ["web"] },
  });
});

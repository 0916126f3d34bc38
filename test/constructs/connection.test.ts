import { Cidr } from "../../core/cidr.js";
import { connectionsOf, HardenedDeployment, HardenedNamespace, Peer, Port } from "../../constructs/index.js";
import { CONTRACT, IMAGE, only, problems, synth } from "./synth.js";
import type { Manifest } from "./synth.js";

const specOf = (manifests: readonly Manifest[], name: string): unknown =>
  only(manifests, "NetworkPolicy", name)["spec"];
const podsNamed = (name: string): object => ({ podSelector: { matchLabels: { "app.kubernetes.io/name": name } } });
const inNamespace = (name: string): object => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});

describe("a connection", () => {
  test.each(["allowTo", "allowFrom"] as const)(
    "by %s writes the egress of the client and the ingress of the server",
    (call) => {
      const manifests = synth((chart) => {
        const ns = new HardenedNamespace(chart, "shop");
        const web = new HardenedDeployment(ns, "web", { image: IMAGE });
        const api = new HardenedDeployment(ns, "api", { image: IMAGE, ports: { http: 8080, admin: 9000 } });
        if (call === "allowTo") web.allowTo(api, 8080);
        else api.allowFrom(web, 8080);
      });
      expect(specOf(manifests, "web")).toEqual({
        podSelector: { matchLabels: { "app.kubernetes.io/name": "web" } },
        policyTypes: ["Ingress", "Egress"],
        egress: [{ to: [podsNamed("api")], ports: [{ port: 8080, protocol: "TCP" }] }],
      });
      expect(specOf(manifests, "api")).toEqual({
        podSelector: { matchLabels: { "app.kubernetes.io/name": "api" } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [podsNamed("web")], ports: [{ port: 8080, protocol: "TCP" }] }],
      });
    },
  );

  test("opens all ports of the server, with their protocols, when none is named", () => {
    const manifests = synth((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const web = new HardenedDeployment(ns, "web", { image: IMAGE });
      web.allowTo(new HardenedDeployment(ns, "syslog", { image: IMAGE, ports: { tcp: 6514, udp: Port.udp(5514) } }));
    });
    expect(specOf(manifests, "web")).toMatchObject({
      egress: [
        {
          ports: [
            { port: 6514, protocol: "TCP" },
            { port: 5514, protocol: "UDP" },
          ],
        },
      ],
    });
  });

  test("across namespaces names namespace and pods in one item, at both ends", () => {
    const manifests = synth((chart) => {
      const web = new HardenedDeployment(new HardenedNamespace(chart, "front"), "web", { image: IMAGE });
      const api = new HardenedDeployment(new HardenedNamespace(chart, "back"), "api", {
        image: IMAGE,
        ports: { http: 8080 },
      });
      web.allowTo(api);
    });
    expect(specOf(manifests, "web")).toMatchObject({
      egress: [{ to: [{ ...inNamespace("back"), ...podsNamed("api") }] }],
    });
    expect(specOf(manifests, "api")).toMatchObject({
      ingress: [{ from: [{ ...inNamespace("front"), ...podsNamed("web") }] }],
    });
  });

  test("asked for at both ends is one rule, and one workload may talk to itself", () => {
    const manifests = synth((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const web = new HardenedDeployment(ns, "web", { image: IMAGE });
      const api = new HardenedDeployment(ns, "api", { image: IMAGE, ports: { http: 8080 } });
      web.allowTo(api);
      api.allowFrom(web);
      api.allowTo(api);
    });
    expect(specOf(manifests, "web")).toHaveProperty("egress.length", 1);
    expect(specOf(manifests, "api")).toMatchObject({
      ingress: [{ from: [podsNamed("web")] }, { from: [podsNamed("api")] }],
      egress: [{ to: [podsNamed("api")] }],
    });
  });

  test("no connection at all closes both directions", () => {
    const manifests = synth(
      (chart) => new HardenedDeployment(new HardenedNamespace(chart, "shop"), "web", { image: IMAGE }),
    );
    expect(specOf(manifests, "web")).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "web" } },
      policyTypes: ["Ingress", "Egress"],
    });
  });

  test("outside a HardenedNamespace the workload brings its own way to DNS", () => {
    const manifests = synth((chart) => new HardenedDeployment(chart, "web", { image: IMAGE }), { namespace: "shop" });
    expect(specOf(manifests, "web")).toMatchObject({
      egress: [{ to: [{ ...inNamespace("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }] }],
    });
  });

  test("is data that others can read", () => {
    synth((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const web = new HardenedDeployment(ns, "web", { image: IMAGE, ports: { http: 8080 } });
      const api = new HardenedDeployment(ns, "api", { image: IMAGE, ports: { http: 8080 } });
      web.allowTo(api);
      web.allowFrom(Peer.loadBalancer(CONTRACT));
      expect(connectionsOf(chart)).toEqual([
        {
          from: { kind: "pods", name: "web", namespace: "shop", labels: { "app.kubernetes.io/name": "web" } },
          to: { kind: "pods", name: "api", namespace: "shop", labels: { "app.kubernetes.io/name": "api" } },
          ports: [{ port: 8080, protocol: "TCP" }],
        },
        {
          from: { kind: "addresses", name: "the load balancers", cidrs: ["10.0.194.0/24"], except: [] },
          to: { kind: "pods", name: "web", namespace: "shop", labels: { "app.kubernetes.io/name": "web" } },
          ports: [{ port: 8080, protocol: "TCP" }],
        },
      ]);
    });
  });
});

describe("a connection that would open everything", () => {
  const told = (connect: (web: HardenedDeployment, ns: HardenedNamespace) => void): readonly string[] =>
    problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      connect(new HardenedDeployment(ns, "web", { image: IMAGE }), ns);
    });

  test("for want of ports is an error", () => {
    const message = "must name at least one port, got nothing. Name the ports, or declare them on the server";
    expect(
      told((web, ns) => {
        web.allowTo(new HardenedDeployment(ns, "worker", { image: IMAGE }));
      }),
    ).toEqual([`'allowTo(worker)' ${message}`]);
    expect(
      told((web) => {
        web.allowTo(Peer.loadBalancer(CONTRACT));
      }),
    ).toEqual([`'allowTo(the load balancers)' ${message}`]);
  });

  test("for want of addresses or labels is an error", () => {
    expect(
      told((web) => {
        web.allowTo(Peer.awsEndpoints({ endpointCidrs: [] }));
      }),
    ).toEqual([
      "'allowTo(the AWS endpoints)' must have an address block of the AWS endpoints, got []. The cluster has none: switch it on there",
    ]);
    expect(
      told((web) => {
        web.allowTo(Peer.apiServer({ controlPlaneCidrs: [], serviceCidr: Cidr.parse("172.20.0.0/16") }));
      }),
    ).toHaveLength(1);
    expect(
      told((web) => {
        web.allowTo(Peer.pods({ namespace: "x", labels: {} }), 80);
      }),
    ).toHaveLength(1);
  });

  test("never reaches a policy", () => {
    let spec: unknown;
    problems((chart) => {
      const web = new HardenedDeployment(new HardenedNamespace(chart, "shop"), "web", { image: IMAGE });
      web.allowTo(Peer.awsEndpoints({ endpointCidrs: [] }));
      web.allowTo(Peer.loadBalancer(CONTRACT));
      const policy = web.node.children.find((child) => child.node.id === "NetworkPolicy");
      spec = (policy as unknown as { toJson: () => { spec: unknown } }).toJson().spec;
    });
    expect(spec).toEqual({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "web" } },
      policyTypes: ["Ingress", "Egress"],
    });
  });

  test("a port that the server does not have, none, or more than the VPC CNI keeps", () => {
    expect(
      told((web, ns) => {
        web.allowTo(new HardenedDeployment(ns, "api", { image: IMAGE, ports: { http: 8080 } }), 80);
      }),
    ).toEqual([
      "'allowTo(api)' must be a port of 'api' (TCP 8080), got 'TCP 80'. Name the container's port, not that of a Service",
    ]);
    expect(
      told((web) => {
        web.allowTo(Peer.cidr("10.9.0.0/16", 0));
      }),
    ).toEqual(["'allowTo(10.9.0.0/16).ports' must be a port from 1 to 65535, got 0. Give the number of one port"]);
    const many = Array.from({ length: 25 }, (_, i) => 2000 + i);
    expect(
      told((web) => {
        web.allowTo(Peer.cidr("10.9.0.0/16", ...many));
      }),
    ).toEqual(["'allowTo(10.9.0.0/16)' must have at most 24 ports, got 25. The VPC CNI drops the rest: use fewer"]);
  });
});

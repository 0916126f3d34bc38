import {
  HardenedDeployment,
  HardenedNamespace,
  patch,
  Peer,
  PlainHttp,
  TlsGateway,
  TlsRoute,
} from "../../../constructs/index.js";
import type { TlsGatewayProps, TlsRouteProps } from "../../../constructs/index.js";
import { IMAGE, only, problems, synth } from "../synth.js";
import type { Manifest } from "../synth.js";

const SOURCE = Peer.pods({ namespace: "gateway", labels: { app: "proxy" } });
const GATEWAY: TlsGatewayProps = {
  ...{ gatewayClassName: "istio", tlsSecretName: "edge-tls", source: SOURCE, namespace: "gateway" },
  hosts: ["shop.example.com", "api.example.com"],
};

function app(gateway: Partial<TlsGatewayProps> = {}, route: Partial<TlsRouteProps> = {}): readonly Manifest[] {
  return synth((chart) => {
    const edge = new TlsGateway(chart, "edge", { ...GATEWAY, ...gateway });
    const shop = new HardenedNamespace(chart, "shop");
    const web = new HardenedDeployment(shop, "web", { image: IMAGE, ports: { http: 8080 } });
    const paths = [{ backend: web }];
    new TlsRoute(shop, "shop", { gateway: edge, host: "shop.example.com", paths, ...route });
  });
}

const listeners = (manifests: readonly Manifest[]): readonly { readonly name: string }[] =>
  (only(manifests, "Gateway", "edge")["spec"] as { listeners: { name: string }[] }).listeners;

test("a gateway ends TLS for each host, closes port 80 and takes routes of its own namespace", () => {
  expect(only(app(), "Gateway", "edge")).toMatchObject({
    apiVersion: "gateway.networking.k8s.io/v1",
    metadata: { namespace: "gateway" },
    spec: {
      gatewayClassName: "istio",
      listeners: ["shop.example.com", "api.example.com"].map((host) => ({
        name: host,
        hostname: host,
        protocol: "HTTPS",
        port: 443,
        tls: { mode: "Terminate", certificateRefs: [{ name: "edge-tls" }] },
        allowedRoutes: { namespaces: { from: "Same" } },
      })),
    },
  });
  expect(listeners(app())).toHaveLength(2);
});

test("other namespaces are let in by name", () => {
  expect(listeners(app({ routesFrom: ["shop", "shop"] }))[0]).toMatchObject({
    allowedRoutes: {
      namespaces: {
        from: "Selector",
        selector: {
          matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["gateway", "shop"] }],
        },
      },
    },
  });
});

test("port 80 sends on to HTTPS, and no route hangs there", () => {
  const manifests = app({ plainHttp: PlainHttp.redirected() });
  expect(listeners(manifests)[2]).toEqual({
    ...{ name: "http", protocol: "HTTP", port: 80 },
    allowedRoutes: { namespaces: { from: "Same" } },
  });
  expect(only(manifests, "HTTPRoute", "edge-redirect")["spec"]).toEqual({
    parentRefs: [{ name: "edge", sectionName: "http" }],
    hostnames: ["shop.example.com", "api.example.com"],
    rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
  });
  expect(only(manifests, "HTTPRoute", "shop")["spec"]).toMatchObject({
    parentRefs: [{ name: "edge", namespace: "gateway", sectionName: "shop.example.com" }],
  });
});

test("port 80 serves with a reason that stays", () => {
  const manifests = app({ plainHttp: PlainHttp.served({ reason: "devices of 2009 know no TLS" }) });
  expect(listeners(manifests).map(({ name }) => name)).toEqual(["shop.example.com", "api.example.com", "http"]);
  expect(only(manifests, "HTTPRoute", "shop")["spec"]).toMatchObject({
    parentRefs: [{ sectionName: "shop.example.com" }, { sectionName: "http" }],
  });
  expect(only(manifests, "Gateway", "edge").metadata.annotations).toEqual({
    "ringfence.dev/relaxations": JSON.stringify([
      { choice: "PlainHttp.served", reason: "devices of 2009 know no TLS" },
    ]),
  });
});

test("a route leads to the Service of its backend, which lets the proxies in", () => {
  const manifests = app({}, { headers: {} });
  expect(only(manifests, "HTTPRoute", "shop")).toMatchObject({
    metadata: { namespace: "shop" },
    spec: {
      hostnames: ["shop.example.com"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          filters: [
            {
              type: "ResponseHeaderModifier",
              responseHeaderModifier: {
                set: [
                  { name: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" },
                  { name: "X-Content-Type-Options", value: "nosniff" },
                  { name: "X-Frame-Options", value: "DENY" },
                ],
              },
            },
          ],
          backendRefs: [{ name: "web", port: 8080 }],
        },
      ],
    },
  });
  expect(only(manifests, "NetworkPolicy", "web")["spec"]).toMatchObject({
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "gateway" } },
            podSelector: { matchLabels: { app: "proxy" } },
          },
        ],
        ports: [{ port: 8080, protocol: "TCP" }],
      },
    ],
  });
});

test("a patch changes a gateway", () => {
  const [gateway] = synth((chart) => {
    patch(new TlsGateway(chart, "edge", GATEWAY), "/spec/addresses", [{ type: "IPAddress", value: "10.0.0.7" }]);
  });
  expect(gateway?.["spec"]).toMatchObject({ addresses: [{ type: "IPAddress", value: "10.0.0.7" }] });
});

test("bad input is told at once", () => {
  const told = problems((chart) => {
    const edge = new TlsGateway(chart, "Edge", {
      ...{ gatewayClassName: "", tlsSecretName: "TLS", source: SOURCE },
      hosts: ["*.example.com", "a.example.com", "a.example.com", "${ringfence:host}.example.com"],
    });
    new TlsGateway(chart, "empty", { ...GATEWAY, hosts: [] });
    const shop = new HardenedNamespace(chart, "shop");
    const web = new HardenedDeployment(shop, "web", { image: IMAGE, ports: { http: 8080 } });
    const paths = [{ path: "api", backend: web }];
    new TlsRoute(shop, "shop", { gateway: edge, host: "b.example.com", paths, headers: { httpsOnlyDays: 9999 } });
    new TlsRoute(shop, "none", { gateway: edge, host: "a.example.com", paths: [] });
  });
  expect(told.map((line) => line.replace(/, got .*/, ""))).toEqual([
    "'namespace' must be known",
    "'name' must be a DNS label of at most 63 characters",
    "'gatewayClassName' must be a DNS name",
    "'tlsSecretName' must be a DNS name",
    "'hosts[0]' must be one full host name",
    "'hosts[3]' must be known while the program is built",
    "'hosts' must name each host once",
    "'hosts' must hold at least one host",
    "'paths[0].path' must begin with '/'",
    expect.stringMatching(/^'host' must be a host of the gateway/),
    "'headers.httpsOnlyDays' must be a whole number from 1 to 730",
    "'paths' must hold at least one route",
  ]);
});

import { Cidr } from "../../../core/cidr.js";
import {
  AlbScheme,
  HardenedDeployment,
  HardenedNamespace,
  IngressClass,
  Peer,
  TlsIngress,
} from "../../../constructs/index.js";
import type { AlbProps, IngressRoute } from "../../../constructs/index.js";
import { CONTRACT, IMAGE, only, problems, synth } from "../synth.js";
import type { Manifest } from "../synth.js";

const certificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b";
const ALB = { contract: CONTRACT, certificateArn } satisfies AlbProps;

function ingress(ingressClass: IngressClass, change: Partial<IngressRoute> = {}): readonly Manifest[] {
  return synth((chart) => {
    const ns = new HardenedNamespace(chart, "shop");
    const backend = new HardenedDeployment(ns, "web", { image: IMAGE, ports: { http: 8080 } });
    new TlsIngress(ns, "front", { ingressClass, routes: [{ host: "shop.example.com", backend, ...change }] });
  });
}

describe("TlsIngress with the AWS Load Balancer Controller", () => {
  const manifests = ingress(IngressClass.alb(ALB));

  test("is internal, HTTPS only, with a modern policy, and reachable from the VPC alone", () => {
    expect(only(manifests, "Ingress", "front").metadata.annotations).toEqual({
      "alb.ingress.kubernetes.io/scheme": "internal",
      "alb.ingress.kubernetes.io/target-type": "ip",
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS":443}]',
      "alb.ingress.kubernetes.io/ssl-redirect": "443",
      "alb.ingress.kubernetes.io/certificate-arn": certificateArn,
      "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      "alb.ingress.kubernetes.io/load-balancer-attributes": "routing.http.drop_invalid_header_fields.enabled=true",
      "alb.ingress.kubernetes.io/healthcheck-path": "/",
      "alb.ingress.kubernetes.io/inbound-cidrs": "10.0.0.0/16",
    });
  });

  test("names every host under tls, and leads to the Service of the backend", () => {
    expect(only(manifests, "Ingress", "front")["spec"]).toEqual({
      ingressClassName: "alb",
      tls: [{ hosts: ["shop.example.com"] }],
      rules: [
        {
          host: "shop.example.com",
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 8080 } } } }],
          },
        },
      ],
    });
    expect(only(manifests, "Service", "web")["spec"]).toMatchObject({ type: "ClusterIP" });
  });

  test("lets the load balancers, and nobody else, to the backend's port", () => {
    expect(only(manifests, "NetworkPolicy", "web")["spec"]).toMatchObject({
      ingress: [{ from: [{ ipBlock: { cidr: "10.0.194.0/24" } }], ports: [{ port: 8080, protocol: "TCP" }] }],
    });
  });

  test("comes after its backends", () => {
    const order = manifests.map((m) => m.kind);
    expect(order.indexOf("Ingress")).toBeGreaterThan(order.indexOf("Deployment"));
    expect(order.indexOf("Ingress")).toBeGreaterThan(order.indexOf("Service"));
  });

  test("faces the internet only with a reason, and then is open to all unless blocks are named", () => {
    const reason = "the public votes from home";
    const scheme = AlbScheme.internetFacing({ reason, webAclArn: "${ringfence:acl}" });
    const open = only(ingress(IngressClass.alb({ ...ALB, scheme })), "Ingress", "front").metadata.annotations;
    expect(open).toMatchObject({
      "alb.ingress.kubernetes.io/scheme": "internet-facing",
      "alb.ingress.kubernetes.io/wafv2-acl-arn": "${ringfence:acl}",
      "ringfence.dev/relaxations": JSON.stringify([{ choice: "AlbScheme.internetFacing", reason }]),
    });
    expect(open).not.toHaveProperty(["alb.ingress.kubernetes.io/inbound-cidrs"]);
    const named = IngressClass.alb({
      ...ALB,
      scheme,
      inboundCidrs: [Cidr.parse("203.0.113.0/24"), Cidr.parse("198.51.100.0/24")],
    });
    expect(only(ingress(named), "Ingress", "front").metadata.annotations).toMatchObject({
      "alb.ingress.kubernetes.io/inbound-cidrs": "203.0.113.0/24,198.51.100.0/24",
    });
    expect(() => AlbScheme.internetFacing({ reason: "" })).toThrow("'reason' must say why");
  });

  test("takes a certificate and a host that are known only at deployment", () => {
    const object = only(
      ingress(IngressClass.alb({ ...ALB, certificateArn: "${ringfence:cert}" }), { host: "shop.${ringfence:zone}" }),
      "Ingress",
      "front",
    );
    expect(object.metadata.annotations).toMatchObject({
      "alb.ingress.kubernetes.io/certificate-arn": "${ringfence:cert}",
    });
    expect(object["spec"]).toMatchObject({ tls: [{ hosts: ["shop.${ringfence:zone}"] }] });
  });
});

test("TlsIngress with any other controller takes the certificate from a Secret, and traffic from its proxies", () => {
  const source = Peer.pods({ namespace: "ingress", labels: { app: "proxy" } });
  const manifests = ingress(IngressClass.named("traefik", { tlsSecretName: "shop-tls", source }));
  expect(only(manifests, "Ingress", "front")["spec"]).toMatchObject({
    ingressClassName: "traefik",
    tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }],
  });
  expect(only(manifests, "Ingress", "front").metadata.annotations).toBeUndefined();
  expect(only(manifests, "NetworkPolicy", "web")["spec"]).toMatchObject({
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } },
            podSelector: { matchLabels: { app: "proxy" } },
          },
        ],
      },
    ],
  });
});

test("bad input of TlsIngress is told at once", () => {
  const told = problems((chart) => {
    const shop = new HardenedNamespace(chart, "shop");
    const web = new HardenedDeployment(shop, "web", { image: IMAGE, ports: { http: 8080 } });
    const other = new HardenedDeployment(new HardenedNamespace(chart, "other"), "web", {
      image: IMAGE,
      ports: { http: 8080 },
    });
    new TlsIngress(shop, "front", {
      ingressClass: IngressClass.alb({
        ...ALB,
        certificateArn: "arn:aws:iam::111122223333:server-certificate/x",
        inboundCidrs: [],
        tlsPolicy: "ELBSecurityPolicy-2016-08" as "ELBSecurityPolicy-TLS13-1-3-2021-06",
        healthCheckPath: "healthz",
      }),
      routes: [
        { host: "*.example.com", backend: web },
        { host: "shop.example.com", path: "api", backend: other },
        { host: "shop.example.com", path: "api", backend: web },
      ],
      annotations: { "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80}]' },
    });
    new TlsIngress(shop, "empty", { ingressClass: IngressClass.alb(ALB), routes: [] });
  });
  expect(told.map((line) => line.replace(/, got .*/, ""))).toEqual([
    "'ingressClass.certificateArn' must be an ARN of acm",
    "'ingressClass.inboundCidrs' must hold a block",
    expect.stringContaining("'ingressClass.tlsPolicy' must be one of ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"),
    "'ingressClass.healthCheckPath' must begin with '/'",
    "'routes[0].host' must be one full host name",
    "'routes[1].path' must begin with '/'",
    "'routes[2].path' must begin with '/'",
    "'routes' must lead to workloads of one namespace",
    "'routes' must name each host and path once",
    "'annotations' must not replace those of the class",
    "'routes' must hold at least one route",
  ]);
});

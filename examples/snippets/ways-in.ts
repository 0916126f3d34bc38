import { type Chart } from "cdk8s";
import {
  AlbScheme,
  CertificateIssuer,
  HardenedDeployment,
  HardenedNamespace,
  IngressClass,
  InternalCa,
  IssuerSource,
  Peer,
  PlainHttp,
  TlsCertificate,
  TlsGateway,
  TlsIngress,
  TlsRoute,
  type ClusterContract,
} from "../../constructs/index.js";

/** A load balancer of AWS in the internet, behind a web ACL, with logs and headers. */
export function publicShop(chart: Chart, contract: ClusterContract, certificateArn: string, image: string): void {
  const shop = new HardenedNamespace(chart, "shop");
  const web = new HardenedDeployment(shop, "web", { image, ports: { http: 8080 } });
  new TlsIngress(shop, "shop", {
    ingressClass: IngressClass.alb({
      contract,
      certificateArn,
      scheme: AlbScheme.internetFacing({
        reason: "customers come from the internet",
        webAclArn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0a1b2c3d",
      }),
      plainHttp: PlainHttp.redirected(),
      accessLogs: { bucket: "logs-111122223333-eu-west-1", prefix: "alb/shop" },
      headers: { contentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'" },
    }),
    routes: [{ host: "shop.example.com", backend: web }],
  });
}

/** Traefik with a certificate of Let's Encrypt, a limit of requests and a login in front. */
export function wikiByTraefik(chart: Chart, image: string): void {
  const tools = new HardenedNamespace(chart, "tools");
  const wiki = new HardenedDeployment(tools, "wiki", { image, ports: { http: 8080 } });
  const issuer = new CertificateIssuer(tools, "public", {
    source: IssuerSource.acmeDns01({
      email: "platform@example.com",
      hostedZoneId: "Z0123456789ABC",
      region: "eu-west-1",
      dnsZones: ["example.com"],
    }),
  });
  const { secretName } = new TlsCertificate(tools, "wiki-tls", { issuer, dnsNames: ["wiki.example.com"] });
  new TlsIngress(tools, "wiki-in", {
    name: "wiki",
    ingressClass: IngressClass.traefik({
      tlsSecretName: secretName,
      source: Peer.pods({ namespace: "traefik", labels: { "app.kubernetes.io/name": "traefik" } }),
      rateLimit: { perSecond: 50 },
      forwardAuth: "http://oauth2-proxy.auth.svc.cluster.local:4180/",
      headers: {},
    }),
    routes: [{ host: "wiki.example.com", backend: wiki }],
  });
}

/** Gateway API with an authority inside the cluster. */
export function gateway(chart: Chart, image: string): void {
  const shop = new HardenedNamespace(chart, "orders");
  const api = new HardenedDeployment(shop, "api", { image, ports: { http: 8080 } });
  const { issuer } = new InternalCa(chart, "internal", { trustedIn: [shop] });
  const { secretName } = new TlsCertificate(chart, "edge-tls", {
    issuer,
    namespace: "gateway",
    dnsNames: ["orders.internal.example.com"],
  });
  const edge = new TlsGateway(chart, "edge", {
    namespace: "gateway",
    gatewayClassName: "istio",
    hosts: ["orders.internal.example.com"],
    tlsSecretName: secretName,
    source: Peer.pods({ namespace: "gateway", labels: { "gateway.networking.k8s.io/gateway-name": "edge" } }),
    routesFrom: [shop],
  });
  new TlsRoute(shop, "orders", { gateway: edge, host: "orders.internal.example.com", paths: [{ backend: api }] });
}

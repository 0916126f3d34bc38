import { Cidr } from "../../../core/cidr.js";
import {
  AlbScheme,
  HardenedDeployment,
  HardenedNamespace,
  IngressClass,
  Peer,
  PlainHttp,
  TlsIngress,
} from "../../../constructs/index.js";
import type { AlbProps, TraefikProps } from "../../../constructs/index.js";
import { CONTRACT, IMAGE, only, problems, synth } from "../synth.js";
import type { Manifest } from "../synth.js";

const certificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b";
const ALB = { contract: CONTRACT, certificateArn } satisfies AlbProps;
const PROXIES = Peer.pods({ namespace: "traefik", labels: { app: "traefik" } });
const TRAEFIK = { tlsSecretName: "shop-tls", source: PROXIES } satisfies TraefikProps;

function ingress(ingressClass: IngressClass, annotations = {}): readonly Manifest[] {
  return synth((chart) => {
    const ns = new HardenedNamespace(chart, "shop");
    const backend = new HardenedDeployment(ns, "web", { image: IMAGE, ports: { http: 8080 } });
    new TlsIngress(ns, "front", { ingressClass, routes: [{ host: "shop.example.com", backend }], annotations });
  });
}

function annotation(props: Partial<AlbProps>, name: string): string | undefined {
  const { annotations } = only(ingress(IngressClass.alb({ ...ALB, ...props })), "Ingress", "front").metadata;
  return annotations?.[`alb.ingress.kubernetes.io/${name}`];
}

describe("the AWS Load Balancer Controller", () => {
  test("port 80 is closed, sends on to HTTPS, or with a reason serves", () => {
    const ports = (plainHttp: PlainHttp): readonly (string | undefined)[] => [
      annotation({ plainHttp }, "listen-ports"),
      annotation({ plainHttp }, "ssl-redirect"),
    ];
    expect(ports(PlainHttp.closed())).toEqual(['[{"HTTPS":443}]', "443"]);
    expect(ports(PlainHttp.redirected())).toEqual(['[{"HTTP":80},{"HTTPS":443}]', "443"]);
    const served = PlainHttp.served({ reason: "devices of 2009 know no TLS" });
    expect(ports(served)).toEqual(['[{"HTTP":80},{"HTTPS":443}]', undefined]);
    const object = only(ingress(IngressClass.alb({ ...ALB, plainHttp: served })), "Ingress", "front");
    expect(object.metadata.annotations).toMatchObject({
      "ringfence.dev/relaxations": JSON.stringify([
        { choice: "PlainHttp.served", reason: "devices of 2009 know no TLS" },
      ]),
    });
    expect(() => PlainHttp.served({ reason: "" })).toThrow("'reason' must say why");
  });

  test("writes access logs beside dropping malformed headers", () => {
    expect(
      annotation({ accessLogs: { bucket: "${ringfence:logs}", prefix: "alb/shop" } }, "load-balancer-attributes"),
    ).toBe(
      "routing.http.drop_invalid_header_fields.enabled=true,access_logs.s3.enabled=true," +
        "access_logs.s3.bucket=${ringfence:logs},access_logs.s3.prefix=alb/shop",
    );
  });

  test("sets security headers and hides the server", () => {
    const headers = { contentSecurityPolicy: "default-src 'self'", httpsOnlyDays: 2 };
    expect(annotation({ headers }, "listener-attributes.HTTPS-443")).toBe(
      "routing.http.response.strict_transport_security.header_value=max-age=172800; includeSubDomains," +
        "routing.http.response.x_content_type_options.header_value=nosniff," +
        "routing.http.response.x_frame_options.header_value=DENY," +
        "routing.http.response.content_security_policy.header_value=default-src 'self'," +
        "routing.http.response.server.enabled=false",
    );
    expect(annotation({}, "listener-attributes.HTTPS-443")).toBeUndefined();
  });

  test("lets in who has logged in", () => {
    const url = "https://login.example.com";
    const endpoints = { authorizationEndpoint: `${url}/a`, tokenEndpoint: `${url}/t`, userInfoEndpoint: `${url}/u` };
    const login = { issuer: url, ...endpoints, secretName: "oidc" };
    expect(annotation({ login }, "auth-type")).toBe("oidc");
    expect(annotation({ login }, "auth-on-unauthenticated-request")).toBe("authenticate");
    expect(annotation({ login }, "auth-session-timeout")).toBe("43200");
    expect(annotation({ login }, "auth-scope")).toBe("openid");
    expect(JSON.parse(annotation({ login }, "auth-idp-oidc") ?? "")).toEqual(login);
  });

  test("takes a web ACL inside the VPC too", () => {
    const webAclArn = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0a1b";
    expect(annotation({ scheme: AlbScheme.internal({ webAclArn }) }, "wafv2-acl-arn")).toBe(webAclArn);
  });
});

describe("Traefik", () => {
  const REF = (name: string): string => `shop-${name}@kubernetescrd`;

  test("serves HTTPS only, by its own TLS options", () => {
    const manifests = ingress(IngressClass.traefik(TRAEFIK));
    const object = only(manifests, "Ingress", "front");
    expect(object.metadata.annotations).toEqual({
      "traefik.ingress.kubernetes.io/router.entrypoints": "websecure",
      "traefik.ingress.kubernetes.io/router.tls": "true",
      "traefik.ingress.kubernetes.io/router.tls.options": REF("front"),
    });
    expect(object["spec"]).toMatchObject({
      ingressClassName: "traefik",
      tls: [{ hosts: ["shop.example.com"], secretName: "shop-tls" }],
    });
    const options = only(manifests, "TLSOption", "front");
    expect(options.metadata.namespace).toBe("shop");
    expect(options["spec"]).toMatchObject({ minVersion: "VersionTLS12", sniStrict: true });
    expect((options["spec"] as { cipherSuites: string[] }).cipherSuites.every((s) => s.includes("_ECDHE_"))).toBe(true);
    const strict = ingress(IngressClass.traefik({ ...TRAEFIK, oldestTls: "1.3" }));
    expect(only(strict, "TLSOption", "front")["spec"]).toEqual({ minVersion: "VersionTLS13", sniStrict: true });
  });

  test("turns away by address, rate and login before it answers with headers", () => {
    const manifests = ingress(
      IngressClass.traefik({
        ...TRAEFIK,
        headers: { frames: "SAMEORIGIN" },
        rateLimit: { perSecond: 20 },
        forwardAuth: "http://oauth2-proxy.auth.svc.cluster.local:4180/",
        inboundCidrs: [Cidr.parse("203.0.113.0/24")],
      }),
    );
    expect(only(manifests, "Ingress", "front").metadata.annotations).toMatchObject({
      "traefik.ingress.kubernetes.io/router.middlewares": [
        REF("front-inbound"),
        REF("front-rate-limit"),
        REF("front-auth"),
        REF("front-headers"),
      ].join(","),
    });
    const spec = (name: string): unknown => only(manifests, "Middleware", name)["spec"];
    expect(spec("front-inbound")).toEqual({ ipAllowList: { sourceRange: ["203.0.113.0/24"] } });
    expect(spec("front-rate-limit")).toEqual({ rateLimit: { average: 20, burst: 40 } });
    expect(spec("front-auth")).toEqual({
      forwardAuth: { address: "http://oauth2-proxy.auth.svc.cluster.local:4180/", trustForwardHeader: false },
    });
    expect(spec("front-headers")).toEqual({
      headers: {
        customResponseHeaders: {
          "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
          "X-Content-Type-Options": "nosniff",
          "X-Frame-Options": "SAMEORIGIN",
        },
      },
    });
    const order = manifests.map(({ kind }) => kind);
    expect(order.indexOf("Ingress")).toBeGreaterThan(order.lastIndexOf("Middleware"));
  });
});

test("bad choices are told at once", () => {
  const told = (ingressClass: IngressClass, annotations = {}): readonly string[] =>
    problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      const backend = new HardenedDeployment(ns, "web", { image: IMAGE, ports: { http: 8080 } });
      new TlsIngress(ns, "front", { ingressClass, annotations, routes: [{ host: "shop.example.com", backend }] });
    }).map((line) => line.replace(/, got .*/, ""));
  const login = {
    issuer: "http://login.example.com",
    authorizationEndpoint: "login",
    tokenEndpoint: "https://login.example.com/t",
    userInfoEndpoint: "https://login.example.com/u",
    secretName: "OIDC",
    sessionHours: 1000,
  };
  expect(
    told(
      IngressClass.alb({
        ...ALB,
        accessLogs: { bucket: "arn:aws:s3:::logs", prefix: "alb/,x" },
        headers: { httpsOnlyDays: 0, contentSecurityPolicy: "default-src 'self', b" },
        login,
      }),
    ),
  ).toEqual([
    "'ingressClass.accessLogs.bucket' must be the name of an S3 bucket",
    "'ingressClass.accessLogs.prefix' must be the beginning of a key",
    "'ingressClass.headers.httpsOnlyDays' must be a whole number from 1 to 730",
    "'ingressClass.headers.contentSecurityPolicy' must be one line without commas",
    "'ingressClass.login.issuer' must be an https URL",
    "'ingressClass.login.authorizationEndpoint' must be an https URL",
    "'ingressClass.login.secretName' must be a DNS name",
    "'ingressClass.login.sessionHours' must be a whole number from 1 to 168",
  ]);
  expect(
    told(
      IngressClass.traefik({
        ...{ tlsSecretName: "Shop", source: PROXIES, inboundCidrs: [], forwardAuth: "oauth2-proxy" },
        rateLimit: { perSecond: 0.5, burst: 0 },
      }),
    ),
  ).toEqual([
    "'ingressClass.tlsSecretName' must be a DNS name",
    "'ingressClass.rateLimit.perSecond' must be a whole number from 1 to 1000000",
    "'ingressClass.rateLimit.burst' must be a whole number from 1 to 1000000",
    "'ingressClass.inboundCidrs' must hold a block",
    "'ingressClass.forwardAuth' must be a URL",
  ]);
  const named = (name: string): IngressClass => IngressClass.named(name, { tlsSecretName: "tls", source: PROXIES });
  expect(told(named("nginx"))).toEqual([
    "'ingressClass' must be a controller that gets fixes; ingress-nginx got none after 2026-03-31",
  ]);
  expect(told(named("alb"))).toEqual(["'ingressClass' must be another controller's"]);
  expect(
    told(named("haproxy"), {
      "nginx.ingress.kubernetes.io/configuration-snippet": "return 200;",
      "traefik.ingress.kubernetes.io/router.entrypoints": "web",
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80}]',
      "nginx.ingress.kubernetes.io/force-ssl-redirect": "false",
      "haproxy.org/timeout-client": "5s",
    }),
  ).toEqual(Array(4).fill("'annotations' must not open plain HTTP or write the proxy's configuration"));
});

import type { Chart } from "cdk8s";
import {
  AdmissionPolicy,
  AlbScheme,
  BreakGlassAccess,
  CertificateIssuer,
  Enforcement,
  gatekeeperEngine,
  HardenedDeployment,
  HardenedNamespace,
  HardenedRole,
  IngressClass,
  InternalCa,
  IssuerSource,
  kyvernoEngine,
  NamespaceExemption,
  nativeEngine,
  ObjectExemption,
  Peer,
  Persona,
  PersonaExtension,
  PersonaRights,
  PERSONAS,
  PlainHttp,
  RbacRule,
  Subject,
  TlsCertificate,
  TlsGateway,
  TlsIngress,
  TlsRoute,
} from "../../constructs/index.js";
import type { AdmissionEngine, PersonaName } from "../../constructs/index.js";
import { Cidr } from "../../core/cidr.js";
import { ADMISSION_CASES } from "./admission/cases.js";
import { CONTRACT, IMAGE } from "./synth.js";

const reason = "so that every form that a manifest can take is here";
const until = "2027-03-31";
const CIDRS = [Cidr.parse("203.0.113.0/24")];
const PROXIES = Peer.pods({ namespace: "proxies", labels: { app: "proxy" } });

/** Every admission control by every engine, with exemptions. */
export function everyControl(chart: Chart, engines: readonly AdmissionEngine[]): void {
  for (const engine of engines)
    for (const { control } of ADMISSION_CASES)
      new AdmissionPolicy(chart, `${engine.name}-${control.id}`, {
        control,
        engine,
        enforcement: control.id === "images" ? Enforcement.warn({ reason }) : Enforcement.deny(),
        exemptions: [
          ...(control.exemptions === "none" ? [] : [NamespaceExemption.of("agents", { reason, until })]),
          ...(control.exemptions === "any" ? [ObjectExemption.inCluster("vendor", { reason, until })] : []),
        ],
      });
}

/** All three engines. */
export const ALL_ENGINES = [nativeEngine, kyvernoEngine, gatekeeperEngine] as const;

/** Every persona and form of role. */
export function everyAccess(chart: Chart): void {
  const namespaces = ["edge"];
  for (const persona of Object.keys(PERSONAS) as PersonaName[])
    new Persona(chart, persona, {
      ...{ persona, namespaces },
      rights: persona === "viewer" ? PersonaRights.aggregated({ reason }) : PersonaRights.fixed(),
    });
  const reads = RbacRule.allow({
    ...{ apiGroups: ["gateway.networking.k8s.io"], resources: ["gateways"], verbs: ["get", "list", "watch"] },
  });
  new PersonaExtension(chart, "gateways", { persona: "viewer", rules: [reads] });
  new BreakGlassAccess(chart, "break-glass", { namespaces, reason });
  new HardenedRole(chart, "approver", {
    rules: RbacRule.approveCertificates("beta.eks.amazonaws.com/app-serving"),
    subjects: [Subject.group("approvers")],
  });
  const secrets = { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] };
  new HardenedRole(chart, "backup", {
    namespace: "edge",
    rules: [reads, RbacRule.dangerous(secrets, { dangers: ["secret-read"], reason })],
    subjects: [Subject.serviceAccount("edge", "backup")],
  });
}

/** Every way in, and every source of certificates. */
export function everyWayIn(chart: Chart, kubernetesVersion: string): void {
  const ns = new HardenedNamespace(chart, "edge", { kubernetesVersion });
  const web = new HardenedDeployment(ns, "web", { image: IMAGE, ports: { http: 8080 } });
  const certificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b";
  const url = "https://login.example.com";
  const login = {
    ...{ issuer: url, authorizationEndpoint: `${url}/a`, tokenEndpoint: `${url}/t`, userInfoEndpoint: `${url}/u` },
    secretName: "login",
  };
  const webAclArn = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0a1b";
  const alb = IngressClass.alb({
    ...{ contract: CONTRACT, certificateArn, login, headers: { contentSecurityPolicy: "default-src 'self'" } },
    scheme: AlbScheme.internetFacing({ reason, webAclArn }),
    accessLogs: { bucket: "logs-111122223333", prefix: "alb/shop" },
    plainHttp: PlainHttp.redirected(),
    inboundCidrs: CIDRS,
  });
  const traefik = IngressClass.traefik({
    ...{ tlsSecretName: "web-tls", source: PROXIES, headers: {}, inboundCidrs: CIDRS },
    rateLimit: { perSecond: 50 },
    forwardAuth: "http://oauth2-proxy.auth.svc.cluster.local:4180/",
  });
  const named = IngressClass.named("haproxy", { tlsSecretName: "web-tls", source: PROXIES });
  for (const [name, ingressClass] of Object.entries({ alb, traefik, named }))
    new TlsIngress(ns, name, { ingressClass, routes: [{ host: `${name}.example.com`, backend: web }] });

  const hosts = ["shop.example.com", "api.example.com"];
  const shared = { gatewayClassName: "amazon-alb", hosts, tlsSecretName: "web-tls", source: PROXIES };
  const gateway = new TlsGateway(ns, "gate", { ...shared, plainHttp: PlainHttp.redirected(), routesFrom: ["other"] });
  new TlsGateway(ns, "open-gate", { ...shared, plainHttp: PlainHttp.served({ reason }), tlsOptions: { a: "b" } });
  new TlsRoute(ns, "shop", { gateway, host: "shop.example.com", paths: [{ backend: web }], headers: {} });

  const sources = {
    acme: IssuerSource.acmeDns01({
      ...{ email: "platform@example.com", hostedZoneId: "Z0123456789ABC", region: "eu-west-1" },
      dnsZones: ["example.com"],
    }),
    pca: IssuerSource.awsPrivateCa({
      arn: "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/0a1b",
      region: "eu-west-1",
    }),
    vault: IssuerSource.vault({
      ...{ server: "https://vault.example.com", path: "pki_int/sign/shop", role: "shop" },
      caSecretName: "vault-ca",
    }),
    "own-ca": IssuerSource.caSecret("own-ca"),
    "self-signed": IssuerSource.selfSigned({ reason }),
  };
  for (const [name, source] of Object.entries(sources)) {
    new CertificateIssuer(chart, `cluster-${name}`, { source });
    const issuer = new CertificateIssuer(ns, name, { source });
    new TlsCertificate(ns, `${name}-tls`, { issuer, dnsNames: ["*.example.com"], sides: ["server", "client"] });
  }
  const { issuer } = new InternalCa(chart, "internal-ca", { trustedIn: [ns] });
  new TlsCertificate(ns, "internal-tls", { issuer, dnsNames: [web.name] });
}

import {
  CertificateIssuer,
  HardenedNamespace,
  InternalCa,
  IssuerSource,
  patch,
  TlsCertificate,
} from "../../../constructs/index.js";
import type { TlsCertificateProps } from "../../../constructs/index.js";
import { only, problems, synth } from "../synth.js";
import type { Manifest } from "../synth.js";

const ACME = { email: "platform@example.com", hostedZoneId: "Z0123456789ABC", region: "eu-west-1" };

function issuers(source: IssuerSource): readonly Manifest[] {
  return synth((chart) => {
    new CertificateIssuer(chart, "everywhere", { source });
    new CertificateIssuer(new HardenedNamespace(chart, "shop"), "own", { source });
  });
}

describe("CertificateIssuer", () => {
  test("asks Let's Encrypt with a proof in DNS, without keys of AWS", () => {
    const manifests = issuers(IssuerSource.acmeDns01({ ...ACME, dnsZones: ["example.com"] }));
    const spec = (name: string): object => ({
      acme: {
        email: "platform@example.com",
        server: "https://acme-v02.api.letsencrypt.org/directory",
        privateKeySecretRef: { name: `${name}-account` },
        solvers: [
          {
            dns01: { route53: { hostedZoneID: "Z0123456789ABC", region: "eu-west-1" } },
            selector: { dnsZones: ["example.com"] },
          },
        ],
      },
    });
    expect(only(manifests, "ClusterIssuer", "everywhere")["spec"]).toEqual(spec("everywhere"));
    expect(only(manifests, "ClusterIssuer", "everywhere").metadata.namespace).toBeUndefined();
    expect(only(manifests, "Issuer", "own")["spec"]).toEqual(spec("own"));
    expect(only(manifests, "Issuer", "own").metadata.namespace).toBe("shop");
  });

  test("asks AWS Private CA", () => {
    const arn = "${ringfence:authority}";
    const manifests = issuers(IssuerSource.awsPrivateCa({ arn, region: "eu-west-1" }));
    for (const [kind, name] of [
      ["AWSPCAClusterIssuer", "everywhere"],
      ["AWSPCAIssuer", "own"],
    ] as const)
      expect(only(manifests, kind, name)).toMatchObject({
        apiVersion: "awspca.cert-manager.io/v1beta1",
        spec: { arn, region: "eu-west-1" },
      });
  });

  test("asks Vault with a short-lived token", () => {
    const manifests = issuers(
      IssuerSource.vault({
        server: "https://vault.example.com",
        path: "pki_int/sign/shop",
        role: "shop",
        serviceAccountName: "vault-issuer",
        caSecretName: "vault-ca",
      }),
    );
    expect(only(manifests, "Issuer", "own")["spec"]).toEqual({
      vault: {
        server: "https://vault.example.com",
        path: "pki_int/sign/shop",
        caBundleSecretRef: { name: "vault-ca", key: "ca.crt" },
        auth: {
          kubernetes: {
            role: "shop",
            mountPath: "/v1/auth/kubernetes",
            serviceAccountRef: { name: "vault-issuer" },
          },
        },
      },
    });
  });

  test("makes the account that Vault knows, and lets cert-manager take tokens of that one only", () => {
    const vault = { server: "https://vault.example.com", path: "pki_int/sign/shop", role: "shop" };
    const manifests = issuers(IssuerSource.vault(vault));
    for (const [issuer, namespace] of [
      ["own", "shop"],
      ["everywhere", "cert-manager"],
    ] as const) {
      const name = `${issuer}-vault`;
      expect(only(manifests, "ServiceAccount", name)).toMatchObject({
        metadata: { namespace },
        automountServiceAccountToken: false,
      });
      expect(only(manifests, "Role", name)).toMatchObject({
        metadata: { namespace },
        rules: [{ apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"], resourceNames: [name] }],
      });
      expect(only(manifests, "RoleBinding", name)).toMatchObject({
        metadata: { namespace },
        subjects: [{ kind: "ServiceAccount", name: "cert-manager", namespace: "cert-manager" }],
      });
    }
    expect(only(manifests, "Issuer", "own")["spec"]).toMatchObject({
      vault: { auth: { kubernetes: { serviceAccountRef: { name: "own-vault" } } } },
    });
    const named = issuers(IssuerSource.vault({ ...vault, serviceAccountName: "known" }));
    expect(named.filter(({ kind }) => kind === "Role")).toEqual([]);
  });

  test("signs itself only with a reason", () => {
    const reason = "tests of the chart need a name";
    const manifests = issuers(IssuerSource.selfSigned({ reason }));
    expect(only(manifests, "Issuer", "own").metadata.annotations).toEqual({
      "ringfence.dev/relaxations": JSON.stringify([{ choice: "IssuerSource.selfSigned", reason }]),
    });
    expect(() => IssuerSource.selfSigned({ reason: "" })).toThrow("'reason' must say why");
  });
});

describe("TlsCertificate", () => {
  function certificate(props: Partial<TlsCertificateProps> = {}): Manifest {
    const manifests = synth((chart) => {
      const issuer = new CertificateIssuer(chart, "public", { source: IssuerSource.acmeDns01(ACME) });
      const shop = new HardenedNamespace(chart, "shop");
      patch(
        new TlsCertificate(shop, "shop-tls", { issuer, dnsNames: ["shop.example.com"], ...props }),
        "/spec/revisionHistoryLimit",
        3,
      );
    });
    return only(manifests, "Certificate", "shop-tls");
  }

  test("is renewed in time, each time with a new key", () => {
    expect(certificate()).toMatchObject({ apiVersion: "cert-manager.io/v1", metadata: { namespace: "shop" } });
    expect(certificate()["spec"]).toEqual({
      secretName: "shop-tls",
      dnsNames: ["shop.example.com"],
      duration: "2160h",
      renewBefore: "720h",
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      usages: ["digital signature", "server auth"],
      issuerRef: { name: "public", kind: "ClusterIssuer", group: "cert-manager.io" },
      revisionHistoryLimit: 3,
    });
  });

  test("holds as long as somebody wants, for the sides that need it", () => {
    expect(
      certificate({ days: 7, renewDaysBefore: 2, sides: ["server", "client"], secretName: "tls" })["spec"],
    ).toMatchObject({
      ...{ secretName: "tls", duration: "168h", renewBefore: "48h" },
      usages: ["digital signature", "server auth", "client auth"],
    });
  });
});

test("InternalCa signs in the whole cluster, and puts its certificate, never its key, where it is trusted", () => {
  const manifests = synth((chart) => {
    const shop = new HardenedNamespace(chart, "shop");
    const { issuer } = new InternalCa(chart, "internal", { trustedIn: [shop, "billing", "shop"] });
    new TlsCertificate(shop, "web-tls", { issuer, dnsNames: ["web.shop.svc.cluster.local"] });
  });
  expect(only(manifests, "Issuer", "internal-root")).toMatchObject({
    metadata: { namespace: "cert-manager" },
    spec: { selfSigned: {} },
  });
  expect(only(manifests, "Certificate", "internal")).toMatchObject({
    metadata: { namespace: "cert-manager" },
    spec: {
      isCA: true,
      commonName: "internal",
      secretName: "internal",
      duration: "87600h",
      renewBefore: "8760h",
      privateKey: { algorithm: "ECDSA", size: 384, rotationPolicy: "Never" },
      usages: ["cert sign", "crl sign"],
      issuerRef: { name: "internal-root", kind: "Issuer", group: "cert-manager.io" },
    },
  });
  expect(only(manifests, "ClusterIssuer", "internal")["spec"]).toEqual({ ca: { secretName: "internal" } });
  expect(only(manifests, "Bundle", "internal")["spec"]).toEqual({
    sources: [{ secret: { name: "internal", key: "tls.crt" } }],
    target: {
      configMap: { key: "ca.crt" },
      namespaceSelector: {
        matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["shop", "billing"] }],
      },
    },
  });
  expect(only(manifests, "Certificate", "web-tls")["spec"]).toMatchObject({
    issuerRef: { name: "internal", kind: "ClusterIssuer" },
  });
  const order = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(order.indexOf("ClusterIssuer internal")).toBeGreaterThan(order.indexOf("Certificate internal"));
  expect(order.indexOf("Certificate web-tls")).toBeGreaterThan(order.indexOf("ClusterIssuer internal"));
});

test("bad input is told at once", () => {
  const told = problems((chart) => {
    const shop = new HardenedNamespace(chart, "shop");
    const sources = {
      acme: IssuerSource.acmeDns01({
        ...{ email: "platform", hostedZoneId: "/hostedzone/Z01", region: "Ireland", server: "http://acme" },
        dnsZones: ["*.example.com"],
      }),
      pca: IssuerSource.awsPrivateCa({ arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b", region: "" }),
      vault: IssuerSource.vault({
        ...{ server: "http://vault", path: "pki_int/issue/shop", role: "", serviceAccountName: "Vault" },
      }),
      secret: IssuerSource.caSecret("CA"),
    };
    for (const [name, source] of Object.entries(sources)) new CertificateIssuer(chart, name, { source });
    const foreign = new CertificateIssuer(chart, "foreign", {
      namespace: "billing",
      source: IssuerSource.caSecret("ca"),
    });
    new TlsCertificate(shop, "web", { issuer: foreign, dnsNames: [], days: 400, renewDaysBefore: 400, sides: [] });
    new TlsCertificate(chart, "lost", { issuer: foreign, dnsNames: ["shop example"] });
    const vault = IssuerSource.vault({ server: "https://vault", path: "pki/sign/shop", role: "shop" });
    new CertificateIssuer(chart, "elsewhere", { source: vault, certManagerNamespace: "Cert" });
    new InternalCa(shop, "inside", { trustedIn: [], years: 0 });
  });
  expect(told.map((line) => line.replace(/, got .*/, ""))).toEqual([
    "'issuer' must be one of the namespace 'shop' or of the cluster",
    "'days' must be a whole number from 1 to 398",
    "'renewDaysBefore' must be a whole number from 1 to 399",
    "'dnsNames' must hold at least one name",
    "'sides' must hold 'server' or 'client'",
    "'scope' must lie outside of a HardenedNamespace",
    "'years' must be a whole number from 1 to 20",
    "'trustedIn' must name a namespace",
    "'source.server' must be an https URL",
    "'source.region' must be a Region",
    "'source.dnsZones[0]' must be a DNS name",
    "'source.email' must be an address of e-mail",
    "'source.hostedZoneId' must be the id of a hosted zone",
    "'source.arn' must be an ARN of acm-pca",
    "'source.region' must be a Region",
    "'source.server' must be an https URL",
    "'source.serviceAccountName' must be a DNS label of at most 63 characters",
    "'source.path' must be '<engine>/sign/<role>'",
    "'source.role' must name a role",
    "'source.secretName' must be a DNS name",
    "'namespace' must be known",
    "'dnsNames[0]' must be a DNS name",
    "'certManagerNamespace' must be a DNS label of at most 63 characters",
  ]);
});

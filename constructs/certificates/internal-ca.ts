import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { checkName, checkSubdomain, checkWhole, validateWith } from "../checks.js";
import { NAMESPACE_NAME_LABEL } from "../connection.js";
import { HardenedNamespace } from "../namespace.js";
import { namespaceName } from "../namespace-target.js";
import type { NamespaceTarget } from "../namespace-target.js";
import { objectOf } from "../objects.js";
import { CERT_MANAGER_NAMESPACE, CertificateIssuer } from "./certificate-issuer.js";
import { IssuerSource } from "./issuer-source.js";
import { lifeOf } from "./tls-certificate.js";

/** Arguments of {@link InternalCa}. */
export interface InternalCaProps {
  /** Name of the authority, its Secret and its bundle. @default - the construct's id */
  readonly name?: string;
  /** Namespace of cert-manager and trust-manager, in which the key lies. @default "cert-manager" */
  readonly namespace?: string;
  /** Who gets the authority's certificate, to trust it; at least one namespace. */
  readonly trustedIn: readonly NamespaceTarget[];
  /** Years that the root holds, from 1 to 20; it is renewed in the last of ten parts. @default 10 */
  readonly years?: number;
}

/** The defaults of {@link InternalCa}. */
export const INTERNAL_CA_DEFAULTS = { years: 10 } as const;

const DAYS_PER_YEAR = 365;

/**
 * An authority inside the cluster, for names that no public one signs: a root that signs itself, an issuer for the whole
 * cluster, and a bundle of trust-manager that puts the root's certificate, without its key, into a ConfigMap of every namespace
 * named, under the authority's name and the key `ca.crt`.
 *
 * The root's key lies in a Secret of cert-manager's namespace: whoever reads Secrets there, or runs pods there, is the
 * authority. Prefer `IssuerSource.awsPrivateCa` or `vault` where that matters.
 */
export class InternalCa extends Construct {
  readonly name: string;
  /** For `TlsCertificate`. */
  readonly issuer: CertificateIssuer;
  /** The ConfigMap in each namespace; its key is `ca.crt`. */
  readonly configMapName: string;

  constructor(scope: Construct, id: string, props: InternalCaProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.configMapName = this.name;
    const namespace = props.namespace ?? CERT_MANAGER_NAMESPACE;

    const root = new CertificateIssuer(this, "Root", {
      name: `${this.name}-root`,
      namespace,
      source: IssuerSource.selfSigned({ reason: "the root of an internal authority signs itself" }),
    });
    const certificate = this.createRoot(root, namespace, props.years ?? INTERNAL_CA_DEFAULTS.years);
    this.issuer = this.createIssuer();
    this.issuer.node.addDependency(certificate);
    this.createBundle(props.trustedIn).node.addDependency(certificate);

    validateWith(this, () => [...checkScope(HardenedNamespace.of(this)), ...checkProps(this.name, namespace, props)]);
  }

  private createRoot(root: CertificateIssuer, namespace: string, years: number): Construct {
    const days = years * DAYS_PER_YEAR;
    const certificate = objectOf(this, "Certificate", {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      name: this.name,
      namespace,
      body: {
        spec: {
          isCA: true,
          commonName: this.name,
          secretName: this.name,
          ...lifeOf({ days, renewDaysBefore: Math.round(days / 10) }),
          // A new key would make every certificate in use worthless before its end.
          privateKey: { algorithm: "ECDSA", size: 384, rotationPolicy: "Never" },
          usages: ["cert sign", "crl sign"],
          issuerRef: root.ref,
        },
      },
    });
    certificate.node.addDependency(root);
    return certificate;
  }

  /** Of the cluster: such an issuer finds its Secret in cert-manager's namespace. */
  private createIssuer(): CertificateIssuer {
    return new CertificateIssuer(this, "Issuer", { name: this.name, source: IssuerSource.caSecret(this.name) });
  }

  private createBundle(trustedIn: InternalCaProps["trustedIn"]): Construct {
    const values = [...new Set(trustedIn.map(namespaceName))];
    const matchExpressions = [{ key: NAMESPACE_NAME_LABEL, operator: "In", values }];
    return objectOf(this, "Resource", {
      apiVersion: "trust.cert-manager.io/v1alpha1",
      kind: "Bundle",
      name: this.name,
      body: {
        spec: {
          sources: [{ secret: { name: this.name, key: "tls.crt" } }],
          target: { configMap: { key: "ca.crt" }, namespaceSelector: { matchExpressions } },
        },
      },
    });
  }
}

/** Below a namespace the issuer would be that namespace's, and look for the root's Secret there. */
function checkScope(enclosing: HardenedNamespace | undefined): readonly Issue[] {
  if (enclosing === undefined) return [];
  const advice = "Make it below the chart";
  return [issue("NotAllowed", "scope", "must lie outside of a HardenedNamespace", enclosing.name, advice)];
}

function checkProps(name: string, namespace: string, { trustedIn, years }: InternalCaProps): readonly Issue[] {
  const issues = [
    ...checkSubdomain("name", name),
    ...checkName("namespace", namespace),
    ...trustedIn.flatMap((target, i) => checkName(`trustedIn[${i}]`, namespaceName(target))),
    ...checkWhole("years", years ?? INTERNAL_CA_DEFAULTS.years, 1, 20),
  ];
  // An empty selector means every namespace.
  if (trustedIn.length === 0)
    issues.push(
      issue("Required", "trustedIn", "must name a namespace", trustedIn, "Say who has to trust the authority"),
    );
  return issues;
}

import { Construct } from "constructs";
import type { Issue } from "../../core/issue.js";
import { RbacRule } from "../access/rbac-rule.js";
import { HardenedRole } from "../access/role.js";
import { Subject } from "../access/subject.js";
import { checkName, checkSubdomain, validateWith } from "../checks.js";
import { HardenedNamespace } from "../namespace.js";
import { objectOf } from "../objects.js";
import type { IssuerSource } from "./issuer-source.js";

/** Objects of issuers, by what makes them and where they hold. */
const KINDS = {
  "cert-manager": {
    apiVersion: "cert-manager.io/v1",
    group: "cert-manager.io",
    cluster: "ClusterIssuer",
    own: "Issuer",
  },
  "aws-private-ca": {
    apiVersion: "awspca.cert-manager.io/v1beta1",
    group: "awspca.cert-manager.io",
    cluster: "AWSPCAClusterIssuer",
    own: "AWSPCAIssuer",
  },
} as const;

/** Which issuer a certificate is asked of (`spec.issuerRef`). */
export interface IssuerRef {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

/** Arguments of {@link CertificateIssuer}. */
export interface CertificateIssuerProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** Where certificates may be asked for. @default - the `HardenedNamespace` around the construct, else the whole cluster */
  readonly namespace?: string;
  /** Who signs. */
  readonly source: IssuerSource;
  /** Where cert-manager runs, under the service account `cert-manager`. @default "cert-manager" */
  readonly certManagerNamespace?: string;
}

/** Namespace of cert-manager and trust-manager when nobody says otherwise. */
export const CERT_MANAGER_NAMESPACE = "cert-manager";

/** Service account of cert-manager's controller, as its chart names it. */
const CERT_MANAGER = "cert-manager";

/**
 * An issuer of certificates for one namespace, or for the whole cluster: then every namespace that may write Certificates gets
 * any name that the source signs.
 */
export class CertificateIssuer extends Construct {
  readonly name: string;
  /** Absent for an issuer of the whole cluster. */
  readonly namespace: string | undefined;
  readonly ref: IssuerRef;

  constructor(scope: Construct, id: string, props: CertificateIssuerProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.namespace = props.namespace ?? HardenedNamespace.of(this)?.name;
    const { kind: by, spec, issues, relaxation, serviceAccount } = props.source.facts;
    const certManager = props.certManagerNamespace ?? CERT_MANAGER_NAMESPACE;
    const { apiVersion, group, cluster, own } = KINDS[by];
    const kind = this.namespace === undefined ? cluster : own;
    this.ref = { name: this.name, kind, group };
    objectOf(this, "Resource", {
      apiVersion,
      kind,
      name: this.name,
      ...(this.namespace === undefined ? {} : { namespace: this.namespace }),
      relaxations: () => (relaxation === undefined ? [] : [relaxation]),
      body: { spec: spec(this.name) },
    });
    const malformed = checkName("certManagerNamespace", certManager);
    if (serviceAccount !== undefined && malformed.length === 0)
      this.createAccount(serviceAccount(this.name), certManager);
    validateWith(this, (): readonly Issue[] => [
      ...checkSubdomain("name", this.name),
      ...malformed,
      ...(this.namespace === undefined ? [] : checkName("namespace", this.namespace)),
      ...issues,
    ]);
  }

  /** The account as which cert-manager speaks to the source, and the right to do so; both lie where the issuer looks. */
  private createAccount(name: string, certManager: string): void {
    const namespace = this.namespace ?? certManager;
    const body = { automountServiceAccountToken: false };
    objectOf(this, "ServiceAccount", { apiVersion: "v1", kind: "ServiceAccount", name, namespace, body });
    const rights = { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"], resourceNames: [name] };
    const reason = "cert-manager shows a token of this one account to the certificate authority";
    new HardenedRole(this, "TokenRole", {
      ...{ name, namespace },
      rules: [RbacRule.dangerous(rights, { dangers: ["token-create"], reason })],
      subjects: [Subject.serviceAccount(certManager, CERT_MANAGER)],
    });
  }
}

import { ApiObject } from "cdk8s";
import { Construct } from "constructs";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { hasToken } from "../../core/token.js";
import { checkName, checkSubdomain, checkWhole, validateWith } from "../checks.js";
import { HardenedNamespace } from "../namespace.js";
import { objectOf } from "../objects.js";
import type { CertificateIssuer } from "./certificate-issuer.js";

/** Arguments of {@link TlsCertificate}. */
export interface TlsCertificateProps {
  /** @default - the construct's id */
  readonly name?: string;
  /** @default - the `HardenedNamespace` around the construct */
  readonly namespace?: string;
  readonly issuer: CertificateIssuer;
  /** Names that the certificate is for, at least one; `*.` may stand for the first part. May hold tokens. */
  readonly dnsNames: readonly string[];
  /** Secret that gets `tls.crt` and `tls.key`. @default - the certificate's name */
  readonly secretName?: string;
  /** Days that a certificate holds, from 1 to 398; an authority may say less. @default 90 */
  readonly days?: number;
  /** Days before its end at which it is renewed. @default 30 */
  readonly renewDaysBefore?: number;
  /** Whose side of a connection it proves: a workload that calls others with it is a client too. @default ["server"] */
  readonly sides?: readonly ("server" | "client")[];
}

/** The defaults of {@link TlsCertificate}; 398 days is the most that browsers take. */
export const CERTIFICATE_DEFAULTS = { days: 90, renewDaysBefore: 30, sides: ["server"] } as const;

const HOURS_PER_DAY = 24;
const USAGES = { server: "server auth", client: "client auth" } as const;

/**
 * A certificate in a Secret, renewed by cert-manager in time, each time with a new ECDSA key. Whoever may read Secrets of the
 * namespace reads the key.
 */
export class TlsCertificate extends Construct {
  readonly name: string;
  /** Secret with `tls.crt` and `tls.key`; for `IngressClass` and `TlsGateway`. */
  readonly secretName: string;

  constructor(scope: Construct, id: string, props: TlsCertificateProps) {
    super(scope, id);
    const { issuer, dnsNames } = props;
    const namespace = props.namespace ?? HardenedNamespace.of(this)?.name;
    this.name = props.name ?? id;
    this.secretName = props.secretName ?? this.name;
    const object = objectOf(this, "Resource", {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      name: this.name,
      namespace: namespace ?? "",
      body: {
        spec: {
          secretName: this.secretName,
          dnsNames,
          ...lifeOf(props),
          privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
          usages: ["digital signature", ...(props.sides ?? CERTIFICATE_DEFAULTS.sides).map((side) => USAGES[side])],
          issuerRef: issuer.ref,
        },
      },
    });
    object.addDependency(ApiObject.of(issuer));
    validateWith(this, () => [...checkPlaces(this.name, namespace, props), ...checkProps(props)]);
  }
}

/** `duration` and `renewBefore`, in the hours that cert-manager reads. */
export function lifeOf(props: Pick<TlsCertificateProps, "days" | "renewDaysBefore">): object {
  return {
    duration: `${(props.days ?? CERTIFICATE_DEFAULTS.days) * HOURS_PER_DAY}h`,
    renewBefore: `${(props.renewDaysBefore ?? CERTIFICATE_DEFAULTS.renewDaysBefore) * HOURS_PER_DAY}h`,
  };
}

function checkPlaces(
  name: string,
  namespace: string | undefined,
  { issuer, secretName }: TlsCertificateProps,
): readonly Issue[] {
  const issues = [
    ...checkSubdomain("name", name),
    ...(secretName === undefined ? [] : checkSubdomain("secretName", secretName)),
  ];
  if (namespace === undefined) {
    const advice = "Make it inside a HardenedNamespace, or give 'namespace'";
    return [...issues, issue("Required", "namespace", "must be known", undefined, advice)];
  }
  const foreign = issuer.namespace !== undefined && issuer.namespace !== namespace;
  return [
    ...issues,
    ...checkName("namespace", namespace),
    ...(foreign
      ? [
          issue(
            "Conflict",
            "issuer",
            `must be one of the namespace '${namespace}' or of the cluster`,
            `${issuer.namespace}/${issuer.name}`,
            "Make an issuer there, or one outside of a HardenedNamespace",
          ),
        ]
      : []),
  ];
}

function checkProps({ dnsNames, days, renewDaysBefore, sides }: TlsCertificateProps): readonly Issue[] {
  const life = days ?? CERTIFICATE_DEFAULTS.days;
  const issues = [
    ...dnsNames.flatMap((name, i) => checkDnsName(`dnsNames[${i}]`, name)),
    ...checkWhole("days", life, 1, 398),
    ...checkWhole("renewDaysBefore", renewDaysBefore ?? CERTIFICATE_DEFAULTS.renewDaysBefore, 1, Math.max(1, life - 1)),
  ];
  if (dnsNames.length === 0)
    issues.push(issue("Required", "dnsNames", "must hold at least one name", dnsNames, "Name what it is for"));
  if (sides?.length === 0)
    issues.push(issue("Required", "sides", "must hold 'server' or 'client'", sides, "Leave it out for 'server'"));
  return issues;
}

function checkDnsName(path: string, name: string): readonly Issue[] {
  if (hasToken(name)) return [];
  const plain = name.startsWith("*.") ? name.slice(2) : name;
  return checkSubdomain(path, plain).map((found) => ({ ...found, got: `'${name}'` }));
}

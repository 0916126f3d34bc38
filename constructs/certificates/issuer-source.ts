import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { relaxation } from "../../core/relaxation.js";
import type { Reason, Relaxation } from "../../core/relaxation.js";
import { hasToken } from "../../core/token.js";
import { checkHttps, checkName, checkSubdomain } from "../checks.js";

/** Let's Encrypt's directory for production (https://letsencrypt.org/docs/acme-protocol-updates/). */
export const LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";

/** Arguments of {@link IssuerSource.acmeDns01}. */
export interface AcmeDns01Options {
  /** Who is told before a certificate ends that nobody renewed. */
  readonly email: string;
  /** Directory of the certificate authority; may be a token. @default LETS_ENCRYPT */
  readonly server?: string;
  /** Id of the zone in Route 53 in which the authority looks for the proof; may be a token. */
  readonly hostedZoneId: string;
  /** Region of the cluster; cert-manager's pods act in AWS by Pod Identity, without keys. */
  readonly region: string;
  /** Names below which certificates are asked for: `["example.com"]`. @default - all */
  readonly dnsZones?: readonly string[];
}

/** Arguments of {@link IssuerSource.awsPrivateCa}. */
export interface AwsPrivateCaOptions {
  /** ARN of the certificate authority in AWS Private CA; may be a token. */
  readonly arn: string;
  readonly region: string;
}

/** Arguments of {@link IssuerSource.vault}. */
export interface VaultOptions {
  /** URL of Vault; may be a token. */
  readonly server: string;
  /** Path of the secrets engine's `sign` endpoint: `pki_int/sign/shop`. */
  readonly path: string;
  /** Role of Vault's Kubernetes auth method. */
  readonly role: string;
  /** Where that method is mounted. @default "/v1/auth/kubernetes" */
  readonly mountPath?: string;
  /**
   * Service account whose short-lived token is shown to Vault, beside the issuer. One that is named here is there already, and
   * cert-manager may create its tokens.
   *
   * @default - one is made for the issuer, `<issuer>-vault`, with a role for cert-manager that holds for its token alone
   */
  readonly serviceAccountName?: string;
  /** Secret with Vault's authority under `ca.crt`, beside the issuer. @default - the authorities that cert-manager's image trusts */
  readonly caSecretName?: string;
}

/** Who signs certificates, as an issuer of cert-manager or of an issuer beside it. */
export class IssuerSource {
  /**
   * A public authority that speaks ACME, which finds the proof in DNS: nothing in the cluster has to be reachable from the
   * internet, and the certificate is in the public logs.
   */
  static acmeDns01(options: AcmeDns01Options): IssuerSource {
    const { email, hostedZoneId, region, dnsZones } = options;
    const server = options.server ?? LETS_ENCRYPT;
    const solver = { dns01: { route53: { hostedZoneID: hostedZoneId, region } } };
    const selector = dnsZones === undefined ? {} : { selector: { dnsZones } };
    return new IssuerSource({
      kind: "cert-manager",
      spec: (name) => ({
        acme: {
          email,
          server,
          privateKeySecretRef: { name: `${name}-account` },
          solvers: [{ ...solver, ...selector }],
        },
      }),
      issues: checkAcme(options, server),
    });
  }

  /** A private authority in AWS, by the aws-privateca-issuer, whose pods act by Pod Identity. */
  static awsPrivateCa({ arn, region }: AwsPrivateCaOptions): IssuerSource {
    const issues = [...checkPrivateCa(arn), ...checkRegion(region)];
    return new IssuerSource({ kind: "aws-private-ca", spec: () => ({ arn, region }), issues });
  }

  /** Vault's PKI engine, which cert-manager asks with a token of a service account. */
  static vault(options: VaultOptions): IssuerSource {
    const { server, path, role, serviceAccountName, caSecretName } = options;
    const account = (name: string): string => serviceAccountName ?? `${name}-vault`;
    const mountPath = options.mountPath ?? "/v1/auth/kubernetes";
    const ca = caSecretName === undefined ? {} : { caBundleSecretRef: { name: caSecretName, key: "ca.crt" } };
    return new IssuerSource({
      kind: "cert-manager",
      spec: (name) => ({
        vault: {
          ...{ server, path, ...ca },
          auth: { kubernetes: { role, mountPath, serviceAccountRef: { name: account(name) } } },
        },
      }),
      issues: checkVault(options),
      ...(serviceAccountName === undefined ? { serviceAccount: account } : {}),
    });
  }

  /** An authority whose key lies in a Secret of the cluster, as `InternalCa` makes one. */
  static caSecret(secretName: string): IssuerSource {
    return new IssuerSource({
      kind: "cert-manager",
      spec: () => ({ ca: { secretName } }),
      issues: checkSubdomain("source.secretName", secretName),
    });
  }

  /**
   * Every certificate signs itself: good for the root of an authority, and for nothing that somebody has to trust.
   *
   * @throws InputError when the reason is missing.
   */
  static selfSigned(why: Reason): IssuerSource {
    return new IssuerSource({
      kind: "cert-manager",
      spec: () => ({ selfSigned: {} }),
      issues: [],
      relaxation: relaxation("IssuerSource.selfSigned", why),
    });
  }

  private constructor(
    /** What the issuer needs to know; made by the factories only. */
    readonly facts: {
      readonly kind: "cert-manager" | "aws-private-ca";
      /** `spec` of an issuer with that name. */
      readonly spec: (name: string) => object;
      readonly issues: readonly Issue[];
      readonly relaxation?: Relaxation;
      /** Name of the service account to make for an issuer with that name; absent where it needs none, or has one. */
      readonly serviceAccount?: (name: string) => string;
    },
  ) {}
}

function checkAcme({ email, hostedZoneId, region, dnsZones }: AcmeDns01Options, server: string): readonly Issue[] {
  const issues = [
    ...checkHttps("source.server", server),
    ...checkRegion(region),
    ...(dnsZones ?? []).flatMap((zone, i) => checkSubdomain(`source.dnsZones[${i}]`, zone)),
  ];
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
    issues.push(issue("Malformed", "source.email", "must be an address of e-mail", email, "Use a team's mailbox"));
  if (!hasToken(hostedZoneId) && !/^Z[A-Z0-9]{1,31}$/.test(hostedZoneId))
    issues.push(
      issue(
        "Malformed",
        "source.hostedZoneId",
        "must be the id of a hosted zone",
        hostedZoneId,
        "Take it from the zone",
      ),
    );
  return issues;
}

function checkPrivateCa(arn: string): readonly Issue[] {
  if (hasToken(arn) || Arn.parts(arn)?.service === "acm-pca") return [];
  return [issue("Malformed", "source.arn", "must be an ARN of acm-pca", arn, "Take it from the certificate authority")];
}

function checkVault({ server, path, serviceAccountName, caSecretName, role }: VaultOptions): readonly Issue[] {
  const issues = [
    ...checkHttps("source.server", server),
    ...(serviceAccountName === undefined ? [] : checkName("source.serviceAccountName", serviceAccountName)),
    ...(caSecretName === undefined ? [] : checkSubdomain("source.caSecretName", caSecretName)),
  ];
  if (!/^[^\s/]+\/sign\/[^\s/]+$/.test(path))
    issues.push(
      issue("Malformed", "source.path", "must be '<engine>/sign/<role>'", path, "Write it like 'pki_int/sign/shop'"),
    );
  if (role === "") issues.push(issue("Required", "source.role", "must name a role", role, "Name the role in Vault"));
  return issues;
}

function checkRegion(region: string): readonly Issue[] {
  if (hasToken(region) || /^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return [];
  return [issue("Malformed", "source.region", "must be a Region", region, "Write it like 'eu-west-1'")];
}

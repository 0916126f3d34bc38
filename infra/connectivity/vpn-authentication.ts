import type { ec2clientvpn } from "@pulumi/aws/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { Arn } from "../../core/arn.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { arnIssues } from "../checks.js";
import type { ArnKind } from "../checks.js";

/** What is said of an identity provider. */
export interface SamlOptions {
  /** ARN of the provider in IAM: `arn:aws:iam::111122223333:saml-provider/aws-client-vpn`. */
  readonly providerArn: pulumi.Input<string>;
  /**
   * ARN of a second provider in IAM, for the self-service portal, where people fetch client and configuration after they
   * signed in (https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/federated-authentication.html).
   *
   * @default - no portal: hand the configuration out yourself
   */
  readonly portalProviderArn?: pulumi.Input<string>;
}

/** How clients of a VPN prove who they are. */
export class VpnAuthentication {
  private constructor(
    readonly kind: "certificate" | "saml",
    readonly arn: pulumi.Input<string>,
    /** The provider of the self-service portal. */
    readonly portalProviderArn: pulumi.Input<string> | undefined,
  ) {}

  /**
   * By a client certificate that this authority signed: a machine, not a person. There are no groups, and a lost certificate
   * is good until it is in a revocation list.
   *
   * @param clientRootCertificateArn The authority's certificate in ACM, in the network's Region.
   */
  static mutualTls(clientRootCertificateArn: pulumi.Input<string>): VpnAuthentication {
    return new VpnAuthentication("certificate", clientRootCertificateArn, undefined);
  }

  /** By signing in at an identity provider, with whatever second factor that asks for. */
  static saml(options: SamlOptions): VpnAuthentication {
    return new VpnAuthentication("saml", options.providerArn, options.portalProviderArn);
  }
}

/** A way to authenticate as EC2 spells it. */
export function authenticationOption({
  kind,
  arn,
  portalProviderArn,
}: VpnAuthentication): ec2clientvpn.EndpointAuthenticationOption {
  if (kind === "certificate") return { type: "certificate-authentication", rootCertificateChainArn: arn };
  const portal = portalProviderArn === undefined ? {} : { selfServiceSamlProviderArn: portalProviderArn };
  return { type: "federated-authentication", samlProviderArn: arn, ...portal };
}

const SAML_PROVIDER: ArnKind = {
  what: "a SAML provider of IAM",
  service: "iam",
  resource: /^saml-provider\//,
  example: "arn:<partition>:iam::111122223333:saml-provider/vpn",
};

/** Checks a certificate where it is known: a VPN takes one from its own Region only. */
export function certificateIssues(path: string, arn: pulumi.Input<string>, region: string): Issue[] {
  const issues = arnIssues(path, arn, {
    what: "a certificate of ACM",
    service: "acm",
    resource: /^certificate\//,
    example: `arn:<partition>:acm:${region}:111122223333:certificate/<id>`,
  });
  if (issues.length > 0 || typeof arn !== "string" || Arn.parts(arn)?.region === region) return issues;
  const advice = `Request or import one in ${region}`;
  return [issue("Conflict", path, `must be in the network's Region ${region}`, arn, advice)];
}

/** Checks how clients authenticate: one way or two different ones, and groups only where somebody has groups. */
export function authenticationIssues(
  ways: readonly VpnAuthentication[],
  accessGroups: readonly string[] | undefined,
  region: string,
): Issue[] {
  const path = "authentication";
  if (ways.length === 0) {
    const advice = "Give VpnAuthentication.saml(...), or VpnAuthentication.mutualTls(...)";
    return [issue("Required", path, "must say how clients authenticate", ways, advice)];
  }
  const issues = ways.flatMap((way, i) => [
    ...wayIssues(`${path}[${i}]`, way, region),
    ...(ways.findIndex(({ kind }) => kind === way.kind) === i
      ? []
      : [issue("Duplicate", `${path}[${i}]`, "must differ from the ways before it", way.kind, "Remove one")]),
  ]);
  if (accessGroups !== undefined && !ways.some(({ kind }) => kind === "saml")) {
    const advice = "Remove them, or add VpnAuthentication.saml(...)";
    issues.push(
      issue("Conflict", "accessGroups", "must stand beside SAML: certificates have no groups", accessGroups, advice),
    );
  }
  return issues;
}

function wayIssues(path: string, { kind, arn, portalProviderArn }: VpnAuthentication, region: string): Issue[] {
  if (kind === "certificate") return certificateIssues(path, arn, region);
  return [
    ...arnIssues(path, arn, SAML_PROVIDER),
    ...arnIssues(`${path}.portalProviderArn`, portalProviderArn, SAML_PROVIDER),
  ];
}

import { Arn } from "../../core/arn.js";
import type { Cidr } from "../../core/cidr.js";
import type { ClusterContract } from "../../core/contract.js";
import { DEFAULT_ELB_TLS_POLICY, ELB_TLS_POLICIES } from "../../core/data/elb-tls-policies.js";
import type { ElbTlsPolicy } from "../../core/data/elb-tls-policies.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { hasToken } from "../../core/token.js";
import type { StringMap } from "../manifest.js";
import { AlbScheme } from "./alb-scheme.js";
import { checkOidc, OIDC_DEFAULTS } from "./oidc.js";
import type { OidcLogin } from "./oidc.js";
import { PlainHttp } from "./plain-http.js";
import { checkHeaders, headersOf } from "./security-headers.js";
import type { SecurityHeaders } from "./security-headers.js";

/** Where a load balancer writes what it was asked. The bucket's policy must let Elastic Load Balancing in. */
export interface AccessLogs {
  /** Name of the S3 bucket, in the Region of the cluster; may be a token. */
  readonly bucket: string;
  /** First part of the objects' keys. @default - none */
  readonly prefix?: string;
}

/** Arguments of {@link IngressClass.alb}. */
export interface AlbProps {
  /** Of the cluster: where load balancers lie, and from where an internal one may be reached. */
  readonly contract: Pick<ClusterContract, "loadBalancerCidrs" | "vpcCidrs">;
  /** Of the certificate in AWS Certificate Manager for all hosts; may be a token. */
  readonly certificateArn: string;
  /** @default AlbScheme.internal() */
  readonly scheme?: AlbScheme;
  /** Addresses that may connect. @default - the VPC's when internal, all when internet-facing */
  readonly inboundCidrs?: readonly Cidr[];
  /** Versions and ciphers that clients may use. @default "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" */
  readonly tlsPolicy?: ElbTlsPolicy;
  /** Path that the load balancer asks of every backend. @default "/" */
  readonly healthCheckPath?: string;
  /** What answers on port 80. @default PlainHttp.closed() */
  readonly plainHttp?: PlainHttp;
  /** @default - none */
  readonly accessLogs?: AccessLogs;
  /** `{}` for the usual ones. @default - those of the backends */
  readonly headers?: SecurityHeaders;
  /** Who may come in. @default - whoever can connect */
  readonly login?: OidcLogin;
}

const SECONDS_PER_HOUR = 3600;

/** The annotations of an ingress for these choices. */
export function albAnnotations(props: AlbProps): StringMap {
  const { scheme, webAclArn } = props.scheme ?? AlbScheme.internal();
  const inbound = props.inboundCidrs ?? (scheme === "internal" ? props.contract.vpcCidrs : undefined);
  return {
    [alb("scheme")]: scheme,
    [alb("target-type")]: "ip",
    ...listenerAnnotations(props),
    [alb("certificate-arn")]: props.certificateArn,
    [alb("ssl-policy")]: props.tlsPolicy ?? DEFAULT_ELB_TLS_POLICY,
    [alb("load-balancer-attributes")]: attributes({
      "routing.http.drop_invalid_header_fields.enabled": "true",
      ...logAttributes(props.accessLogs),
    }),
    [alb("healthcheck-path")]: props.healthCheckPath ?? "/",
    ...(inbound === undefined ? {} : { [alb("inbound-cidrs")]: inbound.join(",") }),
    ...(webAclArn === undefined ? {} : { [alb("wafv2-acl-arn")]: webAclArn }),
    ...(props.login === undefined ? {} : loginAnnotations(props.login)),
  };
}

/** Which ports listen, and the headers that the listener of HTTPS sets. */
function listenerAnnotations({ plainHttp, headers }: AlbProps): StringMap {
  const { choice } = plainHttp ?? PlainHttp.closed();
  return {
    [alb("listen-ports")]: choice === "closed" ? '[{"HTTPS":443}]' : '[{"HTTP":80},{"HTTPS":443}]',
    // Without a listener on 80 it has no effect here; a plain one that somebody adds to the same load balancer redirects.
    ...(choice === "served" ? {} : { [alb("ssl-redirect")]: "443" }),
    ...(headers === undefined
      ? {}
      : {
          [alb("listener-attributes.HTTPS-443")]: attributes({
            ...Object.fromEntries(
              Object.entries(headersOf(headers)).map(([name, value]) => [
                `routing.http.response.${name.toLowerCase().replaceAll("-", "_")}.header_value`,
                value,
              ]),
            ),
            "routing.http.response.server.enabled": "false",
          }),
        }),
  };
}

function logAttributes(logs: AccessLogs | undefined): StringMap {
  if (logs === undefined) return {};
  return {
    "access_logs.s3.enabled": "true",
    "access_logs.s3.bucket": logs.bucket,
    ...(logs.prefix === undefined ? {} : { "access_logs.s3.prefix": logs.prefix }),
  };
}

function loginAnnotations(login: OidcLogin): StringMap {
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secretName } = login;
  const idp = { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secretName };
  return {
    [alb("auth-type")]: "oidc",
    [alb("auth-idp-oidc")]: JSON.stringify(idp),
    [alb("auth-on-unauthenticated-request")]: "authenticate",
    [alb("auth-scope")]: login.scope ?? OIDC_DEFAULTS.scope,
    [alb("auth-session-timeout")]: String((login.sessionHours ?? OIDC_DEFAULTS.sessionHours) * SECONDS_PER_HOUR),
  };
}

/** `key=value` by commas, as the controller reads them. */
function attributes(map: StringMap): string {
  return Object.entries(map)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

/** The issues of the choices. */
export function checkAlb(props: AlbProps): readonly Issue[] {
  const { inboundCidrs, tlsPolicy, healthCheckPath } = props;
  const webAclArn = props.scheme?.webAclArn;
  const issues = [
    ...checkServiceArn("ingressClass.certificateArn", props.certificateArn, "acm"),
    ...(webAclArn === undefined ? [] : checkServiceArn("ingressClass.scheme.webAclArn", webAclArn, "wafv2")),
  ];
  // An empty annotation would mean the controller's default: everybody.
  if (inboundCidrs?.length === 0)
    issues.push(
      issue("Required", "ingressClass.inboundCidrs", "must hold a block", inboundCidrs, "Name who may connect"),
    );
  if (tlsPolicy !== undefined && !ELB_TLS_POLICIES.includes(tlsPolicy))
    issues.push(
      issue(
        "NotAllowed",
        "ingressClass.tlsPolicy",
        `must be one of ${ELB_TLS_POLICIES.join(", ")}`,
        tlsPolicy,
        "Choose one of them",
      ),
    );
  if (healthCheckPath?.startsWith("/") === false)
    issues.push(
      issue(
        "Malformed",
        "ingressClass.healthCheckPath",
        "must begin with '/'",
        healthCheckPath,
        "Write it like '/healthz'",
      ),
    );
  return [
    ...issues,
    ...checkLogs(props.accessLogs),
    ...checkHeaders("ingressClass.headers", props.headers),
    ...checkOidc("ingressClass.login", props.login),
  ];
}

function checkLogs(logs: AccessLogs | undefined): readonly Issue[] {
  if (logs === undefined) return [];
  const issues: Issue[] = [];
  if (!hasToken(logs.bucket) && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(logs.bucket))
    issues.push(
      issue(
        "Malformed",
        "ingressClass.accessLogs.bucket",
        "must be the name of an S3 bucket",
        logs.bucket,
        "Give the name, not the ARN",
      ),
    );
  if (logs.prefix !== undefined && !/^[A-Za-z0-9!_.*'()-]+(\/[A-Za-z0-9!_.*'()-]+)*$/.test(logs.prefix))
    issues.push(
      issue(
        "Malformed",
        "ingressClass.accessLogs.prefix",
        "must be the beginning of a key",
        logs.prefix,
        "Write it like 'alb/shop', without commas and a slash at the end",
      ),
    );
  return issues;
}

function checkServiceArn(path: string, arn: string, service: string): readonly Issue[] {
  if (hasToken(arn) || Arn.parts(arn)?.service === service) return [];
  return [issue("Malformed", path, `must be an ARN of ${service}`, arn, "Take it from the resource, or write it out")];
}

function alb(name: string): string {
  return `alb.ingress.kubernetes.io/${name}`;
}

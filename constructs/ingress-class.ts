import { Arn } from "../core/arn.js";
import type { Cidr } from "../core/cidr.js";
import type { ClusterContract } from "../core/contract.js";
import { DEFAULT_ELB_TLS_POLICY, ELB_TLS_POLICIES } from "../core/data/elb-tls-policies.js";
import type { ElbTlsPolicy } from "../core/data/elb-tls-policies.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";
import { hasToken } from "../core/token.js";
import { checkSubdomain } from "./checks.js";
import type { StringMap } from "./manifest.js";
import { Peer } from "./peer.js";

/** Name of the class that the AWS Load Balancer Controller installs. */
export const ALB_CLASS_NAME = "alb";

/** Arguments of {@link AlbScheme.internetFacing}. */
export interface InternetFacingOptions extends Reason {
  /** ARN of the AWS WAF web ACL in front; may be a token. @default - none */
  readonly webAclArn?: string;
}

/** From where a load balancer of AWS can be reached. */
export class AlbScheme {
  /** The default: from the VPC and what is connected with it. */
  static internal(): AlbScheme {
    return new AlbScheme("internal", undefined, undefined);
  }

  /**
   * From the internet.
   *
   * @throws InputError when the reason is missing.
   */
  static internetFacing(options: InternetFacingOptions): AlbScheme {
    return new AlbScheme("internet-facing", options.webAclArn, relaxation("AlbScheme.internetFacing", options));
  }

  private constructor(
    readonly scheme: "internal" | "internet-facing",
    readonly webAclArn: string | undefined,
    readonly relaxation: Relaxation | undefined,
  ) {}
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
}

/** Arguments of {@link IngressClass.named}. */
export interface NamedClassProps {
  /** The TLS Secret (`tls.crt`, `tls.key`) in the namespace of the ingress. */
  readonly tlsSecretName: string;
  /** Where the controller's proxies run, hence where traffic to the backends comes from. */
  readonly source: Peer;
}

/** The controller that serves an ingress, and how it ends TLS. */
export class IngressClass {
  /**
   * The AWS Load Balancer Controller: TLS ends at an Application Load Balancer that listens on 443 only and sends to the
   * pods directly, in plain HTTP within the VPC
   * (https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/).
   */
  static alb(props: AlbProps): IngressClass {
    const scheme = props.scheme ?? AlbScheme.internal();
    return new IngressClass({
      className: ALB_CLASS_NAME,
      source: Peer.loadBalancer(props.contract),
      annotations: albAnnotations(props, scheme),
      tlsSecretName: undefined,
      relaxation: scheme.relaxation,
      issues: checkAlb(props, scheme),
    });
  }

  /** Any other controller that reads the standard: TLS ends with the certificate of a Secret. */
  static named(className: string, { tlsSecretName, source }: NamedClassProps): IngressClass {
    const issues = [
      ...checkSubdomain("ingressClass", className),
      ...checkSubdomain("ingressClass.tlsSecretName", tlsSecretName),
    ];
    return new IngressClass({ className, source, annotations: {}, tlsSecretName, relaxation: undefined, issues });
  }

  private constructor(
    /** What `TlsIngress` needs to know; made by the factories only. */
    readonly facts: {
      readonly className: string;
      readonly source: Peer;
      readonly annotations: StringMap;
      readonly tlsSecretName: string | undefined;
      readonly relaxation: Relaxation | undefined;
      readonly issues: readonly Issue[];
    },
  ) {}
}

function albAnnotations(props: AlbProps, { scheme, webAclArn }: AlbScheme): StringMap {
  const inbound = props.inboundCidrs ?? (scheme === "internal" ? props.contract.vpcCidrs : undefined);
  return {
    [alb("scheme")]: scheme,
    [alb("target-type")]: "ip",
    [alb("listen-ports")]: '[{"HTTPS":443}]',
    // Without effect on this listener; a plain one that somebody adds to the same load balancer redirects.
    [alb("ssl-redirect")]: "443",
    [alb("certificate-arn")]: props.certificateArn,
    [alb("ssl-policy")]: props.tlsPolicy ?? DEFAULT_ELB_TLS_POLICY,
    [alb("load-balancer-attributes")]: "routing.http.drop_invalid_header_fields.enabled=true",
    [alb("healthcheck-path")]: props.healthCheckPath ?? "/",
    ...(inbound === undefined ? {} : { [alb("inbound-cidrs")]: inbound.join(",") }),
    ...(webAclArn === undefined ? {} : { [alb("wafv2-acl-arn")]: webAclArn }),
  };
}

function checkAlb(props: AlbProps, { webAclArn }: AlbScheme): readonly Issue[] {
  const { inboundCidrs, tlsPolicy, healthCheckPath } = props;
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
  return issues;
}

function checkServiceArn(path: string, arn: string, service: string): readonly Issue[] {
  if (hasToken(arn) || Arn.parts(arn)?.service === service) return [];
  return [issue("Malformed", path, `must be an ARN of ${service}`, arn, "Take it from the resource, or write it out")];
}

function alb(name: string): string {
  return `alb.ingress.kubernetes.io/${name}`;
}

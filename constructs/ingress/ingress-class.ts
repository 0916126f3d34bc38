import { INGRESS_NGINX_LAST_DAY } from "../../core/data/ingress-nginx.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import type { Relaxation } from "../../core/relaxation.js";
import { checkSubdomain } from "../checks.js";
import type { StringMap } from "../manifest.js";
import { Peer } from "../peer.js";
import { albAnnotations, checkAlb } from "./alb.js";
import type { AlbProps } from "./alb.js";
import { checkTraefik, traefikAnnotations, traefikObjects } from "./traefik.js";
import type { CompanionObject, TraefikProps } from "./traefik.js";

/** Name of the class that the AWS Load Balancer Controller installs. */
export const ALB_CLASS_NAME = "alb";

/** Arguments of {@link IngressClass.named}. */
export interface NamedClassProps {
  /** The TLS Secret (`tls.crt`, `tls.key`) in the namespace of the ingress. */
  readonly tlsSecretName: string;
  /** Where the controller's proxies run, hence where traffic to the backends comes from. */
  readonly source: Peer;
}

/** Where an ingress lies. */
export interface IngressPlace {
  readonly name: string;
  readonly namespace: string;
}

/** The controller that serves an ingress, and how it ends TLS. */
export class IngressClass {
  /**
   * The AWS Load Balancer Controller: TLS ends at an Application Load Balancer that listens on 443 only and sends to the
   * pods directly, in plain HTTP within the VPC
   * (https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/). Rates are limited by
   * the web ACL.
   */
  static alb(props: AlbProps): IngressClass {
    const relaxations = [props.scheme?.relaxation, props.plainHttp?.relaxation];
    return new IngressClass({
      className: ALB_CLASS_NAME,
      source: Peer.loadBalancer(props.contract),
      annotations: () => albAnnotations(props),
      objects: () => [],
      tlsSecretName: undefined,
      relaxations: relaxations.filter((r) => r !== undefined),
      issues: checkAlb(props),
    });
  }

  /**
   * Traefik: TLS ends with the certificate of a Secret, by a TLSOption and Middlewares (`traefik.io/v1alpha1`) beside the
   * ingress, for which the provider `kubernetesCRD` has to be on.
   */
  static traefik(props: TraefikProps): IngressClass {
    return new IngressClass({
      className: props.className ?? "traefik",
      source: props.source,
      annotations: (place) => traefikAnnotations(props, place),
      objects: ({ name }) => traefikObjects(props, name),
      tlsSecretName: props.tlsSecretName,
      relaxations: [],
      issues: checkTraefik(props),
    });
  }

  /** Any other controller that reads the standard: TLS ends with the certificate of a Secret. */
  static named(className: string, { tlsSecretName, source }: NamedClassProps): IngressClass {
    const issues = [
      ...checkSubdomain("ingressClass", className),
      ...checkOwn(className),
      ...checkSubdomain("ingressClass.tlsSecretName", tlsSecretName),
    ];
    return new IngressClass({
      className,
      source,
      annotations: () => ({}),
      objects: () => [],
      tlsSecretName,
      relaxations: [],
      issues,
    });
  }

  private constructor(
    /** What `TlsIngress` needs to know; made by the factories only. */
    readonly facts: {
      readonly className: string;
      readonly source: Peer;
      readonly annotations: (place: IngressPlace) => StringMap;
      /** What the controller needs beside the ingress. */
      readonly objects: (place: IngressPlace) => readonly CompanionObject[];
      readonly tlsSecretName: string | undefined;
      readonly relaxations: readonly Relaxation[];
      readonly issues: readonly Issue[];
    },
  ) {}
}

/** Names that say what is behind them: a controller without fixes, and one with a factory of its own. */
function checkOwn(className: string): readonly Issue[] {
  if (className === ALB_CLASS_NAME) {
    const advice = "Use IngressClass.alb, which says how the load balancer ends TLS";
    return [issue("NotAllowed", "ingressClass", "must be another controller's", className, advice)];
  }
  // The name that ingress-nginx installs and that nobody else uses.
  if (className !== "nginx") return [];
  return [
    issue(
      "EndOfSupport",
      "ingressClass",
      `must be a controller that gets fixes; ingress-nginx got none after ${INGRESS_NGINX_LAST_DAY}`,
      className,
      "Use IngressClass.alb, IngressClass.traefik or TlsGateway; another controller needs a class name of its own",
    ),
  ];
}

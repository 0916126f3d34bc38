import type { Cidr } from "../../core/cidr.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { checkSubdomain, checkWhole } from "../checks.js";
import type { StringMap } from "../manifest.js";
import type { Peer } from "../peer.js";
import { checkHeaders, headersOf } from "./security-headers.js";
import type { SecurityHeaders } from "./security-headers.js";

const API = "traefik.io/v1alpha1";

/** How many requests one client address may send. */
export interface RateLimit {
  /** Requests a second in the long run, from 1. */
  readonly perSecond: number;
  /** Requests at once. @default - twice `perSecond` */
  readonly burst?: number;
}

/** Arguments of {@link IngressClass.traefik}. */
export interface TraefikProps {
  /** Name of the IngressClass. @default "traefik" */
  readonly className?: string;
  /** The TLS Secret (`tls.crt`, `tls.key`) in the namespace of the ingress, such as a certificate's. */
  readonly tlsSecretName: string;
  /** Where Traefik's pods run, hence where traffic to the backends comes from. */
  readonly source: Peer;
  /** Name of Traefik's entry point for HTTPS. Port 80 is a setting of Traefik itself. @default "websecure" */
  readonly entryPoint?: string;
  /** Oldest version of TLS. @default "1.2" - with forward secrecy and authenticated encryption only */
  readonly oldestTls?: "1.2" | "1.3";
  /** `{}` for the usual ones. @default - those of the backends */
  readonly headers?: SecurityHeaders;
  /** @default - none */
  readonly rateLimit?: RateLimit;
  /** Addresses that may connect. @default - all that reach Traefik */
  readonly inboundCidrs?: readonly Cidr[];
  /**
   * URL that Traefik asks about every request, such as that of oauth2-proxy: an answer of 2xx lets it in. Traefik itself
   * needs the way there.
   *
   * @default - none
   */
  readonly forwardAuth?: string;
}

/** What Traefik needs beside the Ingress, in its namespace. */
export interface CompanionObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** Unique beside the ingress. */
  readonly name: string;
  readonly spec: object;
}

/** Suites of TLS 1.2 with forward secrecy and authenticated encryption; those of TLS 1.3 are not chosen. */
const CIPHER_SUITES = [
  "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
];

/** The TLSOption and the Middlewares of an ingress. */
export function traefikObjects(props: TraefikProps, name: string): readonly CompanionObject[] {
  const tls =
    props.oldestTls === "1.3"
      ? { minVersion: "VersionTLS13", sniStrict: true }
      : { minVersion: "VersionTLS12", cipherSuites: CIPHER_SUITES, sniStrict: true };
  return [
    { apiVersion: API, kind: "TLSOption", name, spec: tls },
    ...middlewaresOf(props).map(([suffix, spec]) => ({
      apiVersion: API,
      kind: "Middleware",
      name: `${name}-${suffix}`,
      spec,
    })),
  ];
}

/** The annotations that lead an ingress through its objects. */
export function traefikAnnotations(props: TraefikProps, place: { name: string; namespace: string }): StringMap {
  const refer = (name: string): string => `${place.namespace}-${name}@kubernetescrd`;
  const chain = middlewaresOf(props).map(([suffix]) => refer(`${place.name}-${suffix}`));
  return {
    [router("entrypoints")]: props.entryPoint ?? "websecure",
    [router("tls")]: "true",
    [router("tls.options")]: refer(place.name),
    ...(chain.length === 0 ? {} : { [router("middlewares")]: chain.join(",") }),
  };
}

/** In the order in which a request meets them: who is turned away early costs least. */
function middlewaresOf(props: TraefikProps): readonly (readonly [string, object])[] {
  const { inboundCidrs, rateLimit, forwardAuth, headers } = props;
  return [
    ...(inboundCidrs === undefined ? [] : [["inbound", { ipAllowList: { sourceRange: inboundCidrs } }] as const]),
    ...(rateLimit === undefined ? [] : [["rate-limit", { rateLimit: rateOf(rateLimit) }] as const]),
    ...(forwardAuth === undefined
      ? []
      : [["auth", { forwardAuth: { address: forwardAuth, trustForwardHeader: false } }] as const]),
    ...(headers === undefined
      ? []
      : [["headers", { headers: { customResponseHeaders: headersOf(headers) } }] as const]),
  ];
}

function rateOf({ perSecond, burst }: RateLimit): object {
  return { average: perSecond, burst: burst ?? 2 * perSecond };
}

function router(name: string): string {
  return `traefik.ingress.kubernetes.io/router.${name}`;
}

/** The issues of the choices. */
export function checkTraefik(props: TraefikProps): readonly Issue[] {
  const { inboundCidrs, rateLimit, forwardAuth } = props;
  const issues = [
    ...checkSubdomain("ingressClass.className", props.className ?? "traefik"),
    ...checkSubdomain("ingressClass.tlsSecretName", props.tlsSecretName),
    ...checkHeaders("ingressClass.headers", props.headers),
    ...(rateLimit === undefined
      ? []
      : [
          ...checkWhole("ingressClass.rateLimit.perSecond", rateLimit.perSecond, 1, 1_000_000),
          ...checkWhole("ingressClass.rateLimit.burst", rateLimit.burst ?? 1, 1, 1_000_000),
        ]),
  ];
  if (inboundCidrs?.length === 0)
    issues.push(
      issue("Required", "ingressClass.inboundCidrs", "must hold a block", inboundCidrs, "Name who may connect"),
    );
  if (forwardAuth !== undefined && !/^https?:\/\/[^\s/]+(\/\S*)?$/.test(forwardAuth))
    issues.push(
      issue(
        "Malformed",
        "ingressClass.forwardAuth",
        "must be a URL",
        forwardAuth,
        "Write it like 'http://oauth2-proxy.auth.svc.cluster.local:4180/'",
      ),
    );
  return issues;
}

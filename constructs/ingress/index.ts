/** The ways into the cluster, with TLS. */
export type { AccessLogs, AlbProps } from "./alb.js";
export { AlbScheme } from "./alb-scheme.js";
export type { AlbSchemeOptions, InternetFacingOptions } from "./alb-scheme.js";
export { IngressClass } from "./ingress-class.js";
export type { IngressPlace, NamedClassProps } from "./ingress-class.js";
export { OIDC_DEFAULTS } from "./oidc.js";
export type { OidcLogin } from "./oidc.js";
export { PlainHttp } from "./plain-http.js";
export type { IngressRoute } from "./routes.js";
export { SECURITY_HEADERS_DEFAULTS } from "./security-headers.js";
export type { SecurityHeaders } from "./security-headers.js";
export { TlsGateway } from "./tls-gateway.js";
export type { TlsGatewayProps } from "./tls-gateway.js";
export { TlsIngress } from "./tls-ingress.js";
export type { TlsIngressProps } from "./tls-ingress.js";
export { TlsRoute } from "./tls-route.js";
export type { TlsRouteProps } from "./tls-route.js";
export type { CompanionObject, RateLimit, TraefikProps } from "./traefik.js";

import type { Issue } from "../../core/issue.js";
import { checkHttps, checkSubdomain, checkWhole } from "../checks.js";

/** Who may come in, as an OpenID Connect provider says. Every request without a session is sent there first. */
export interface OidcLogin {
  /** URL of the provider, as in its tokens; may be a token. */
  readonly issuer: string;
  /** May be a token, like the two that follow: all three stand in `<issuer>/.well-known/openid-configuration`. */
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  /** Secret with `clientID` and `clientSecret`, in the namespace of the ingress. */
  readonly secretName: string;
  /** What the provider is asked for. @default "openid" */
  readonly scope?: string;
  /** Hours until somebody has to come back to the provider, from 1 to 168. @default 12 */
  readonly sessionHours?: number;
}

/** The defaults of {@link OidcLogin}: a working day. */
export const OIDC_DEFAULTS = { scope: "openid", sessionHours: 12 } as const satisfies Partial<OidcLogin>;

/** The issues of a login. */
export function checkOidc(path: string, oidc: OidcLogin | undefined): readonly Issue[] {
  if (oidc === undefined) return [];
  const urls = ["issuer", "authorizationEndpoint", "tokenEndpoint", "userInfoEndpoint"] as const;
  return [
    ...urls.flatMap((name) => checkHttps(`${path}.${name}`, oidc[name])),
    ...checkSubdomain(`${path}.secretName`, oidc.secretName),
    ...(oidc.sessionHours === undefined ? [] : checkWhole(`${path}.sessionHours`, oidc.sessionHours, 1, 168)),
  ];
}

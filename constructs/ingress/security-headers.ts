import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { checkWhole } from "../checks.js";
import type { StringMap } from "../manifest.js";

/** Headers that every answer carries, whatever the backend says. */
export interface SecurityHeaders {
  /** Days that a browser asks for HTTPS only (`Strict-Transport-Security`), from 1 to 730. @default 365 */
  readonly httpsOnlyDays?: number;
  /** Whether other sites may show a page in a frame (`X-Frame-Options`). @default "DENY" */
  readonly frames?: "DENY" | "SAMEORIGIN";
  /** What a page may load (`Content-Security-Policy`), without commas. @default - none, since it depends on the page */
  readonly contentSecurityPolicy?: string;
}

/** The defaults of {@link SecurityHeaders}. */
export const SECURITY_HEADERS_DEFAULTS = { httpsOnlyDays: 365, frames: "DENY" } as const satisfies SecurityHeaders;

const SECONDS_PER_DAY = 86_400;

/** The headers by name. `X-Content-Type-Options: nosniff` is always among them. */
export function headersOf(headers: SecurityHeaders): StringMap {
  const days = headers.httpsOnlyDays ?? SECURITY_HEADERS_DEFAULTS.httpsOnlyDays;
  const { contentSecurityPolicy } = headers;
  return {
    "Strict-Transport-Security": `max-age=${days * SECONDS_PER_DAY}; includeSubDomains`,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": headers.frames ?? SECURITY_HEADERS_DEFAULTS.frames,
    ...(contentSecurityPolicy === undefined ? {} : { "Content-Security-Policy": contentSecurityPolicy }),
  };
}

/** The issues of headers. */
export function checkHeaders(path: string, headers: SecurityHeaders | undefined): readonly Issue[] {
  if (headers === undefined) return [];
  const { contentSecurityPolicy, httpsOnlyDays } = headers;
  const issues = httpsOnlyDays === undefined ? [] : [...checkWhole(`${path}.httpsOnlyDays`, httpsOnlyDays, 1, 730)];
  // Load balancers separate their attributes by commas; a line break would be a header of its own.
  if (contentSecurityPolicy !== undefined && /^$|[,\r\n]/.test(contentSecurityPolicy))
    issues.push(
      issue(
        "Malformed",
        `${path}.contentSecurityPolicy`,
        "must be one line without commas",
        contentSecurityPolicy,
        "Separate directives by ';', as \"default-src 'self'; frame-ancestors 'none'\"",
      ),
    );
  return issues;
}

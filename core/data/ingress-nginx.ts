/**
 * Day after which ingress-nginx gets no releases and no fixes, security fixes included: maintenance went on, by best effort,
 * until March 2026, of which this is the last day.
 *
 * Read 2026-11-21 in a report of the project's announcement (https://chkk.io/blog/ingress-nginx-deprecation).
 */
export const INGRESS_NGINX_LAST_DAY = "2026-03-31";

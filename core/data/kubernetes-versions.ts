/**
 * Kubernetes versions on EKS.
 *
 * Read 2026-11-21 from the version table of the EKS user guide
 * (https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html). The end of support of 1.37 and the end of
 * extended support of 1.36 follow from the 14 + 12 month rule; AWS had not published them.
 */
import { InputError, issue } from "../issue.js";

/** Life of one minor version on EKS; dates as `YYYY-MM-DD`. */
export interface VersionSupport {
  readonly version: string;
  readonly released: string;
  readonly endOfStandardSupport: string;
  readonly endOfExtendedSupport: string;
}

/** The versions that EKS can create, the oldest first. */
export const KUBERNETES_VERSIONS = [
  { version: "1.31", released: "2024-09-26", endOfStandardSupport: "2025-11-26", endOfExtendedSupport: "2026-11-26" },
  { version: "1.32", released: "2025-01-23", endOfStandardSupport: "2026-03-23", endOfExtendedSupport: "2027-03-23" },
  { version: "1.33", released: "2025-05-29", endOfStandardSupport: "2026-07-29", endOfExtendedSupport: "2027-07-29" },
  { version: "1.34", released: "2025-10-02", endOfStandardSupport: "2026-12-02", endOfExtendedSupport: "2027-12-02" },
  { version: "1.35", released: "2026-01-27", endOfStandardSupport: "2027-03-27", endOfExtendedSupport: "2028-03-27" },
  { version: "1.36", released: "2026-06-02", endOfStandardSupport: "2027-08-02", endOfExtendedSupport: "2028-08-02" },
  { version: "1.37", released: "2026-10-03", endOfStandardSupport: "2027-12-03", endOfExtendedSupport: "2028-12-03" },
] as const satisfies readonly VersionSupport[];

/** What a cluster runs when nobody says otherwise. */
export const DEFAULT_KUBERNETES_VERSION = "1.36";

/** Days before the end of standard support from which on a version warns. */
const SUPPORT_WARNING_DAYS = 60;

/** What a version is worth on a day. */
export type SupportState =
  | { readonly kind: "supported"; readonly until: string }
  | { readonly kind: "endsSoon"; readonly until: string; readonly days: number }
  | { readonly kind: "ended"; readonly since: string }
  | { readonly kind: "unlisted" };

/**
 * The state of `version` on `today`. Standard support counts: extended support costs extra and only postpones the upgrade.
 *
 * @param version A minor version, `1.36`.
 */
export function supportOf(version: string, today: Date): SupportState {
  const row = KUBERNETES_VERSIONS.find((v) => v.version === version);
  if (row === undefined) return { kind: "unlisted" };
  const days = daysUntil(row.endOfStandardSupport, today);
  if (days < 0) return { kind: "ended", since: row.endOfStandardSupport };
  const until = row.endOfStandardSupport;
  return days <= SUPPORT_WARNING_DAYS ? { kind: "endsSoon", until, days } : { kind: "supported", until };
}

/** When extended support of a version ends and in how many days, negative when it did; `undefined` for an unlisted version. */
export function extendedSupportEnd(version: string, today: Date): { until: string; days: number } | undefined {
  const row = KUBERNETES_VERSIONS.find((v) => v.version === version);
  if (row === undefined) return undefined;
  return { until: row.endOfExtendedSupport, days: daysUntil(row.endOfExtendedSupport, today) };
}

function daysUntil(date: string, today: Date): number {
  return Math.floor((Date.parse(date) - today.getTime()) / 86_400_000);
}

/**
 * Numeric comparison of minor versions: `1.9` comes before `1.36`.
 *
 * @throws InputError when either is not of the form `1.36`.
 */
export function compareVersions(a: string, b: string): number {
  return minorOf(a) - minorOf(b);
}

function minorOf(version: string): number {
  const match = /^1\.(\d+)$/.exec(version);
  if (match === null)
    throw new InputError("Kubernetes version", [
      issue("Malformed", "version", "must be a minor version of Kubernetes", version, "Write it like '1.36'"),
    ]);
  return Number(match[1]);
}

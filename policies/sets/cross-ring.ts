import type { AnyRuleId } from "../rules/index.js";

/** What only shows when several rings, or cloud and cluster, are read in one plan. */
export const CROSS_RING = [
  "access-entry-rbac-closure",
  "image-from-hardened-planned-repository",
  "imds-not-reachable-from-pods",
  "namespace-plaintext-traffic-interceptable",
  "network-policy-actually-enforced",
  "pod-identity-association-consistent",
  "private-cluster-endpoint-closure",
  "psa-admission-dry-run",
  "pulumi-options-safe",
] as const satisfies readonly AnyRuleId[];

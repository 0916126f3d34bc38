import type { Issue } from "../core/issue.js";
import { InputError, issue } from "../core/issue.js";
import type { Rule } from "./model.js";
import { nearest } from "./nearest.js";
import type { AnyRuleId } from "./rules/index.js";
import { RULES } from "./rules/index.js";

/** A named, versioned list of rules. A rule that joins a set, or leaves it, raises the version. */
export interface RuleSet {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly rules: readonly AnyRuleId[];
}

/** What only shows when several rings, or cloud and cluster, are read in one plan. */
const CROSS_RING = [
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

/** Written out, so that a new rule joins what everybody is judged by only when somebody adds it here. */
const DEFAULT = [
  ...CROSS_RING,
  "configmap-no-secrets",
  "container-drop-all-capabilities",
  "container-memory-limit",
  "container-no-plaintext-secret-env",
  "container-no-privilege-escalation",
  "container-no-runtime-socket",
  "container-read-only-root-fs",
  "ec2-imds-hop-limit-1",
  "ec2-imdsv2-required",
  "ec2-launch-template-ebs-encrypted",
  "ec2-no-public-ip",
  "ecr-scan-on-push",
  "ecr-tag-immutable",
  "eks-authentication-mode-api",
  "eks-control-plane-logging-all-types",
  "eks-deletion-protection",
  "eks-endpoint-public-access-disabled",
  "eks-network-policy-engine-enabled",
  "eks-no-creator-admin",
  "eks-nodegroup-no-open-ssh",
  "eks-public-access-cidrs-restricted",
  "eks-secrets-kms-envelope-encryption",
  "eks-supported-kubernetes-version",
  "iam-no-admin-managed-policy",
  "iam-no-admin-star",
  "image-digest-pinned",
  "image-no-latest",
  "ingress-tls",
  "kms-key-rotation-enabled",
  "log-group-retention-set",
  "namespace-default-deny",
  "namespace-psa-enforce",
  "namespace-psa-not-privileged",
  "no-kubernetes-dashboard",
  "pod-no-automount-sa-token",
  "pod-no-default-sa",
  "pod-no-host-network",
  "pod-no-host-pid",
  "pod-no-hostpath",
  "pod-no-privileged",
  "pod-run-as-non-root",
  "pod-seccomp-runtime-default",
  "rbac-no-anonymous-binding",
  "rbac-no-cluster-admin-binding",
  "rbac-no-wildcards",
  "sa-default-no-automount",
  "service-no-unapproved-loadbalancer",
  "sg-no-public-admin-ports",
  "sg-no-public-high-risk-ports",
  "sg-no-public-ingress-all",
  "subnet-no-auto-public-ip",
  "vpc-default-security-group-closed",
  "vpc-flow-logs-enabled",
] as const satisfies readonly AnyRuleId[];

/** The sets, the default first. */
export const SETS = [
  { id: "default", title: "what every program is judged by", version: "1", rules: DEFAULT },
  {
    id: "cross-ring",
    title: "what only shows when cloud and cluster are read in one plan",
    version: "1",
    rules: CROSS_RING,
  },
] as const satisfies readonly RuleSet[];

/**
 * The rules of the sets and the rules named besides, each once, in order of their ids.
 *
 * @param sets Defaults to `["default"]` when neither is given.
 * @throws InputError for every id that does not exist, with the nearest ones.
 */
export function selectRules(sets?: readonly string[], rules?: readonly string[]): readonly Rule[] {
  const wantedSets = sets ?? (rules === undefined ? ["default"] : []);
  const all: readonly Rule[] = RULES;
  const known: readonly RuleSet[] = SETS;
  const issues: Issue[] = [
    ...unknownIds(
      "set",
      wantedSets,
      known.map((set) => set.id),
    ),
    ...unknownIds(
      "rule",
      rules ?? [],
      all.map((rule) => rule.id),
    ),
  ];
  if (issues.length > 0) throw new InputError("rules", issues);
  const wanted = new Set<string>([
    ...known.filter((set) => wantedSets.includes(set.id)).flatMap((set) => set.rules),
    ...(rules ?? []),
  ]);
  return all.filter((rule) => wanted.has(rule.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function unknownIds(what: "set" | "rule", given: readonly string[], known: readonly string[]): readonly Issue[] {
  return given
    .filter((id) => !known.includes(id))
    .map((id) => {
      const near = nearest(id, known);
      const advice =
        near.length === 0 ? "`ringfence rules` lists them" : `Did you mean ${near.map((n) => `'${n}'`).join(" or ")}`;
      return issue("NotFound", what, `must be the id of a ${what}`, id, advice);
    });
}

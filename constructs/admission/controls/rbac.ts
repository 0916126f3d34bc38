import type { ExpressionControl } from "../control.js";
import { ROLES, SECRETS } from "../resources.js";

/**
 * Who writes roles with wildcards as a part of the control plane: the API server, and on EKS what installs its add-ons. Access
 * entries cannot give user names that begin with `eks:` or `system:`
 * (https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html).
 */
export const ROLE_AUTHORS = ["system:apiserver", "eks:addon-manager", "eks:cluster-bootstrap"] as const;

/** Arguments of {@link noWildcardRbac}. */
export interface NoWildcardRbacOptions {
  /** Exact names of users who may. @default ROLE_AUTHORS */
  readonly trustedUsers?: readonly string[];
}

/** Roles name their verbs, groups and resources. */
export function noWildcardRbac(options: NoWildcardRbacOptions = {}): ExpressionControl {
  return {
    kind: "expression",
    id: "no-wildcard-rbac",
    title: "roles have no wildcards",
    rationale: "a wildcard grants what nobody thought of: secrets, exec, escalation, and resources of later versions",
    matches: ROLES,
    unchanged: "has(object.rules) && has(oldObject.rules) && object.rules == oldObject.rules",
    trustedUsers: options.trustedUsers ?? ROLE_AUTHORS,
    exemptions: "any",
    variables: [
      // A role without rules arrives with `rules: null`.
      { name: "rules", expression: "has(object.rules) && dyn(object.rules) != null ? object.rules : []" },
    ],
    validations: [
      {
        expression: "variables.rules.all(rule, rule.verbs.all(verb, verb != '*'))",
        message: "no rule may have the verb '*'",
      },
      {
        expression: "variables.rules.all(rule, !has(rule.apiGroups) || rule.apiGroups.all(group, group != '*'))",
        message: "no rule may have the API group '*'",
      },
      {
        expression:
          "variables.rules.all(rule, !has(rule.resources) || rule.resources.all(resource, !resource.contains('*')))",
        message: "no rule may have a resource with '*'",
      },
      {
        expression:
          "variables.rules.all(rule, !has(rule.nonResourceURLs) || rule.nonResourceURLs.all(url, !(url in ['*', '/*'])))",
        message: "no rule may have all non-resource URLs",
      },
    ],
  };
}

/** Nobody makes a Secret that the control plane fills with a token of a service account, which never ends. */
export function noTokenSecret(): ExpressionControl {
  return {
    kind: "expression",
    id: "no-token-secret",
    title: "no Secret holds a token of a service account",
    rationale: "whoever may create and read Secrets becomes every service account of the namespace, for ever",
    matches: SECRETS,
    // The type of a Secret cannot change.
    unchanged: "true",
    exemptions: "namespaced",
    validations: [
      {
        expression: "!has(object.type) || object.type != 'kubernetes.io/service-account-token'",
        message: "a Secret may not have the type kubernetes.io/service-account-token; ask for a token with an end",
      },
    ],
  };
}

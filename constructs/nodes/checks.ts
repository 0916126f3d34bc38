import { awsIdIssues } from "../../core/aws-id.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { labelKeyIssues, labelValueIssues, reservedLabelIssues } from "../../core/node-labels.js";
import { hasToken } from "../../core/token.js";

/** Prefixes of labels that Karpenter keeps for itself, and those below them that are anybody's (karpenter.sh/v1, `RestrictedLabelDomains`). */
const PREFIXES = {
  reserved: ["kubernetes.io", "k8s.io", "karpenter.sh", "karpenter.k8s.aws", "eks.amazonaws.com"],
  free: ["node.kubernetes.io", "node-restriction.kubernetes.io"],
};

/** Tags that Karpenter sets on all it makes (karpenter.k8s.aws/v1, `EC2NodeClass`). */
const KARPENTERS_TAGS =
  /^(kubernetes\.io\/cluster\/.*|karpenter\.sh\/(nodepool|nodeclaim)|karpenter\.k8s\.aws\/ec2nodeclass|eks:eks-cluster-name)$/;

/** Checks ids of AWS by their prefix, `subnet-` or `sg-`; tokens are checked by AWS. */
export function checkIds(path: string, prefix: string, ids: readonly string[], fewest: number): readonly Issue[] {
  const issues = ids.flatMap((id, i) => (hasToken(id) ? [] : awsIdIssues(`${path}[${i}]`, prefix, id)));
  if (ids.length >= fewest) return issues;
  const advice = fewest > 1 ? "Add a subnet of another zone" : "Name one";
  return [...issues, issue("Required", path, `must hold at least ${fewest}`, ids.length, advice)];
}

/** Checks tags against those that Karpenter sets itself. */
export function checkTags(tags: Readonly<Record<string, string>> | undefined): readonly Issue[] {
  return Object.keys(tags ?? {})
    .filter((key) => KARPENTERS_TAGS.test(key))
    .map((key) => issue("NotAllowed", `tags.${key}`, "must be another one", key, "Karpenter sets this tag itself"));
}

/** Checks labels as Kubernetes and Karpenter do. */
export function checkLabels(labels: Readonly<Record<string, string>> | undefined): readonly Issue[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const at = `labels.${key}`;
    return [...labelKeyIssues(at, key), ...reservedLabelIssues(at, key, PREFIXES), ...labelValueIssues(at, value)];
  });
}

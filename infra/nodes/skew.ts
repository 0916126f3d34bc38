import { compareVersions, KUBERNETES_VERSIONS } from "../../core/data/kubernetes-versions.js";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** Minor versions by which a kubelet may lag behind its API server (https://kubernetes.io/releases/version-skew-policy/). */
const MOST_BEHIND = 3;

/**
 * Checks the version of kubelets: one that EKS has images for, not newer than the cluster, and at most three older. The cluster's
 * own version is judged with the cluster.
 */
export function skewIssues(kubelet: string, cluster: string): Issue[] {
  if (kubelet === cluster) return [];
  const at = "kubernetesVersion";
  const known: readonly string[] = KUBERNETES_VERSIONS.map(({ version }) => version);
  if (!known.includes(kubelet)) {
    const advice = `EKS has images for ${known.join(", ")}`;
    return [issue("EndOfSupport", at, "must be a version that EKS supports", kubelet, advice)];
  }
  if (!known.includes(cluster)) return [];
  const behind = compareVersions(cluster, kubelet);
  if (behind < 0) {
    const advice = "Update the cluster first: a kubelet may be older than its API server, never newer";
    return [issue("Conflict", at, `must be at most the cluster's ${cluster}`, kubelet, advice)];
  }
  if (behind <= MOST_BEHIND) return [];
  const rule = `must be at most ${MOST_BEHIND} minor versions behind the cluster's ${cluster}`;
  return [issue("Conflict", at, rule, kubelet, "Update the nodes")];
}

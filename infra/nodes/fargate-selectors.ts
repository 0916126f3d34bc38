import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";

/** Pods that run on Fargate. */
export interface FargateSelector {
  /** Their namespace; `*` and `?` stand for letters, as in `shop-*`. */
  readonly namespace: string;
  /**
   * Labels that they have, all of them.
   *
   * @default - every pod of the namespace
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Selectors of a profile, and labels of a selector, at most (EKS quotas). */
const MOST = 5;

/** Checks the selectors: few enough, well formed, and none that takes every pod there is. */
export function selectorIssues(selectors: readonly FargateSelector[]): Issue[] {
  const issues: Issue[] = [];
  if (selectors.length < 1 || selectors.length > MOST)
    issues.push(issue("OutOfRange", "selectors", `must hold 1 to ${MOST}`, selectors.length, "Use another profile"));
  return [...issues, ...selectors.flatMap((selector, i) => oneIssues(`selectors[${i}]`, selector))];
}

function oneIssues(at: string, { namespace, labels = {} }: FargateSelector): Issue[] {
  const path = `${at}.namespace`;
  const issues: Issue[] = [];
  if (!/^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$/.test(namespace))
    issues.push(
      issue("Malformed", path, "must be a namespace, or a pattern of some", namespace, "Write it like 'shop-*'"),
    );
  else if (/^[*?]+$/.test(namespace)) {
    const advice = "Name namespaces: add-ons that need a node would wait on Fargate for ever";
    issues.push(issue("NotAllowed", path, "must not match every namespace", namespace, advice));
  } else if (namespace === "kube-system" && Object.keys(labels).length === 0) {
    const advice = "Write labels such as { 'k8s-app': 'kube-dns' }";
    issues.push(issue("NotAllowed", `${at}.labels`, "must say which pods of kube-system", labels, advice));
  }
  const count = Object.keys(labels).length;
  if (count > MOST)
    issues.push(issue("OutOfRange", `${at}.labels`, `must hold at most ${MOST}`, count, "Leave some out"));
  return issues;
}

/** The breach: every weakness of the story is a finding, by the rule that knows it. */
import type { Plan } from "../../plan/index.js";
import { judge } from "../../policies/index.js";
import type { AnyRuleId } from "../../policies/index.js";
import { planIn } from "../blueprint/support.js";

/** Parts of the story (design, section 1), and the rules that must speak of each. */
const STORY = {
  "ports open with no firewall": ["sg-no-public-admin-ports", "sg-no-public-ingress-all", "eks-nodegroup-no-open-ssh"],
  "the Docker API and the kubelet open to everybody": ["sg-no-public-high-risk-ports"],
  "the Kubernetes API open to everybody": ["eks-endpoint-public-access-disabled", "eks-public-access-cidrs-restricted"],
  "a dashboard without a login, as cluster-admin, on the internet": [
    "no-kubernetes-dashboard",
    "rbac-no-cluster-admin-binding",
    "service-no-unapproved-loadbalancer",
  ],
  "privileged containers": [
    "pod-no-privileged",
    "pod-no-host-pid",
    "pod-no-host-network",
    "container-no-privilege-escalation",
  ],
  "the container runtime's socket in a pod": ["container-no-runtime-socket", "pod-no-hostpath"],
  "images of anybody, as they are today": [
    "image-digest-pinned",
    "image-no-latest",
    "ecr-tag-immutable",
    "ecr-scan-on-push",
  ],
  "database credentials in plain sight": ["container-no-plaintext-secret-env", "configmap-no-secrets"],
  "no mutual TLS, so votes can be changed on their way": ["namespace-plaintext-traffic-interceptable"],
  "everybody may talk to everybody": ["namespace-default-deny", "eks-network-policy-engine-enabled"],
  "no Pod Security": ["namespace-psa-enforce", "pod-run-as-non-root", "container-drop-all-capabilities"],
  "tokens that nobody needs": ["pod-no-automount-sa-token", "pod-no-default-sa"],
  "nodes that hand out administrator credentials": [
    "iam-no-admin-managed-policy",
    "ec2-imdsv2-required",
    "ec2-imds-hop-limit-1",
    "imds-not-reachable-from-pods",
  ],
  "nodes on the internet": ["ec2-no-public-ip", "subnet-no-auto-public-ip"],
  "nothing to reconstruct it from": ["eks-control-plane-logging-all-types", "vpc-flow-logs-enabled"],
  "nothing encrypted": ["eks-secrets-kms-envelope-encryption", "ec2-launch-template-ebs-encrypted"],
  "whoever made the cluster owns it": ["eks-no-creator-admin", "eks-authentication-mode-api"],
} as const satisfies Record<string, readonly AnyRuleId[]>;

let plan: Plan;

beforeAll(async () => {
  plan = await planIn(() => import("../../examples/breached-voting-app/index.js"));
});

test.each(Object.entries(STORY))("%s", (_part, rules) => {
  // What another finding implies stands under it, and is said there.
  const failed = new Set(
    judge(plan)
      .findings.flatMap((finding) => [finding, ...finding.covered])
      .filter(({ verdict }) => verdict === "fail")
      .map(({ rule }) => rule.id),
  );
  expect(rules.filter((rule) => !failed.has(rule))).toEqual([]);
});

test("the password in the environment is found and never shown", () => {
  const found = judge(plan).findings.filter(({ rule }) => rule.id === "container-no-plaintext-secret-env");
  expect(found.map(({ resource }) => resource.name).sort()).toEqual(["db", "result", "worker"]);
  expect(JSON.stringify(found.map(({ message, path }) => [message, path]))).not.toContain("postgres-2019");
});

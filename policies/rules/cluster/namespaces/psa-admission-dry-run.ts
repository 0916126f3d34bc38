import { UNKNOWN } from "../../../../plan/world/index.js";
import type { Read } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, deployment, manifest, unresolved } from "../../../examples.js";
import { minorVersion } from "../../../lib/kubernetes-version.js";
import { namespaceOf } from "../../../lib/namespaces.js";
import type { Verdict } from "../../../model.js";
import { POD_SECURITY_LEVELS, podSecurity } from "../../../lib/pod-security/index.js";
import { labelOf, onPods } from "../../../shapes.js";
import { notApplicable, pass, unknown } from "../../../verdicts.js";

type Failure = Extract<Verdict, { readonly kind: "fail" }>;

function namespace(level: string, as = "vote") {
  return manifest(
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "vote", labels: { "pod-security.kubernetes.io/enforce": level } },
    },
    { as },
  );
}

const RESTRICTED_POD = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [
    {
      name: "vote",
      image: "vote",
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    },
  ],
};

/**
 * The pods of each workload meet the level that their planned namespace enforces, at the version that it pins and the
 * cluster runs (Pod Security admission, all checks of baseline and restricted).
 */
export const psaAdmissionDryRun = defineRule({
  id: "psa-admission-dry-run",
  title: "every planned pod is admitted by its namespace",
  ring: "cluster",
  severity: "high",
  rationale:
    "Admission refuses the pod, not the Deployment: the program succeeds, and no pod ever starts. At that moment somebody takes the label off the namespace.",
  remediation:
    'securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } }  // of the pod; and in each container allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }',
  references: references("catalogue/cross-ring-rules.csv: N24", { "owasp-k8s": ["K04"] }),
  since: "0.1.0",
  coversResource: true,
  covers: [
    "container-capabilities-baseline",
    "container-drop-all-capabilities",
    "container-drop-net-raw",
    "container-no-host-ports",
    "container-no-privilege-escalation",
    "container-proc-mount-default",
    "container-proc-mount-default-strict",
    "pod-apparmor-not-overridden",
    "pod-no-host-ipc",
    "pod-no-host-network",
    "pod-no-host-pid",
    "pod-no-hostpath",
    "pod-no-probe-or-lifecycle-host",
    "pod-no-windows-host-process",
    "pod-run-as-non-root",
    "pod-run-as-user-nonzero",
    "pod-seccomp-not-unconfined",
    "pod-seccomp-runtime-default",
    "pod-security-context-present",
    "pod-selinux-allowed",
    "pod-sysctls-safe",
    "pod-volume-types-restricted",
  ],
  examples: {
    fail: [
      {
        title: "a privileged container in a namespace that enforces baseline",
        resources: [container("db", { securityContext: { privileged: true } }), namespace("baseline")],
        path: "spec.template.spec.containers[0].securityContext.privileged",
      },
    ],
    pass: [
      {
        title: "a restricted pod in a restricted namespace",
        resources: [deployment("vote", RESTRICTED_POD), namespace("restricted", "ns")],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [container("db", { securityContext: { privileged: unresolved("boolean") } }), namespace("baseline")],
        path: "spec.template.spec.containers[0].securityContext.privileged",
      },
    ],
  },
  ...onPods((pod) => {
    const { object } = pod.workload;
    const namespace = namespaceOf(pod.world, object);
    if (namespace === undefined) return notApplicable("its namespace is not in this plan");
    const labels = namespace.root.at("metadata", "labels");
    const enforced = labels.at("pod-security.kubernetes.io/enforce");
    const level = enforced.string();
    if (level === UNKNOWN)
      return unknown(pod.spec, `which pods ${labelOf(namespace)} admits is not known before the deployment`);
    const known = POD_SECURITY_LEVELS.find((l) => l === level);
    if (known === undefined || known === "privileged") return notApplicable("its namespace admits every pod");
    const minor = enforcedMinor(
      labels.at("pod-security.kubernetes.io/enforce-version").string(),
      minorVersion(pod.world.kubernetesVersion),
    );
    const verdicts = podSecurity(pod, known, minor);
    const [first, ...others] = verdicts.filter((v) => v.kind === "fail");
    const enforces = `${labelOf(namespace)} enforces ${known} at 1.${minor}`;
    if (first !== undefined) return refusal(`${enforces} and refuses the pods of ${pod.label}`, first, others);
    const late = verdicts.filter((v) => v.kind === "unknown");
    if (late.length === 0) return pass();
    return late.map((v) => ({ ...v, message: `${enforces}, and ${v.message}` }));
  }),
});

/** One finding, at the first place that is refused; it names the others, and has the changes when all of them have. */
function refusal(what: string, first: Failure, others: readonly Failure[]): Verdict {
  const places = [...new Set(others.map(({ path }) => path))];
  const also = places.length === 0 ? "" : `; it refuses ${places.join(", ")} as well`;
  const changes = [first, ...others].map(({ fix = [] }) => fix);
  const fix = changes.every((list) => list.length > 0) ? changes.flat() : [];
  const each = fix.filter((one, i) => fix.findIndex(({ path }) => path === one.path) === i);
  const { path, actual, message } = first;
  return { kind: "fail", path, actual, message: `${what}: ${message}${also}`, fix: each };
}

/**
 * The version of the checks: the label's, but never newer than the cluster; `latest` and no label mean the cluster's.
 */
function enforcedMinor(label: Read<string | undefined>, cluster: number): number {
  return typeof label === "string" && /^v1\.\d+$/.test(label) ? Math.min(minorVersion(label), cluster) : cluster;
}

import type { Cursor, Read } from "../../../../plan/world/index.js";
import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { BINDING_TYPES, ROLE_TYPES } from "../../../lib/rbac/bindings.js";
import { clusterRole, roleBinding } from "../../../lib/rbac/examples.js";
import { bindingsHeldBy, bindingsToUnknown } from "../../../lib/rbac/held.js";
import { roleOf } from "../../../lib/rbac/role-of.js";
import { leadsToCluster } from "../../../lib/rbac/takeover.js";
import { accountName, accountOf } from "../../../lib/service-accounts.js";
import type { PodView } from "../../../shapes.js";
import { labelOf, onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { fail, notApplicable, pass, some, unknown } from "../../../verdicts.js";

const WEB = deployment("web", { serviceAccountName: "web", automountServiceAccountToken: true, containers: [] });
const TOKENLESS = deployment("web", { serviceAccountName: "web", automountServiceAccountToken: false, containers: [] });
const SUBJECT = [{ kind: "ServiceAccount", name: "web", namespace: "vote" }];
const OPS = { kind: "ClusterRole", name: "ops" } as const;
const RUNS_PODS = clusterRole("ops", [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"] }]);
const READS = clusterRole("ops", [{ apiGroups: [""], resources: ["nodes", "pods"], verbs: ["get", "list"] }]);

/**
 * No pod holds a token with which it takes over the cluster: everywhere or in kube-system, rights past the guard of RBAC, to
 * run pods or commands in pods, to make tokens of any account; or a way to the kubelets.
 */
export const workloadNoClusterTakeoverRole = defineRule({
  id: "workload-no-cluster-takeover-role",
  title: "no pod holds a token that takes over the cluster",
  ring: "cluster",
  severity: "high",
  rationale:
    "Whoever gets into the pod has its token. When the token runs pods in kube-system, or gives rights that it does not hold, one hole in one program is the whole cluster.",
  remediation:
    "kind: Role in the namespaces that it works in, in place of a ClusterRole; or automountServiceAccountToken: false",
  references: references("catalogue/rules.csv: C-0267, C-0272, C-0053", {
    "owasp-k8s": ["K02"],
    attack: ["T1098.006"],
  }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "changes every Deployment",
        resources: [WEB, roleBinding(OPS, SUBJECT), RUNS_PODS],
        path: "spec.template.spec.serviceAccountName",
      },
      {
        title: "through a group that every service account is in",
        resources: [
          WEB,
          roleBinding({ kind: "ClusterRole", name: "admin" }, [{ kind: "Group", name: "system:serviceaccounts:vote" }]),
        ],
        path: "spec.template.spec.serviceAccountName",
      },
      {
        title: "in kube-system, by a binding of another namespace than the account's",
        resources: [WEB, roleBinding(OPS, SUBJECT, "kube-system"), RUNS_PODS],
        path: "spec.template.spec.serviceAccountName",
      },
    ],
    pass: [
      { title: "reads everywhere", resources: [WEB, roleBinding(OPS, SUBJECT), READS] },
      { title: "changes Deployments of its namespace", resources: [WEB, roleBinding(OPS, SUBJECT, "vote"), RUNS_PODS] },
      { title: "holds no token", resources: [TOKENLESS, roleBinding(OPS, SUBJECT), RUNS_PODS] },
      {
        title: "an account of the same name elsewhere",
        resources: [WEB, roleBinding(OPS, [{ kind: "ServiceAccount", name: "web", namespace: "jobs" }]), RUNS_PODS],
      },
    ],
    unknown: [
      {
        title: "the role is not in this plan",
        resources: [WEB, roleBinding(OPS, SUBJECT)],
        path: "spec.template.spec.serviceAccountName",
      },
      {
        title: "whom a powerful binding names is an output",
        resources: [WEB, roleBinding({ kind: "ClusterRole", name: "cluster-admin" }, unresolved("list"))],
        path: "spec.template.spec.serviceAccountName",
      },
    ],
  },
  ...onPods((pod) => {
    const { object } = pod.workload;
    const token = holdsToken(pod);
    if (token === false) return notApplicable("it holds no token of the Kubernetes API");
    const at = pod.spec.at("serviceAccountName");
    const name = accountName(pod);
    const undecided = unknown(at, `what the token of ${pod.label} may do is not known from this plan`);
    if (name === UNKNOWN || object.namespace === undefined) return undecided;
    const account = { cluster: object.cluster, namespace: object.namespace, name, object: accountOf(pod).object };
    const held = bindingsHeldBy(pod.world, account);
    const powers = held.map((binding) => leadsToCluster(pod.world, binding));
    const found = held.find((_, i) => powers[i] === true);
    if (found !== undefined && token === true)
      return fail(at, `${labelOf(found)} lets ${pod.label} take over the cluster with its token`, {
        under: (roleOf(pod.world, found) ?? found).resource,
      });
    const hidden = bindingsToUnknown(pod.world, object.cluster).map((b) => leadsToCluster(pod.world, b) !== false);
    return some(powers) === false && !hidden.includes(true) ? pass() : undecided;
  }),
  reads: [...WORKLOAD_TYPES, ...ROLE_TYPES, ...BINDING_TYPES, "kubernetes:core/v1:ServiceAccount"],
});

/** Whether a pod gets a token: mounted as its account and itself say, or by a projected volume. */
function holdsToken(pod: PodView): Read<boolean> {
  const volumes = pod.spec.at("volumes");
  const projected = volumes
    .items()
    .flatMap((volume) => volume.at("projected", "sources").items())
    .map((source) => source.at("serviceAccountToken"))
    .filter((token) => !token.isAbsent)
    .map((token) => isForKubernetes(token.at("audience")));
  return some([...projected, volumes.isUnknown ? UNKNOWN : false, isMounted(pod)]);
}

/** Tokens are for the API unless they name another audience. */
function isForKubernetes(audience: Cursor): Read<boolean> {
  const text = audience.string();
  return text === UNKNOWN ? UNKNOWN : text === undefined || text.startsWith("https://kubernetes.default.svc");
}

function isMounted(pod: PodView): Read<boolean> {
  const own = pod.spec.at("automountServiceAccountToken").boolean();
  if (own !== undefined) return own;
  const { object, isDefault } = accountOf(pod);
  if (object === undefined) return isDefault ? true : UNKNOWN;
  return object.root.at("automountServiceAccountToken").boolean() ?? true;
}

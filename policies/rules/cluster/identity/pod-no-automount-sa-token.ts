import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, deployment, manifest, unresolved } from "../../../examples.js";
import { BINDING_TYPES } from "../../../lib/rbac/bindings.js";
import { roleBinding } from "../../../lib/rbac/examples.js";
import { bindingsNaming } from "../../../lib/rbac/held.js";
import type { PodAccount } from "../../../lib/service-accounts.js";
import { accountOf } from "../../../lib/service-accounts.js";
import type { ExampleObject } from "../../../model.js";
import type { PodView } from "../../../shapes.js";
import { onPods, WORKLOAD_TYPES } from "../../../shapes.js";
import { expectRead, pass } from "../../../verdicts.js";

function account(name: string, fields: ExampleObject) {
  return manifest(
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "vote" }, ...fields },
    { as: `sa-${name}` },
  );
}

/**
 * The token is not mounted: the pod says so, or its service account does and the pod says nothing. Left out at both, it
 * is mounted. A pod whose service account, one of its own, is given rights by a planned binding needs its token.
 */
export const podNoAutomountSaToken = defineRule({
  id: "pod-no-automount-sa-token",
  title: "pods get no token of the Kubernetes API",
  ring: "cluster",
  severity: "medium",
  rationale:
    "An intruder in the pod finds the token at once and asks the API what it may do. Almost no application talks to the Kubernetes API.",
  remediation: "automountServiceAccountToken: false",
  references: references(
    "catalogue/rules.csv: CKV_K8S_38, KSV-0036, C-0034, C-0190, C-0261, KY restrict-automount-sa-token, GK automount-serviceaccount-token, PO automountServiceAccountToken, KSEC AutomountServiceAccountToken, AC_K8S_0045, KICS, PPB",
    {
      "cis-eks-1.8.0": ["4.1.6"],
      "cis-kubernetes": ["5.1.6"],
      "nsa-cisa": ["hardening"],
      "owasp-k8s": ["K02", "K09"],
      attack: ["T1528"],
    },
  ),
  since: "0.1.0",
  covers: ["pod-no-default-sa"],
  examples: {
    fail: [
      {
        title: "nobody says so",
        resources: [container("vote", {})],
        path: "spec.template.spec.automountServiceAccountToken",
      },
      {
        title: "the pod overrides its service account",
        resources: [
          deployment("vote", {
            serviceAccountName: "vote",
            automountServiceAccountToken: true,
            containers: [{ name: "vote", image: "vote" }],
          }),
          account("vote", { automountServiceAccountToken: false }),
        ],
        path: "spec.template.spec.automountServiceAccountToken",
      },
    ],
    pass: [
      {
        title: "the pod says so",
        resources: [
          deployment("vote", { automountServiceAccountToken: false, containers: [{ name: "vote", image: "vote" }] }),
        ],
      },
      {
        title: "a controller: its service account, of its own, is given rights",
        resources: [
          deployment("vote", { serviceAccountName: "account", containers: [{ name: "vote", image: "vote" }] }),
          roleBinding(
            { kind: "Role", name: "lock" },
            [{ kind: "ServiceAccount", name: "account", namespace: "vote" }],
            "vote",
          ),
        ],
      },
      {
        title: "its service account says so",
        resources: [
          deployment("vote", { serviceAccountName: "account", containers: [{ name: "vote", image: "vote" }] }),
          account("account", { automountServiceAccountToken: false }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("vote", { automountServiceAccountToken: unresolved("boolean"), containers: [] })],
        path: "spec.template.spec.automountServiceAccountToken",
      },
      {
        title: "its service account is not in this plan",
        resources: [
          deployment("vote", { serviceAccountName: "elsewhere", containers: [{ name: "vote", image: "vote" }] }),
        ],
        path: "spec.template.spec.automountServiceAccountToken",
      },
    ],
  },
  ...onPods((pod) => {
    const at = pod.spec.at("automountServiceAccountToken");
    const account = accountOf(pod);
    const inherited =
      account.object?.root.at("automountServiceAccountToken").boolean() ??
      (account.object === undefined && !account.isDefault ? UNKNOWN : true);
    const own = at.boolean();
    if (own !== false && isGivenRights(pod, account)) return pass();
    const whose = account.isDefault
      ? ", that of its namespace's default service account"
      : ", though no planned binding gives it rights";
    return expectRead(at, own === undefined ? inherited : own, {
      absent: true,
      accept: (value) => !value,
      message: `${pod.label} holds a token of the Kubernetes API${whose}`,
      undecided: `whether ${pod.label} holds a token of the Kubernetes API is not known from this plan`,
      fix: false,
    });
  }),
  reads: [...WORKLOAD_TYPES, "kubernetes:core/v1:ServiceAccount", ...BINDING_TYPES],
});

/** Whether a planned binding gives rights to the pod's service account, one that a person made. */
function isGivenRights({ spec, workload: { object }, world }: PodView, account: PodAccount): boolean {
  if (account.isDefault || object.namespace === undefined) return false;
  const stated = ["serviceAccountName", "serviceAccount"].map((field) => spec.at(field).string());
  const name = account.object?.name ?? stated.find((one) => typeof one === "string");
  if (typeof name !== "string") return false;
  const { cluster, namespace } = object;
  return bindingsNaming(world, { cluster, namespace, name, object: account.object }).length > 0;
}

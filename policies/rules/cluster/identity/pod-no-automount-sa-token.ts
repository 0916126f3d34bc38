import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, deployment, manifest, unresolved } from "../../../examples.js";
import { accountOf } from "../../../lib/service-accounts.js";
import type { ExampleObject } from "../../../model.js";
import { onPods } from "../../../shapes.js";
import { expectRead } from "../../../verdicts.js";

function account(name: string, fields: ExampleObject) {
  return manifest(
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "vote" }, ...fields },
    { as: `sa-${name}` },
  );
}

/**
 * The token is not mounted: the pod says so, or its service account does and the pod says nothing. Left out at both, it
 * is mounted.
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
    return expectRead(at, own === undefined ? inherited : own, {
      absent: true,
      accept: (value) => !value,
      message: `${pod.label} holds a token of the Kubernetes API`,
      undecided: `whether ${pod.label} holds a token of the Kubernetes API is not known from this plan`,
    });
  }),
});

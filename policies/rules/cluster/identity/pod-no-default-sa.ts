import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { container, deployment, unresolved } from "../../../examples.js";
import { accountOf } from "../../../lib/service-accounts.js";
import { onPods } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/** The pod names a service account that is not `default`. */
export const podNoDefaultSa = defineRule({
  id: "pod-no-default-sa",
  title: "pods have a service account of their own",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Rights given to the default service account are given to every pod of the namespace that names none, now and later, and nobody can tell in the audit log which one used them.",
  remediation: 'serviceAccountName: "vote"',
  references: references(
    "catalogue/rules.csv: KL default-service-account, KSEC ServiceAccountName, C-0189, C-0225, AC_K8S_0113, KICS, HE ×3, PPB",
    { "cis-eks-1.8.0": ["4.1.5"], "cis-kubernetes": ["5.1.5"], "owasp-k8s": ["K09"], attack: ["T1078.001"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      { title: "none is named", resources: [container("vote", {})], path: "spec.template.spec.serviceAccountName" },
    ],
    pass: [
      {
        title: "its own",
        resources: [deployment("vote", { serviceAccountName: "vote", containers: [{ name: "vote", image: "vote" }] })],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [deployment("vote", { serviceAccountName: unresolved("string"), containers: [] })],
        path: "spec.template.spec.serviceAccountName",
      },
    ],
  },
  ...onPods((pod) => {
    const at = pod.spec.at("serviceAccountName");
    const older = pod.spec.at("serviceAccount").string();
    // An account that this plan makes has a name of its own, even when Pulumi invents it.
    if (accountOf(pod).object?.name !== undefined && at.isUnknown) return pass();
    const name = at.isAbsent ? older : at.string();
    if (name === UNKNOWN)
      return unknown(at, `which service account ${pod.label} uses is not known before the deployment`);
    if (name !== undefined && name !== "default" && name !== "") return pass();
    const message = `${pod.label} shares the default service account of its namespace`;
    // Without its token, the account is a name in the pod's status and nothing else.
    return pod.spec.at("automountServiceAccountToken").boolean() === false
      ? fail(at, `${message}; it holds no token of it`, { severity: "low" })
      : fail(at, message);
  }),
});

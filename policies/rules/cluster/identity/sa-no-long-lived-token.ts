import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectString } from "../../../verdicts.js";

/**
 * No Secret asks for the token of a service account (`type: kubernetes.io/service-account-token`), which never
 * expires.
 */
export const saNoLongLivedToken = defineRule({
  id: "sa-no-long-lived-token",
  title: "no token of a service account lives for ever",
  ring: "cluster",
  severity: "medium",
  rationale:
    "Kubernetes fills such a Secret with a token that has no end and is bound to no pod. Copied once, from a backup, a log or a laptop, it works until somebody deletes the Secret.",
  remediation:
    "Remove the Secret; pods get tokens of an hour by themselves, and people and pipelines by `kubectl create token` or the TokenRequest API",
  references: references(
    "catalogue/rules.csv: KY deny-secret-service-account-token-type, check-serviceaccount-secrets",
    { "cis-kubernetes": ["3.1.2"], "owasp-k8s": ["K09"], attack: ["T1528"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a token as a Secret",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Secret",
            metadata: {
              name: "ci-token",
              namespace: "vote",
              annotations: { "kubernetes.io/service-account.name": "ci" },
            },
            type: "kubernetes.io/service-account-token",
          }),
        ],
        path: "type",
      },
    ],
    pass: [
      {
        title: "a Secret of another type",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "tls", namespace: "vote" },
            type: "kubernetes.io/tls",
            data: { "tls.crt": "", "tls.key": "" },
          }),
        ],
      },
      {
        title: "no type, which is Opaque",
        resources: [
          manifest({ apiVersion: "v1", kind: "Secret", metadata: { name: "db", namespace: "vote" }, data: {} }),
        ],
      },
    ],
    unknown: [
      {
        title: "an output decides",
        resources: [
          manifest({
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "ci", namespace: "vote" },
            type: unresolved("string"),
          }),
        ],
        path: "type",
      },
    ],
  },
  ...onKubernetes(["kubernetes:core/v1:Secret"], ({ object, root }) =>
    expectString(root.at("type"), {
      absent: "Opaque",
      accept: (type) => type !== "kubernetes.io/service-account-token",
      message: `${labelOf(object)} holds a service account's token that never expires`,
      undecided: `whether ${labelOf(object)} holds a service account's token is not known before the deployment`,
    }),
  ),
});

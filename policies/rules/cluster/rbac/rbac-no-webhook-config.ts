import { defineRule, references } from "../../../define.js";
import { unresolved } from "../../../examples.js";
import type { Right } from "../../../lib/rbac/match.js";
import { clusterRole, roleBinding } from "../../../lib/rbac/examples.js";
import { onRoles } from "../../../lib/rbac/roles.js";

const ADMISSION: Right = {
  group: "admissionregistration.k8s.io",
  resources: [
    "mutatingwebhookconfigurations",
    "validatingwebhookconfigurations",
    "mutatingadmissionpolicies",
    "mutatingadmissionpolicybindings",
    "validatingadmissionpolicies",
    "validatingadmissionpolicybindings",
  ],
  verbs: ["create", "update", "patch", "delete", "deletecollection"],
};

/** No ClusterRole that takes effect in the whole cluster writes the configuration of admission: webhooks, and the policies and bindings that are objects themselves. */
export const rbacNoWebhookConfig = defineRule({
  id: "rbac-no-webhook-config",
  title: "roles do not change what admission does",
  ring: "cluster",
  severity: "high",
  rationale:
    "Whoever writes a webhook sees every object that passes it, Secrets among them, and may change each one; whoever deletes a policy switches off what keeps privileged pods out.",
  remediation:
    'rules: [{ apiGroups: ["admissionregistration.k8s.io"], resources: ["validatingwebhookconfigurations"], verbs: ["get", "list", "watch"] }]',
  references: references(
    "catalogue/rules.csv: CKV_K8S_155, KSV-0114, C-0281, KY restrict-clusterrole-mutating-validating-…, PRW",
    { "cis-eks-1.8.0": ["4.1.11"], "cis-kubernetes": ["5.1.12"], "owasp-k8s": ["K02", "K04"], attack: ["T1562"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "patches webhooks",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["admissionregistration.k8s.io"],
              resources: ["mutatingwebhookconfigurations"],
              verbs: ["get", "patch"],
            },
          ]),
          roleBinding({ kind: "ClusterRole", name: "ops" }, [
            { kind: "ServiceAccount", name: "web", namespace: "vote" },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "deletes the policies",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["admissionregistration.k8s.io"],
              resources: ["validatingadmissionpolicybindings"],
              verbs: ["delete"],
            },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
      {
        title: "one webhook by name, which may be made to see everything",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["admissionregistration.k8s.io"],
              resources: ["validatingwebhookconfigurations"],
              verbs: ["update"],
              resourceNames: ["injector"],
            },
          ]),
        ],
        path: "rules[0].resources[0]",
      },
    ],
    pass: [
      {
        title: "reads",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["admissionregistration.k8s.io"],
              resources: ["mutatingwebhookconfigurations"],
              verbs: ["get", "list", "watch"],
            },
          ]),
        ],
      },
      {
        title: "create with names, which no request carries",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["admissionregistration.k8s.io"],
              resources: ["mutatingwebhookconfigurations"],
              verbs: ["create"],
              resourceNames: ["injector"],
            },
          ]),
        ],
      },
    ],
    unknown: [
      {
        title: "the verbs are an output",
        resources: [
          clusterRole("ops", [
            {
              apiGroups: ["admissionregistration.k8s.io"],
              resources: ["mutatingwebhookconfigurations"],
              verbs: unresolved("list"),
            },
          ]),
        ],
        path: "rules[0].verbs",
      },
    ],
  },
  ...onRoles({ clusterScoped: true, allows: "change what admission does to every object", rights: () => [ADMISSION] }),
});

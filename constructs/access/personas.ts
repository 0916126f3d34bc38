import type { PolicyRuleManifest } from "../manifest.js";

export { personaGroup, personaGroupIn } from "../../core/persona-group.js";

/** What a group of people may do in the cluster. */
export interface PersonaDefinition {
  /** One sentence for the reader of a review. */
  readonly summary: string;
  /** Rights in each namespace that the persona is given. */
  readonly namespaceRules: readonly PolicyRuleManifest[];
  /** Rights on objects of the cluster, whatever namespaces are given; may be empty. */
  readonly clusterRules: readonly PolicyRuleManifest[];
}

const READ = ["get", "list", "watch"] as const;
/** Changing what one made. Taking away and making anew is for the delivery pipeline. */
const CHANGE = ["create", "patch", "update"] as const;
const DELIVER = ["create", "delete", "patch", "update"] as const;

const READ_WORKLOADS: readonly PolicyRuleManifest[] = [
  {
    apiGroups: [""],
    resources: [
      "configmaps",
      "events",
      "limitranges",
      "persistentvolumeclaims",
      "pods",
      "resourcequotas",
      "serviceaccounts",
      "services",
    ],
    verbs: READ,
  },
  { apiGroups: ["apps"], resources: ["daemonsets", "deployments", "replicasets", "statefulsets"], verbs: READ },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: READ },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: READ },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
  { apiGroups: ["events.k8s.io"], resources: ["events"], verbs: READ },
  { apiGroups: ["metrics.k8s.io"], resources: ["pods"], verbs: ["get", "list"] },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs: READ },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: READ },
];

const READ_LOGS: PolicyRuleManifest = { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] };

/** Restarting a pod by eviction, which asks its disruption budget; deleting it would not. */
const KEEP_RUNNING: readonly PolicyRuleManifest[] = [
  { apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] },
  { apiGroups: ["apps"], resources: ["deployments/scale", "statefulsets/scale"], verbs: ["patch", "update"] },
];

/**
 * The personas of every day. No rule has a wildcard, reads or writes Secrets, runs commands in pods, hands out tokens, makes
 * bare pods, or touches RBAC, admission and namespaces. All rights to change something hold namespace by namespace.
 *
 * Whoever may change workloads, as a developer and the delivery pipeline do, can mount every Secret and act as every service
 * account of the namespace: keep what they must not have in a namespace of its own. For the night that needs more there is
 * `BreakGlassAccess`.
 */
export const PERSONAS = {
  viewer: {
    summary: "reads workloads and their configuration, never Secrets and logs",
    namespaceRules: READ_WORKLOADS,
    clusterRules: [],
  },
  developer: {
    summary: "changes workloads in the namespaces given and reads their logs, never Secrets, RBAC and what is exposed",
    namespaceRules: [
      ...READ_WORKLOADS,
      READ_LOGS,
      ...KEEP_RUNNING,
      { apiGroups: [""], resources: ["configmaps"], verbs: CHANGE },
      { apiGroups: ["apps"], resources: ["deployments", "statefulsets"], verbs: CHANGE },
      { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: CHANGE },
      { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: CHANGE },
    ],
    clusterRules: [],
  },
  operator: {
    summary:
      "keeps workloads running in the namespaces given: logs, scale, restart by eviction; reads nodes and volumes",
    namespaceRules: [...READ_WORKLOADS, READ_LOGS, ...KEEP_RUNNING],
    clusterRules: [
      { apiGroups: [""], resources: ["namespaces", "nodes", "persistentvolumes"], verbs: READ },
      { apiGroups: ["metrics.k8s.io"], resources: ["nodes"], verbs: ["get", "list"] },
      { apiGroups: ["scheduling.k8s.io"], resources: ["priorityclasses"], verbs: READ },
      { apiGroups: ["storage.k8s.io"], resources: ["storageclasses", "volumeattachments"], verbs: READ },
    ],
  },
  auditor: {
    summary:
      "reads who may do what, what is admitted and what may talk to whom, everywhere; never Secrets and ConfigMaps",
    namespaceRules: READ_WORKLOADS,
    clusterRules: [
      {
        apiGroups: [""],
        resources: ["events", "namespaces", "nodes", "persistentvolumes", "pods", "serviceaccounts", "services"],
        verbs: READ,
      },
      {
        apiGroups: ["admissionregistration.k8s.io"],
        resources: [
          "mutatingwebhookconfigurations",
          "validatingadmissionpolicies",
          "validatingadmissionpolicybindings",
          "validatingwebhookconfigurations",
        ],
        verbs: READ,
      },
      { apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: READ },
      { apiGroups: ["apiregistration.k8s.io"], resources: ["apiservices"], verbs: READ },
      { apiGroups: ["apps"], resources: ["daemonsets", "deployments", "replicasets", "statefulsets"], verbs: READ },
      { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: READ },
      { apiGroups: ["certificates.k8s.io"], resources: ["certificatesigningrequests"], verbs: READ },
      { apiGroups: ["networking.k8s.io"], resources: ["ingressclasses", "ingresses", "networkpolicies"], verbs: READ },
      { apiGroups: ["node.k8s.io"], resources: ["runtimeclasses"], verbs: READ },
      {
        apiGroups: ["rbac.authorization.k8s.io"],
        resources: ["clusterrolebindings", "clusterroles", "rolebindings", "roles"],
        verbs: READ,
      },
      { apiGroups: ["storage.k8s.io"], resources: ["csidrivers", "storageclasses"], verbs: READ },
    ],
  },
  "ci-deployer": {
    summary: "delivers applications into the namespaces given: workloads, services, policies; never Secrets and RBAC",
    namespaceRules: [
      ...READ_WORKLOADS,
      { apiGroups: [""], resources: ["configmaps", "serviceaccounts", "services"], verbs: DELIVER },
      { apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: CHANGE },
      { apiGroups: ["apps"], resources: ["daemonsets", "deployments", "statefulsets"], verbs: DELIVER },
      { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: DELIVER },
      { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: DELIVER },
      { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs: DELIVER },
      { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: DELIVER },
    ],
    clusterRules: [],
  },
} as const satisfies Record<string, PersonaDefinition>;

/** Name of a persona. */
export type PersonaName = keyof typeof PERSONAS;

import type { PolicyRuleManifest } from "./manifest.js";

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
const CHANGE = ["create", "delete", "patch", "update"] as const;

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

/**
 * The personas. No rule has a wildcard, reads or writes Secrets, runs commands in pods, hands out tokens, or touches RBAC,
 * admission, network policies and namespaces.
 *
 * Whoever may change workloads, as a developer does, can mount every Secret and act as every service account of the
 * namespace: keep what developers must not have in a namespace of its own.
 */
export const PERSONAS = {
  viewer: {
    summary: "reads workloads and their configuration, never Secrets and logs",
    namespaceRules: READ_WORKLOADS,
    clusterRules: [],
  },
  developer: {
    summary: "changes workloads in the namespaces given and reads their logs, never Secrets and RBAC",
    namespaceRules: [
      ...READ_WORKLOADS,
      READ_LOGS,
      { apiGroups: [""], resources: ["configmaps", "services"], verbs: CHANGE },
      { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
      { apiGroups: ["apps"], resources: ["deployments", "statefulsets"], verbs: CHANGE },
      { apiGroups: ["apps"], resources: ["deployments/scale", "statefulsets/scale"], verbs: ["patch", "update"] },
      { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: CHANGE },
      { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: CHANGE },
      { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: CHANGE },
    ],
    clusterRules: [],
  },
  operator: {
    summary: "keeps workloads running in the namespaces given: logs, scale, restart, eviction; reads nodes and volumes",
    namespaceRules: [
      ...READ_WORKLOADS,
      READ_LOGS,
      { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
      { apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] },
      { apiGroups: ["apps"], resources: ["deployments/scale", "statefulsets/scale"], verbs: ["patch", "update"] },
    ],
    clusterRules: [
      { apiGroups: [""], resources: ["namespaces", "nodes", "persistentvolumes"], verbs: READ },
      { apiGroups: ["metrics.k8s.io"], resources: ["nodes"], verbs: ["get", "list"] },
      { apiGroups: ["scheduling.k8s.io"], resources: ["priorityclasses"], verbs: READ },
      { apiGroups: ["storage.k8s.io"], resources: ["storageclasses", "volumeattachments"], verbs: READ },
    ],
  },
} as const satisfies Record<string, PersonaDefinition>;

/** Name of a persona. */
export type PersonaName = keyof typeof PERSONAS;

/** The group that a persona's people are in; the cloud half gives it to the principals of an access entry. */
export function personaGroup(persona: PersonaName): `ringfence:${PersonaName}` {
  return `ringfence:${persona}`;
}

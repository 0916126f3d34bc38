import type { Right } from "./match.js";

const NO_NAME = (): boolean => false;
const CHANGE = ["create", "update", "patch"];

/**
 * Rights to run pods of one's choice: to create them, or to create or change what makes them. A role that names the one
 * object that it changes does not count.
 */
export const RUNS_PODS: readonly Right[] = [
  { group: "", resources: ["pods"], verbs: ["create"] },
  { group: "", resources: ["replicationcontrollers"], verbs: CHANGE, names: NO_NAME },
  {
    group: "apps",
    resources: ["daemonsets", "deployments", "replicasets", "statefulsets"],
    verbs: CHANGE,
    names: NO_NAME,
  },
  { group: "batch", resources: ["cronjobs", "jobs"], verbs: CHANGE, names: NO_NAME },
];

/** Rights to decide where traffic goes: Services, endpoints, routes into the cluster, and the policies that keep it apart. */
export const WRITES_NETWORK: readonly Right[] = [
  { group: "", resources: ["endpoints", "services"], verbs: CHANGE, names: NO_NAME },
  { group: "discovery.k8s.io", resources: ["endpointslices"], verbs: CHANGE, names: NO_NAME },
  {
    group: "networking.k8s.io",
    resources: ["ingresses", "networkpolicies"],
    verbs: [...CHANGE, "delete", "deletecollection"],
    names: NO_NAME,
  },
  {
    group: "gateway.networking.k8s.io",
    resources: ["gateways", "grpcroutes", "httproutes", "referencegrants", "tcproutes", "tlsroutes", "udproutes"],
    verbs: CHANGE,
    names: NO_NAME,
  },
];

/** Rights to delete applications and their data without naming which. */
export const DELETES_BROADLY: readonly Right[] = [
  {
    group: "",
    resources: ["configmaps", "namespaces", "persistentvolumeclaims", "pods", "secrets", "services"],
    verbs: ["delete", "deletecollection"],
    names: NO_NAME,
  },
  {
    group: "apps",
    resources: ["daemonsets", "deployments", "statefulsets"],
    verbs: ["delete", "deletecollection"],
    names: NO_NAME,
  },
];

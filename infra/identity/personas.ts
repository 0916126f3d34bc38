import { personaGroup } from "../../core/persona-group.js";

/** What a persona is in AWS and in the cluster. */
export interface PersonaSpec {
  readonly summary: string;
  /** The Kubernetes group of its access entries; RBAC decides what it may. Without one, RBAC has no say. */
  readonly kubernetesGroup?: string;
  /** The EKS access policy, which works beside RBAC and not through it. */
  readonly accessPolicy?: string;
}

/**
 * The personas. Only administrators get an EKS access policy, by day or by night: the others of AWS are broader than their
 * names. AmazonEKSEditPolicy writes Secrets and impersonates service accounts, AmazonEKSAdminViewPolicy reads Secrets, and
 * AmazonEKSViewPolicy does not show RBAC
 * (https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html). The rest are groups, which the RBAC of
 * `ringfence/constructs` binds; without a binding a group may nothing.
 */
export const PERSONAS = {
  admin: {
    summary: "everything, cluster-wide",
    accessPolicy: "AmazonEKSClusterAdminPolicy",
  },
  operator: {
    summary: "keeps workloads running: logs, scale, restart by eviction",
    kubernetesGroup: personaGroup("operator"),
  },
  developer: {
    summary: "changes workloads, never Secrets and RBAC",
    kubernetesGroup: personaGroup("developer"),
  },
  viewer: {
    summary: "reads workloads, never Secrets and logs",
    kubernetesGroup: personaGroup("viewer"),
  },
  auditor: {
    summary: "reads roles, admission and workloads everywhere, never Secrets and ConfigMaps",
    kubernetesGroup: personaGroup("auditor"),
  },
  "ci-deployer": {
    summary: "delivers applications, never Secrets and RBAC",
    kubernetesGroup: personaGroup("ci-deployer"),
  },
  "break-glass": {
    summary: "everything, cluster-wide, for the night in which RBAC itself is broken",
    accessPolicy: "AmazonEKSClusterAdminPolicy",
  },
} as const satisfies Readonly<Record<string, PersonaSpec>>;

/** The name of a persona. */
export type PersonaName = keyof typeof PERSONAS;

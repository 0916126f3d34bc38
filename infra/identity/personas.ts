/** What a persona is in AWS and in the cluster. */
interface PersonaSpec {
  readonly summary: string;
  /** The Kubernetes groups of its access entries; RBAC decides what they may. */
  readonly kubernetesGroups: readonly string[];
  /** The EKS access policy, which works beside RBAC and not through it. */
  readonly accessPolicy?: string;
}

/**
 * The personas. Only administrators get an EKS access policy: the others of AWS are broader than their names
 * (AmazonEKSEditPolicy writes Secrets and impersonates service accounts). The rest are groups, which the RBAC of
 * `ringfence/constructs` binds; without a binding a group may nothing.
 */
export const PERSONAS = {
  admin: {
    summary: "everything, cluster-wide",
    kubernetesGroups: [],
    accessPolicy: "AmazonEKSClusterAdminPolicy",
  },
  operator: { summary: "group ringfence:operator", kubernetesGroups: ["ringfence:operator"] },
  developer: { summary: "group ringfence:developer", kubernetesGroups: ["ringfence:developer"] },
  viewer: { summary: "group ringfence:viewer", kubernetesGroups: ["ringfence:viewer"] },
} as const satisfies Readonly<Record<string, PersonaSpec>>;

/** The name of a persona. */
export type PersonaName = keyof typeof PERSONAS;

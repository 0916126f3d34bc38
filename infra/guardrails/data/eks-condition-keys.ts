/** What EKS makes of a setting that a call leaves out. */
export interface EksDefault {
  /** Whether `CreateCluster` alone has the key; the others `UpdateClusterConfig` has too, absent when it is not changed. */
  readonly creationOnly: boolean;
  /** Whether a cluster that is created without the setting gets the weaker one. */
  readonly insecureWhenOmitted: boolean;
}

/**
 * Condition keys of `eks:CreateCluster` and `eks:UpdateClusterConfig` that the controls use, with EKS's defaults: the public
 * endpoint on, the private one off, mode `CONFIG_MAP`, the creator an administrator, no deletion protection, `EXTENDED`
 * support. Read 2026-11-21: Service Authorization Reference, "Actions, resources, and condition keys for Amazon Elastic
 * Kubernetes Service" (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html),
 * and the EKS API reference, CreateCluster.
 */
export const EKS_DEFAULTS = {
  authenticationMode: { creationOnly: false, insecureWhenOmitted: true },
  bootstrapClusterCreatorAdminPermissions: { creationOnly: true, insecureWhenOmitted: true },
  deletionProtection: { creationOnly: false, insecureWhenOmitted: true },
  endpointPrivateAccess: { creationOnly: false, insecureWhenOmitted: true },
  endpointPublicAccess: { creationOnly: false, insecureWhenOmitted: true },
  supportType: { creationOnly: false, insecureWhenOmitted: true },
} as const satisfies Readonly<Record<string, EksDefault>>;

/** A key of {@link EKS_DEFAULTS}. */
export type EksControlKey = keyof typeof EKS_DEFAULTS;

/** A condition key of the calls that set a cluster up or change it, without its prefix `eks:`. */
export type EksControlKey =
  | "authenticationMode"
  | "bootstrapClusterCreatorAdminPermissions"
  | "deletionProtection"
  | "endpointPrivateAccess"
  | "endpointPublicAccess"
  | "supportType";

/** What EKS makes of a setting. */
export interface EksSetting {
  /** Whether `CreateCluster` alone has the key; the others `UpdateClusterConfig` has too, absent when it is not changed. */
  readonly creationOnly: boolean;
  /** What a cluster gets that is created without the setting, as a condition would compare it. */
  readonly whenOmitted: string;
}

/**
 * The condition keys that the controls use, with EKS's defaults. Read 2026-11-21: Service Authorization Reference, "Actions,
 * resources, and condition keys for Amazon Elastic Kubernetes Service"
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html), and the EKS
 * API reference, CreateCluster.
 */
export const EKS_SETTINGS: Readonly<Record<EksControlKey, EksSetting>> = {
  authenticationMode: { creationOnly: false, whenOmitted: "CONFIG_MAP" },
  bootstrapClusterCreatorAdminPermissions: { creationOnly: true, whenOmitted: "true" },
  deletionProtection: { creationOnly: false, whenOmitted: "false" },
  endpointPrivateAccess: { creationOnly: false, whenOmitted: "false" },
  endpointPublicAccess: { creationOnly: false, whenOmitted: "true" },
  supportType: { creationOnly: false, whenOmitted: "EXTENDED" },
};

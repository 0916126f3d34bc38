/** What a way through a bastion needs to know of it, plain once it exists. */
export interface BastionTarget {
  /** The Region of bastion and cluster, as `eu-west-1`. */
  readonly region: string;
  /** The one instance, as `i-0123456789abcdef0`; left out when a group of instances is looked up by {@link tag}. */
  readonly instanceId?: string;
  /** A tag that all instances of the bastion carry, and nothing else does. */
  readonly tag: { readonly key: string; readonly value: string };
  /** The Session Manager document that forwards a local port to the API, and nothing else. */
  readonly documentName: string;
  /** Host of the Kubernetes API, where sessions lead, without scheme and port. */
  readonly endpointHost: string;
}

/** Key of the tag of bastion instances; its value is the cluster's name. */
export const BASTION_TAG_KEY = "ringfence:bastion";

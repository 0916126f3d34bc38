import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../../core/cidr.js";
import type { AutoModeRef } from "./auto-mode.js";

/**
 * What other components need to know of a cluster. A {@link Cluster} has it, `Cluster.existing` says it of one that is there
 * already.
 */
export interface ClusterRef {
  /** The name as a plain value. */
  readonly clusterName: string;
  /** The name; an output of the cluster where there is one, so that what takes it waits for the cluster. */
  readonly name: pulumi.Input<string>;
  readonly arn: pulumi.Input<string>;
  /** Minor version, plain: `1.36`. */
  readonly kubernetesVersion: string;
  /** URL of the API: `https://....eks.amazonaws.com`. */
  readonly endpoint: pulumi.Input<string>;
  /** The certificate authority of the API, base64. */
  readonly certificateAuthority: pulumi.Input<string>;
  /** Virtual addresses of Services; of an IPv6 cluster that is made, the block of which EKS chooses. */
  readonly serviceCidr: Cidr;
  /** The group on the control plane's interfaces: what may call the API on 443 is allowed here. */
  readonly controlPlaneSecurityGroupId: pulumi.Input<string>;
  /** The issuer of service account tokens, `https://oidc.eks.<region>.amazonaws.com/id/...`. */
  readonly oidcIssuer: pulumi.Input<string>;
  /** What node classes of Auto Mode name; with it, add-ons that Auto Mode has built in are not installed. */
  readonly autoMode?: AutoModeRef | undefined;
}

import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { kubeconfigDocument } from "../tunnel/index.js";
import type { ApiAddress } from "./api-access.js";

/** What a kubeconfig needs to know of a cluster. */
export interface KubeconfigArgs {
  readonly clusterName: string;
  readonly region: string;
  /** Where this program finds the API. */
  readonly address: pulumi.Output<ApiAddress>;
  /** Base64, as EKS gives it. */
  readonly certificateAuthority: pulumi.Input<string>;
  /**
   * Profile of the AWS configuration that tokens are asked with.
   *
   * @default - what the environment says
   */
  readonly profile?: string | undefined;
}

/** A kubeconfig without a secret in it, see {@link kubeconfigDocument}. */
export function kubeconfigOf(args: KubeconfigArgs): pulumi.Output<string> {
  const { clusterName, region, profile } = args;
  return pulumi.all([args.address, args.certificateAuthority]).apply(([address, certificateAuthority]) =>
    JSON.stringify(
      kubeconfigDocument({
        ...address,
        ...{ clusterName, region, certificateAuthority },
        ...(profile === undefined ? {} : { profile }),
      }),
    ),
  );
}

/**
 * The provider for everything inside a cluster. Its identity is the cluster's name: a new address or certificate of the
 * API is an update and never replaces what lies inside.
 */
export function createProvider(
  name: string,
  clusterName: string,
  kubeconfig: pulumi.Output<string>,
  opts: pulumi.ResourceOptions,
): Provider {
  return new Provider(name, { kubeconfig, clusterIdentifier: clusterName, enableServerSideApply: true }, opts);
}

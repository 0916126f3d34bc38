import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";

/** What a kubeconfig needs to know of a cluster. */
export interface KubeconfigArgs {
  readonly clusterName: string;
  readonly region: string;
  /** URL of the API. */
  readonly server: pulumi.Input<string>;
  /** Base64, as EKS gives it. */
  readonly certificateAuthority: pulumi.Input<string>;
}

/**
 * A kubeconfig without a secret in it: every call asks `aws eks get-token` for a token of whoever makes it, valid for a
 * quarter of an hour (https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html).
 */
export function kubeconfigOf(args: KubeconfigArgs): pulumi.Output<string> {
  const name = args.clusterName;
  const command = ["eks", "get-token", "--cluster-name", name, "--region", args.region, "--output", "json"];
  return pulumi.jsonStringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: args.server, "certificate-authority-data": args.certificateAuthority } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: command,
            interactiveMode: "Never",
            provideClusterInfo: false,
          },
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
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

/** What a kubeconfig needs to know of a cluster. `Text` is a string, or what becomes one. */
export interface KubeconfigSource<Text> {
  readonly clusterName: string;
  readonly region: string;
  /** URL to speak to: that of the API, or of a tunnel to it. */
  readonly server: Text;
  /** Host that the certificate must name, where the URL has another one. */
  readonly tlsServerName?: Text;
  /** Base64, as EKS gives it. */
  readonly certificateAuthority: Text;
  /**
   * Profile of the AWS configuration that tokens are asked with.
   *
   * @default - what the environment says
   */
  readonly profile?: string;
}

/**
 * A kubeconfig without a secret in it: every call asks `aws eks get-token` for a token of whoever makes it, valid for a
 * quarter of an hour (https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html).
 */
export function kubeconfigDocument<Text>(source: KubeconfigSource<Text>): object {
  const { clusterName: name, region, server, tlsServerName, certificateAuthority, profile } = source;
  const cluster = {
    server,
    ...(tlsServerName === undefined ? {} : { "tls-server-name": tlsServerName }),
    "certificate-authority-data": certificateAuthority,
  };
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", name, "--region", region, "--output", "json"],
    ...(profile === undefined ? {} : { env: [{ name: "AWS_PROFILE", value: profile }] }),
    interactiveMode: "Never",
    provideClusterInfo: false,
  };
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster }],
    users: [{ name, user: { exec } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
}

/** A cluster that is reached through a tunnel. */
export interface TunnelledCluster {
  readonly clusterName: string;
  readonly region: string;
  readonly profile?: string;
}

/** The part of a kubeconfig that is read. */
interface Kubeconfig {
  readonly clusters?: readonly { readonly cluster?: { readonly server?: string } }[];
  readonly users?: readonly { readonly user?: { readonly exec?: Exec } }[];
}

/** How a kubeconfig asks for tokens. */
interface Exec {
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

/** The cluster of a kubeconfig that leads through a tunnel, as {@link kubeconfigDocument} makes them; nothing for others. */
export function clusterOf(kubeconfig: unknown): TunnelledCluster | undefined {
  const { clusters, users } = parsed(kubeconfig);
  const { args, env } = users?.[0]?.user?.exec ?? {};
  const option = (name: string): string | undefined => args?.[args.indexOf(name) + 1];
  const [clusterName, region] = [option("--cluster-name"), option("--region")];
  if (clusters?.[0]?.cluster?.server?.startsWith("https://127.0.0.1:") !== true) return undefined;
  if (clusterName === undefined || region === undefined || args?.[0] !== "eks") return undefined;
  const profile = env?.find(({ name }) => name === "AWS_PROFILE")?.value;
  return { clusterName, region, ...(profile === undefined ? {} : { profile }) };
}

function parsed(text: unknown): Kubeconfig {
  try {
    return typeof text === "string" ? (JSON.parse(text) as Kubeconfig) : {};
  } catch {
    return {};
  }
}

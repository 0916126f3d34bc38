import * as pulumi from "@pulumi/pulumi";
import type { BastionTarget } from "../core/bastion-target.js";
import { UserError } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { isSymbolic } from "../core/symbolic.js";
import { runError } from "../infra/errors.js";
import { choiceIssues, missingTool, openTunnel } from "../tunnel/index.js";
import { engineAddress } from "./engine-address.js";

/** Where a program finds the Kubernetes API. */
export interface ApiAddress {
  /** URL to speak to. */
  readonly server: string;
  /** Host that the certificate must name, where the URL has another one. */
  readonly tlsServerName?: string;
}

/** A cluster as far as a way to it is concerned. */
export interface ReachableCluster {
  readonly clusterName: string;
  /** URL of the API. */
  readonly endpoint: pulumi.Output<string>;
  /** Base64, as EKS gives it. */
  readonly certificateAuthority: pulumi.Output<string>;
  readonly bastion: pulumi.Output<BastionTarget>;
  /**
   * What the lines about the way are shown under.
   *
   * @default - the stack
   */
  readonly resource?: pulumi.Resource;
}

/** Choices of {@link ApiAccess.tunnel}. */
export interface TunnelOptions {
  /**
   * Profile of the AWS configuration, for the tunnel and for the tokens of the API.
   *
   * @default - what the environment says
   */
  readonly profile?: string;
  /**
   * Port of 127.0.0.1, 1024 to 65535.
   *
   * @default - one from 61000 to 65535 that Region and name of the cluster decide, or the next free one
   */
  readonly port?: number;
  /**
   * Seconds until an opening is given up, at most 3600. A bastion that was just made takes a minute or three.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;
}

/** How this program reaches the Kubernetes API to fill the cluster that it makes. */
export class ApiAccess {
  /**
   * Through the bastion, the default: as soon as cluster and bastion exist, an AWS Session Manager port forward opens
   * within the same `pulumi preview` or `up`, and ends with it. Needs `aws` and `session-manager-plugin` on the PATH. A
   * preview of what does not exist yet opens nothing.
   */
  static tunnel(options: TunnelOptions = {}): ApiAccess {
    return new ApiAccess(
      (cluster) => throughTunnel(cluster, options),
      options.profile,
      () => tunnelIssues(options),
    );
  }

  /**
   * By the address of the API itself: whoever runs the program is inside the VPC, on its VPN, or among the addresses of
   * `EndpointAccess.publicFrom`.
   */
  static direct(): ApiAccess {
    return new ApiAccess(
      ({ endpoint }) => endpoint.apply((server) => ({ server })),
      undefined,
      () => [],
    );
  }

  private constructor(
    /** Where the program finds the API of a cluster. */
    readonly addressOf: (cluster: ReachableCluster) => pulumi.Output<ApiAddress>,
    /** Profile of the AWS configuration that tokens are asked with. */
    readonly profile: string | undefined,
    /** What stands in the way before anything exists. */
    readonly issues: () => readonly Issue[],
  ) {}
}

/**
 * Checks a tunnel before anything is registered: its options, and in a real deployment what it needs on this machine. A
 * preview needs none of that until there is something to reach.
 *
 * @throws pulumi.RunError, one line.
 */
function tunnelIssues(options: TunnelOptions): readonly Issue[] {
  const issues = choiceIssues(options, (name) => `apiAccess.${name}`);
  if (issues.length > 0 || pulumi.runtime.isDryRun() || engineAddress() === undefined) return issues;
  const missing = missingTool(process.env);
  if (missing !== undefined) throw runError(missing);
  return [];
}

function throughTunnel(cluster: ReachableCluster, options: TunnelOptions): pulumi.Output<ApiAddress> {
  const { clusterName, endpoint, certificateAuthority, bastion, resource } = cluster;
  const known = pulumi.all([endpoint, certificateAuthority, bastion] as const);
  return known.apply(async ([server, authority, target]): Promise<ApiAddress> => {
    // Mocks have no engine that could end a tunnel. The embedded engine only previews, and its values lead nowhere; what AWS
    // made passes for such a value once in some thousand clusters, which a deployment must not depend on.
    const engine = engineAddress();
    const leadsNowhere = pulumi.runtime.isDryRun() && isSymbolic([server, authority, target]);
    if (engine === undefined || leadsNowhere) return { server };
    const say = (text: string): void => void pulumi.log.info(`tunnel to ${clusterName}: ${text}`, resource);
    try {
      const { port } = await openTunnel(
        { ...target, clusterName, certificateAuthority: authority, ...options },
        { hold: { engine, pid: process.ppid }, onProgress: say },
      );
      return { server: `https://127.0.0.1:${port}`, tlsServerName: target.endpointHost };
    } catch (error) {
      throw error instanceof UserError ? runError(new UserError(`tunnel to ${clusterName}: ${error.message}`)) : error;
    }
  });
}

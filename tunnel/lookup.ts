import { BASTION_TAG_KEY } from "../core/bastion-target.js";
import { awsCommand } from "./aws.js";
import { TunnelFailure } from "./failure.js";
import type { TunnelSpec } from "./spec.js";
import { hostOf } from "./spec.js";
import type { Environment } from "./tools.js";
import { environmentOfTunnel, missingTool } from "./tools.js";

/** Which cluster, and what a person says about the way there. */
export interface LookupRequest extends Pick<TunnelSpec, "clusterName" | "profile" | "port" | "timeoutSeconds"> {
  /**
   * As `eu-west-1`.
   *
   * @default - AWS_REGION, AWS_DEFAULT_REGION, or what `aws configure get region` says
   */
  readonly region?: string;
  /**
   * The Session Manager document of the bastion.
   *
   * @default - the one of this account that carries the bastion's tag
   */
  readonly documentName?: string;
  readonly env: Environment;
}

/** Asks AWS for all that a tunnel to a cluster needs. */
export async function lookUpTunnel(request: LookupRequest): Promise<TunnelSpec> {
  const { clusterName, profile, port, timeoutSeconds } = request;
  const env = environmentOfTunnel(request.env, profile);
  const missing = missingTool(env);
  if (missing !== undefined) throw missing;
  const region = request.region ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? (await configuredRegion(env));
  const aws = awsCommand(region, env);
  const { cluster } = (await aws(["eks", "describe-cluster", "--name", clusterName])) as Described;
  if (cluster.endpoint === undefined || cluster.certificateAuthority === undefined)
    throw new TunnelFailure(
      `the cluster '${clusterName}' has no API yet: it is ${cluster.status ?? "being made"}`,
      true,
    );
  return {
    ...{ region, clusterName },
    endpointHost: hostOf(cluster.endpoint),
    certificateAuthority: cluster.certificateAuthority.data,
    tag: { key: BASTION_TAG_KEY, value: clusterName },
    documentName: request.documentName ?? (await documentOf(clusterName, aws)),
    ...(profile === undefined ? {} : { profile }),
    ...(port === undefined ? {} : { port }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}

/** The part of `aws eks describe-cluster` that is read. */
interface Described {
  readonly cluster: {
    readonly endpoint?: string;
    readonly certificateAuthority?: { readonly data: string };
    readonly status?: string;
  };
}

async function configuredRegion(env: Environment): Promise<string> {
  try {
    const region = await awsCommand(undefined, env)(["configure", "get", "region"]);
    if (typeof region === "string" && region !== "") return region;
  } catch (error) {
    // The command fails when there is none.
    if (!(error instanceof TunnelFailure)) throw error;
  }
  throw new TunnelFailure("no AWS Region: name one with --region, or set AWS_REGION", true);
}

async function documentOf(clusterName: string, aws: ReturnType<typeof awsCommand>): Promise<string> {
  const tag = `${BASTION_TAG_KEY}=${clusterName}`;
  const names = (await aws([
    ...["ssm", "list-documents", "--filters", "Key=Owner,Values=Self"],
    `Key=tag:${BASTION_TAG_KEY},Values=${clusterName}`,
    ...["--query", "DocumentIdentifiers[].Name"],
  ])) as readonly string[];
  const [name] = names;
  if (name !== undefined && names.length === 1) return name;
  throw new TunnelFailure(
    names.length === 0
      ? `no Session Manager document carries the tag ${tag}: the cluster's bastion is not one of Ringfence; name its document with --document`
      : `several Session Manager documents carry the tag ${tag}: ${names.join(", ")}; name one with --document`,
    true,
  );
}

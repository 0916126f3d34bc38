import { checkMountPath, checkWhole } from "./checks.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { relaxation } from "../core/relaxation.js";
import type { Reason, Relaxation } from "../core/relaxation.js";
import type { VolumeManifest } from "./manifest.js";

/** Where client libraries of Kubernetes look for the token, the certificate of the API server and the namespace. */
export const API_SERVER_TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

/** Life of a token when nobody says otherwise: an hour, as the API server's own default. */
export const TOKEN_DEFAULTS = { expirationSeconds: 3600 } as const;

const VOLUME_NAME = "service-account-token";
const GROUP_READABLE = 0o440;

/** A token that is mounted: for whom, for how long and where. */
export interface MountedToken {
  /** Absent for the API server of the cluster. */
  readonly audience?: string;
  readonly expirationSeconds: number;
  readonly mountPath: string;
}

/** Arguments of {@link ServiceAccountToken.apiServer}. */
export interface TokenOptions extends Reason {
  /** Life of one token, from 600 to 86400; the kubelet renews it. @default 3600 */
  readonly expirationSeconds?: number;
}

/** Arguments of {@link ServiceAccountToken.projected}. */
export interface ProjectedTokenOptions extends TokenOptions {
  /** Who accepts the token. */
  readonly audience: string;
  /** Where the containers find the file `token`. */
  readonly mountPath: string;
}

/**
 * Whether a pod's containers hold a token of their service account. Pod Identity does not need one here: its webhook
 * mounts a token of its own for the agent (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html).
 */
export class ServiceAccountToken {
  /** The default: nobody who breaks into the pod can speak to the API server as its service account. */
  static none(): ServiceAccountToken {
    return new ServiceAccountToken(undefined, undefined);
  }

  /**
   * A token for the cluster's API server, with the server's certificate and the namespace, where client libraries look.
   * Allow the way as well: `allowTo(Peer.apiServer(contract))`.
   *
   * @throws InputError when the reason is missing.
   */
  static apiServer(options: TokenOptions): ServiceAccountToken {
    const expirationSeconds = options.expirationSeconds ?? TOKEN_DEFAULTS.expirationSeconds;
    return new ServiceAccountToken(
      { expirationSeconds, mountPath: API_SERVER_TOKEN_PATH },
      relaxation("ServiceAccountToken.apiServer", options),
    );
  }

  /**
   * A token for one other audience, in the file `token` below `mountPath`. The API server does not accept it.
   *
   * @throws InputError when the reason is missing.
   */
  static projected(options: ProjectedTokenOptions): ServiceAccountToken {
    const { audience, mountPath } = options;
    const expirationSeconds = options.expirationSeconds ?? TOKEN_DEFAULTS.expirationSeconds;
    return new ServiceAccountToken(
      { audience, expirationSeconds, mountPath },
      relaxation("ServiceAccountToken.projected", options),
    );
  }

  private constructor(
    /** Absent when no token is mounted. */
    readonly mounted: MountedToken | undefined,
    readonly relaxation: Relaxation | undefined,
  ) {}
}

/** The projected volume of a mounted token. */
export function tokenVolume({ audience, expirationSeconds }: MountedToken): VolumeManifest {
  const token = {
    serviceAccountToken: { path: "token", expirationSeconds, ...(audience === undefined ? {} : { audience }) },
  };
  const sources =
    audience !== undefined
      ? [token]
      : [
          token,
          { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
          { downwardAPI: { items: [{ path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } }] } },
        ];
  return { name: VOLUME_NAME, projected: { defaultMode: GROUP_READABLE, sources } };
}

/** Name of the volume that holds a mounted token. */
export const TOKEN_VOLUME_NAME = VOLUME_NAME;

/** The issues of a token. */
export function checkToken(path: string, { mounted }: ServiceAccountToken): readonly Issue[] {
  if (mounted === undefined) return [];
  const issues = [
    ...checkWhole(`${path}.expirationSeconds`, mounted.expirationSeconds, 600, 86_400),
    ...checkMountPath(`${path}.mountPath`, mounted.mountPath),
  ];
  if (mounted.audience === "")
    issues.push(
      issue(
        "Required",
        `${path}.audience`,
        "must name who accepts the token",
        "",
        "Give the audience, such as 'vault'",
      ),
    );
  return issues;
}

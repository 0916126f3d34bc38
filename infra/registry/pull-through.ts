import type * as pulumi from "@pulumi/pulumi";
import { isMissingIn } from "../../core/data/service-regions.js";

/** Where a cache keeps an upstream, and how it logs in there. */
export interface PullThroughOptions {
  /**
   * First part of the repositories' names: `docker-hub/library/redis`.
   *
   * @default - the name of the upstream
   */
  readonly prefix?: string;
}

/** An upstream that wants credentials. */
export interface CredentialOptions extends PullThroughOptions {
  /** ARN of a secret of Secrets Manager whose name begins with `ecr-pullthroughcache/`; ECR dictates that. */
  readonly credentialArn: pulumi.Input<string>;
}

/**
 * An upstream registry that ECR mirrors on demand
 * (https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html).
 */
export class PullThrough {
  private constructor(
    readonly upstreamUrl: string,
    /** First part of the repositories' names. */
    readonly prefix: string,
    readonly credentialArn?: pulumi.Input<string>,
  ) {}

  /** What a Region's registry mirrors when nobody says otherwise: public.ecr.aws, and nothing where ECR has no caches. */
  static defaultsIn(region: string): readonly PullThrough[] {
    return isMissingIn("pullThroughCache", region) ? [] : [PullThrough.ecrPublic()];
  }

  /** public.ecr.aws, prefix `ecr-public`. It has the official images of Docker too, under `docker/library`. */
  static ecrPublic(options: PullThroughOptions = {}): PullThrough {
    return new PullThrough("public.ecr.aws", options.prefix ?? "ecr-public");
  }

  /** registry.k8s.io, prefix `kubernetes`. */
  static kubernetes(options: PullThroughOptions = {}): PullThrough {
    return new PullThrough("registry.k8s.io", options.prefix ?? "kubernetes");
  }

  /** quay.io, prefix `quay`. */
  static quay(options: PullThroughOptions = {}): PullThrough {
    return new PullThrough("quay.io", options.prefix ?? "quay");
  }

  /** Docker Hub, prefix `docker-hub`. */
  static dockerHub(options: CredentialOptions): PullThrough {
    return new PullThrough("registry-1.docker.io", options.prefix ?? "docker-hub", options.credentialArn);
  }

  /** ghcr.io, prefix `github`. */
  static gitHub(options: CredentialOptions): PullThrough {
    return new PullThrough("ghcr.io", options.prefix ?? "github", options.credentialArn);
  }
}

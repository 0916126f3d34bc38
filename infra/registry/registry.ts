import * as ecr from "@pulumi/aws/ecr/index.js";
import type * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf, arn, iamArn } from "../account.js";
import type { Account } from "../account.js";
import { refuse } from "../errors.js";
import { policyDocument } from "../identity/policy-document.js";
import type { Statement } from "../identity/policy-document.js";
import { createRole, serviceTrust } from "../identity/role.js";
import { after, named } from "../options.js";
import type { Tags } from "../options.js";
import { registryIssues } from "./plan.js";
import type { PullThrough } from "./pull-through.js";

/** Days after which an image that no tag names any more is deleted. */
export const UNTAGGED_IMAGE_DAYS = 30;

/** Arguments of {@link Registry}. */
export interface RegistryArgs {
  /** ARN of the key that encrypts the images; its policy admits ECR, as that of {@link EncryptionKeys}. */
  readonly registryKeyArn: pulumi.Input<string>;
  /**
   * Names of repositories: `voting-app/vote`.
   *
   * @default - none
   */
  readonly repositories?: readonly string[];
  /**
   * Upstream registries to mirror.
   *
   * @default - none
   */
  readonly pullThrough?: readonly PullThrough[];
  /**
   * The boundary of the role by which ECR makes the caches' repositories.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Tags of repositories.
   *
   * @default - a name
   */
  readonly tags?: Tags;
  /**
   * Last-resort edit of the raw arguments of each repository. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformRepository?: (args: ecr.RepositoryArgs) => ecr.RepositoryArgs;
}

/**
 * The images of a cluster: ECR repositories with immutable tags, scanned on push, under a customer key, closed to other
 * accounts; and pull-through caches with the same settings.
 *
 * The first pull of an image through a cache needs a way to the internet when it comes by an interface endpoint, says
 * ECR's guide: in a VPC without one, pull each image once from elsewhere (`docker pull <host>/<prefix>/<image>@<digest>`).
 */
export class Registry extends pulumi.ComponentResource {
  /** Host of the account's registry: `111122223333.dkr.ecr.eu-west-1.amazonaws.com`. */
  readonly host: pulumi.Output<string>;
  /** URLs without scheme by repository name. */
  readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;
  /** Prefixes of the caches; {@link NodeGroup} takes them. */
  readonly pullThroughPrefixes: readonly string[];

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: RegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Registry", name, {}, opts);
    const repositories = args.repositories ?? [];
    const caches = args.pullThrough ?? [];
    refuse(`Registry '${name}'`, registryIssues(repositories, caches));
    const account = accountOf(this);

    const urls = repositories.map((repository) => {
      const created = this.createRepository(name, args, account, repository, opts);
      return [repository, created.repositoryUrl] as const;
    });
    if (caches.length > 0) {
      const role = this.createCacheRole(name, args, account, caches);
      for (const cache of caches) this.createCache(name, args, account, cache, role, opts);
    }

    this.host = pulumi.interpolate`${account.id}.dkr.ecr.${account.region}.${account.dnsSuffix}`;
    this.repositoryUrls = Object.fromEntries(urls);
    this.pullThroughPrefixes = caches.map(({ prefix }) => prefix);
    this.registerOutputs({ host: this.host });
  }

  private createRepository(
    name: string,
    args: RegistryArgs,
    account: Account,
    repositoryName: string,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): ecr.Repository {
    const child = `${name}-${repositoryName}`;
    const repositoryArgs: ecr.RepositoryArgs = {
      name: repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.registryKeyArn }],
      tags: named(child, args.tags),
    };
    const repository = new ecr.Repository(child, args.transformRepository?.(repositoryArgs) ?? repositoryArgs, {
      parent: this,
      dependsOn: after(opts),
    });
    new ecr.RepositoryPolicy(
      `${child}-policy`,
      { repository: repository.name, policy: policyDocument([pullStatement(account)]) },
      { parent: this },
    );
    new ecr.LifecyclePolicy(
      `${child}-lifecycle`,
      { repository: repository.name, policy: lifecyclePolicy() },
      { parent: this },
    );
    return repository;
  }

  /** ECR makes a cache's repositories by itself and needs a role for it as soon as they have a customer key. */
  private createCacheRole(
    name: string,
    args: RegistryArgs,
    account: Account,
    caches: readonly PullThrough[],
  ): iam.Role {
    const statements: Statement[] = [
      {
        actions: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
        resources: caches.map(({ prefix }) => arn(account, "ecr", `repository/${prefix}/*`)),
      },
      { actions: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"], resources: [args.registryKeyArn] },
    ];
    return createRole(this, account, `${name}-cache-role`, {
      description: "ECR, when a pull-through cache needs a repository",
      trust: serviceTrust("ecr.amazonaws.com", { StringEquals: { "aws:SourceAccount": account.id } }),
      statements,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    }).role;
  }

  private createCache(
    name: string,
    args: RegistryArgs,
    account: Account,
    cache: PullThrough,
    role: iam.Role,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): void {
    const child = `${name}-cache-${cache.prefix}`;
    const template = new ecr.RepositoryCreationTemplate(
      `${child}-template`,
      {
        prefix: cache.prefix,
        description: `Mirror of ${cache.upstreamUrl}`,
        appliedFors: ["PULL_THROUGH_CACHE"],
        imageTagMutability: "IMMUTABLE",
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.registryKeyArn }],
        repositoryPolicy: policyDocument([pullStatement(account)]),
        lifecyclePolicy: lifecyclePolicy(),
        customRoleArn: role.arn,
      },
      { parent: this, dependsOn: after(opts) },
    );
    // After the template: a pull in between would make a repository without its settings.
    new ecr.PullThroughCacheRule(
      child,
      {
        ecrRepositoryPrefix: cache.prefix,
        upstreamRegistryUrl: cache.upstreamUrl,
        credentialArn: cache.credentialArn,
      },
      { parent: this, dependsOn: [template] },
    );
  }
}

/** Roles of this account that IAM allows it may pull, and no other account. */
function pullStatement(account: Account): Statement {
  return {
    sid: "PullFromThisAccount",
    principals: { aws: iamArn(account, "root") },
    actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  };
}

/** Untagged images only: a count of tagged ones could delete the image that a cluster runs. */
function lifecyclePolicy(): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: `images without a tag, after ${UNTAGGED_IMAGE_DAYS} days`,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: UNTAGGED_IMAGE_DAYS,
        },
        action: { type: "expire" },
      },
    ],
  });
}

import * as ecr from "@pulumi/aws/ecr/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../account.js";
import type { Account } from "../account.js";
import type { KeysRef } from "../encryption/reference.js";
import { refuse } from "../errors.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { planRegion } from "../region.js";
import { keysRef, needs } from "../reference-shapes.js";
import { createTemplate, createTemplateRole } from "./creation-template.js";
import { registryArgsIssues } from "./plan.js";
import type { PullThrough } from "./pull-through.js";
import type { Replication } from "./replication.js";
import { lifecyclePolicy, repositoryPolicy } from "./repository-policy.js";
import type { Scanning } from "./scanning.js";

/** Arguments of {@link Registry}. */
export interface RegistryArgs {
  /** The key that encrypts the images; its policy admits ECR, as that of {@link EncryptionKeys}. */
  readonly keys: Pick<KeysRef, "registryKeyArn">;
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
   * ARNs of the roles that may pull: those of nodes. All others are denied, whatever IAM allows them, but AWS's own
   * service-linked roles and those that push.
   *
   * @default - all roles of the account that IAM allows it
   */
  readonly pullers?: readonly pulumi.Input<string>[];
  /**
   * ARNs of the roles that may push and delete images: that of the pipeline. All others are denied, as with `pullers`.
   *
   * @default - all roles of the account that IAM allows it
   */
  readonly pushers?: readonly pulumi.Input<string>[];
  /**
   * Numbers of other accounts whose roles pull; the roles are among `pullers`. They need nothing of the key: ECR decrypts by a
   * grant of its own.
   *
   * @default - none
   */
  readonly otherAccounts?: readonly string[];
  /**
   * Where images are copied to. Of this setting a registry has one in a Region: two stacks that set it undo each other.
   *
   * @default - nowhere
   */
  readonly replication?: readonly Replication[];
  /**
   * How images are searched for known vulnerabilities.
   *
   * @default - `Scanning.onPush()`
   */
  readonly scanning?: Scanning;
  /**
   * The Region of the component's provider, where that is not the stack's: what ECR lacks there is refused.
   *
   * @default - `aws:region` of the stack
   */
  readonly region?: string;
  /**
   * Whether `pulumi destroy` deletes repositories with the images in them; ECR refuses that otherwise.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
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
 * The images of a cluster: ECR repositories with immutable tags, scanned, under a customer key, closed to other accounts and by
 * choice to all roles but those that need them; and pull-through caches with the same settings.
 *
 * The first pull of an image through a cache needs a way to the internet when it comes by an interface endpoint, says
 * ECR's guide: in a VPC without one, pull each image once from elsewhere (`docker pull <host>/<prefix>/<image>@<digest>`).
 */
export class Registry extends pulumi.ComponentResource {
  /** Host of the account's registry: `111122223333.dkr.ecr.eu-west-1.amazonaws.com`. */
  readonly host: pulumi.Output<string>;
  /** URLs without scheme by repository name. */
  readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;
  /** ARNs by repository name, for a pipeline's policy. */
  readonly repositoryArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** Prefixes of the caches; {@link NodeGroup} takes them. */
  readonly pullThroughPrefixes: readonly string[];

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: RegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:Registry", name, {}, opts);
    needs(`Registry '${name}'`, args, { keys: keysRef("registryKeyArn") });
    refuse(`Registry '${name}'`, registryArgsIssues(args, planRegion(args.region).region));
    const caches = args.pullThrough ?? [];
    const protection = args.deletionProtection ?? DeletionProtection.on();
    const account = accountOf(this);

    const created = (args.repositories ?? []).map(
      (repository) => [repository, this.createRepository(name, args, account, repository, protection, opts)] as const,
    );
    if (caches.length > 0) this.createCaches(name, args, account, caches, opts);
    if (args.replication !== undefined && args.replication.length > 0)
      this.createReplication(name, args.replication, account, opts);
    if (args.scanning?.kind === "enhanced")
      new ecr.RegistryScanningConfiguration(
        `${name}-scanning`,
        {
          scanType: "ENHANCED",
          rules: [
            {
              scanFrequency: "CONTINUOUS_SCAN",
              repositoryFilters: args.scanning.filters.map((filter) => ({ filter, filterType: "WILDCARD" })),
            },
          ],
        },
        { parent: this, dependsOn: after(opts) },
      );

    this.host = pulumi.interpolate`${account.id}.dkr.ecr.${account.region}.${account.dnsSuffix}`;
    this.repositoryUrls = Object.fromEntries(created.map(([key, { repositoryUrl }]) => [key, repositoryUrl]));
    this.repositoryArns = Object.fromEntries(created.map(([key, { arn }]) => [key, arn]));
    this.pullThroughPrefixes = caches.map(({ prefix }) => prefix);
    const { host, repositoryUrls, repositoryArns, pullThroughPrefixes } = this;
    const relaxations = protection.relaxation === undefined ? [] : [protection.relaxation];
    this.registerOutputs(published({ host, repositoryUrls, repositoryArns, pullThroughPrefixes }, relaxations));
  }

  private createRepository(
    name: string,
    args: RegistryArgs,
    account: Account,
    repositoryName: string,
    protection: DeletionProtection,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): ecr.Repository {
    const child = `${name}-${repositoryName}`;
    const repositoryArgs: ecr.RepositoryArgs = {
      name: repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keys.registryKeyArn }],
      forceDelete: !protection.enabled,
      tags: named(child, args.tags),
    };
    const repository = new ecr.Repository(child, args.transformRepository?.(repositoryArgs) ?? repositoryArgs, {
      parent: this,
      dependsOn: after(opts),
    });
    new ecr.RepositoryPolicy(
      `${child}-policy`,
      { repository: repository.name, policy: repositoryPolicy(account, args) },
      { parent: this },
    );
    new ecr.LifecyclePolicy(
      `${child}-lifecycle`,
      { repository: repository.name, policy: lifecyclePolicy() },
      { parent: this },
    );
    return repository;
  }

  private createCaches(
    name: string,
    args: RegistryArgs,
    account: Account,
    caches: readonly PullThrough[],
    opts: pulumi.ComponentResourceOptions | undefined,
  ): void {
    const { registryKeyArn } = args.keys;
    const role = createTemplateRole(this, account, `${name}-cache-role`, {
      description: "ECR, when a pull-through cache needs a repository",
      repositories: caches.map(({ prefix }) => `${prefix}/*`),
      registryKeyArn,
      permissionsBoundaryArn: args.permissionsBoundaryArn,
      tags: args.tags,
    });
    for (const cache of caches) {
      const child = `${name}-cache-${cache.prefix}`;
      const template = createTemplate(this, account, `${child}-template`, {
        prefix: cache.prefix,
        description: `Mirror of ${cache.upstreamUrl}`,
        appliedFor: "PULL_THROUGH_CACHE",
        registryKeyArn,
        access: args,
        role,
        dependsOn: after(opts),
      });
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

  private createReplication(
    name: string,
    rules: readonly Replication[],
    account: Account,
    opts: pulumi.ComponentResourceOptions | undefined,
  ): void {
    new ecr.ReplicationConfiguration(
      `${name}-replication`,
      {
        replicationConfiguration: {
          rules: rules.map(({ region, accountId, prefixes }) => ({
            destinations: [{ region, registryId: accountId ?? account.id }],
            ...(prefixes.length > 0 && {
              repositoryFilters: prefixes.map((filter) => ({ filter, filterType: "PREFIX_MATCH" })),
            }),
          })),
        },
      },
      { parent: this, dependsOn: after(opts) },
    );
  }
}

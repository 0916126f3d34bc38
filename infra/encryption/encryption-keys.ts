import type * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../account.js";
import { createKey } from "../customer-key.js";
import { refuse } from "../errors.js";
import type { Principal } from "../identity/principal.js";
import { after, published } from "../options.js";
import type { Tags } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { late, list } from "../shape.js";
import type { Shapes } from "../shape.js";
import { PRINCIPAL, needs } from "../reference-shapes.js";
import { keyArnIssues } from "./key-arn.js";
import { KEY_PURPOSES, keyPolicy } from "./key-policy.js";
import type { KeyPurpose } from "./key-policy.js";
import { aliasOf, encryptionKeysIssues } from "./plan.js";
import type { KeysRef } from "./reference.js";

/** No purpose may be left out: what has no key of ours would have one of AWS, or none. */
const KEYS: Shapes<KeysRef> = { secretsKeyArn: late, logsKeyArn: late, volumesKeyArn: late, registryKeyArn: late };

/** Arguments of {@link EncryptionKeys}. */
export interface EncryptionKeysArgs {
  /**
   * Who may administer the keys; at least one, and one of the keys' own account. They exist before the keys do, KMS refuses
   * others.
   */
  readonly administrators: readonly [Principal, ...Principal[]];
  /**
   * Who may use a key, through the services of its purpose and in no other way: roles of pods that read secrets, the role of
   * the EBS driver. They exist before the keys do, and may be of other accounts. The key of logs has none: CloudWatch Logs
   * uses it, for whoever may read the logs.
   *
   * @default - for each purpose all roles of the account that IAM allows it
   */
  readonly users?: Readonly<Partial<Record<KeyPurpose, readonly [Principal, ...Principal[]]>>>;
  /**
   * Numbers of other accounts whose Auto Scaling starts instances with the key of volumes. There an {@link AutoScalingGrant}
   * gives its role the grant.
   *
   * @default - none
   */
  readonly scalingAccounts?: readonly string[];
  /**
   * Whether the keys can have replicas in other Regions: {@link EncryptionKeyReplicas}. Changing it replaces the keys, which
   * their protection refuses.
   *
   * @default - of one Region
   */
  readonly multiRegion?: boolean;
  /**
   * Aliases by purpose, with their prefix: `{ secrets: "alias/prod/secrets" }`. An alias is unique in an account and Region.
   *
   * @default - `alias/<name>-<purpose>`
   */
  readonly aliases?: Readonly<Partial<Record<KeyPurpose, string>>>;
  /**
   * Days after which a key rotates, 90 to 2560.
   *
   * @default 365
   */
  readonly rotationDays?: number;
  /**
   * Days between asking for a key's deletion and its end, 7 to 30.
   *
   * @default 30
   */
  readonly deletionWindowDays?: number;
  /**
   * Whether the keys may be deleted.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
  /**
   * Tags of the keys.
   *
   * @default - a name
   */
  readonly tags?: Tags;
  /**
   * Last-resort edit of the raw arguments of each key. The rules still judge the result, and a policy that would lock
   * everybody out is refused.
   *
   * @default - arguments are used as computed
   */
  readonly transformKey?: (args: kms.KeyArgs, purpose: KeyPurpose) => kms.KeyArgs;
}

/**
 * Customer keys, one per purpose: `secrets`, `logs`, `volumes`, `registry`. Each rotates, has an alias, and a policy that
 * fixes its administrators, never "whoever ran this", and binds its use to the services of its purpose. A policy that would
 * lock everybody out is an error of the preview.
 */
export class EncryptionKeys extends pulumi.ComponentResource implements KeysRef {
  readonly secretsKeyArn: pulumi.Output<string>;
  readonly logsKeyArn: pulumi.Output<string>;
  readonly volumesKeyArn: pulumi.Output<string>;
  readonly registryKeyArn: pulumi.Output<string>;

  /**
   * Keys that are there already, for components that take {@link KeysRef}. Makes nothing and asks AWS nothing. One key may
   * stand for several purposes, where its policy admits the services of each.
   *
   * @throws pulumi.RunError with every ARN that is not that of a key.
   */
  static existing(keys: KeysRef): KeysRef {
    needs("EncryptionKeys.existing", keys, KEYS);
    const { secretsKeyArn, logsKeyArn, volumesKeyArn, registryKeyArn } = keys;
    const checked = { secretsKeyArn, logsKeyArn, volumesKeyArn, registryKeyArn };
    refuse(
      "EncryptionKeys.existing",
      Object.entries(checked).flatMap(([path, given]) => keyArnIssues(path, given)),
    );
    return checked;
  }

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: EncryptionKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:EncryptionKeys", name, {}, opts);
    needs(`EncryptionKeys '${name}'`, args, { administrators: list(PRINCIPAL) });
    refuse(`EncryptionKeys '${name}'`, encryptionKeysIssues(name, args));
    const protection = args.deletionProtection ?? DeletionProtection.on();
    const { administrators, multiRegion = false, transformKey } = args;

    const account = accountOf(this);
    const create = (purpose: KeyPurpose) =>
      createKey(this, account, `${name}-${purpose}`, {
        description: `${name}: ${KEY_PURPOSES[purpose].description}`,
        alias: aliasOf(name, purpose, args.aliases),
        administrators,
        statements: keyPolicy(purpose, account, {
          administrators: administrators.map(({ arn }) => arn),
          users: args.users?.[purpose]?.map(({ arn }) => arn),
          scalingAccounts: purpose === "volumes" ? (args.scalingAccounts ?? []) : [],
          multiRegion,
        }),
        multiRegion,
        rotationDays: args.rotationDays,
        deletionWindowDays: args.deletionWindowDays,
        protect: protection.enabled,
        tags: args.tags,
        ...(transformKey !== undefined && { transform: (raw: kms.KeyArgs) => transformKey(raw, purpose) }),
        dependsOn: after(opts),
      });

    this.secretsKeyArn = create("secrets").arn;
    this.logsKeyArn = create("logs").arn;
    this.volumesKeyArn = create("volumes").arn;
    this.registryKeyArn = create("registry").arn;
    const people = [...administrators, ...Object.values(args.users ?? {}).flat()];
    const relaxations = [protection, ...people].flatMap(({ relaxation }) => relaxation ?? []);
    this.registerOutputs(published(this.arns, relaxations));
  }

  /** The ARNs by purpose. */
  get arns(): Readonly<Record<KeyPurpose, pulumi.Output<string>>> {
    return {
      secrets: this.secretsKeyArn,
      logs: this.logsKeyArn,
      volumes: this.volumesKeyArn,
      registry: this.registryKeyArn,
    };
  }
}

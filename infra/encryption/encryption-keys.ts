import * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { accountOf } from "../account.js";
import { refuse } from "../errors.js";
import { policyDocument } from "../identity/policy-document.js";
import { principalIssues } from "../identity/principal.js";
import type { Principal } from "../identity/principal.js";
import { after, named, published } from "../options.js";
import type { Tags } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { KEY_PURPOSES, keyPolicy } from "./key-policy.js";
import type { KeyPurpose } from "./key-policy.js";

/** Days between asking for a key's deletion and its end: the longest that KMS has. */
export const KEY_DELETION_WINDOW_DAYS = 30;

/** Arguments of {@link EncryptionKeys}. */
export interface EncryptionKeysArgs {
  /** Who may administer the keys; at least one. They exist before the keys do, KMS refuses others. */
  readonly administrators: readonly [Principal, ...Principal[]];
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
   * Last-resort edit of the raw arguments of each key. The rules still judge the result.
   *
   * @default - arguments are used as computed
   */
  readonly transformKey?: (args: kms.KeyArgs, purpose: KeyPurpose) => kms.KeyArgs;
}

/**
 * Customer keys, one per purpose: `secrets`, `logs`, `volumes`, `registry`. Each rotates every year, has an alias, and a
 * policy that fixes its administrators and binds its use to the services of its purpose. About 1 USD a month each.
 */
export class EncryptionKeys extends pulumi.ComponentResource {
  readonly secretsKeyArn: pulumi.Output<string>;
  readonly logsKeyArn: pulumi.Output<string>;
  readonly volumesKeyArn: pulumi.Output<string>;
  readonly registryKeyArn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: EncryptionKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:EncryptionKeys", name, {}, opts);
    refuse(`EncryptionKeys '${name}'`, principalIssues("administrators", args.administrators));
    const protection = args.deletionProtection ?? DeletionProtection.on();

    const account = accountOf(this);
    const create = (purpose: KeyPurpose) => {
      const child = `${name}-${purpose}`;
      const keyArgs: kms.KeyArgs = {
        description: `${name}: ${KEY_PURPOSES[purpose].description}`,
        enableKeyRotation: true,
        deletionWindowInDays: KEY_DELETION_WINDOW_DAYS,
        policy: policyDocument(
          keyPolicy(
            purpose,
            account,
            args.administrators.map((a) => a.arn),
          ),
        ),
        tags: named(child, args.tags),
      };
      const key = new kms.Key(child, args.transformKey?.(keyArgs, purpose) ?? keyArgs, {
        parent: this,
        protect: protection.enabled,
        dependsOn: after(opts),
      });
      new kms.Alias(`${child}-alias`, { name: `alias/${child}`, targetKeyId: key.keyId }, { parent: this });
      return key;
    };

    this.secretsKeyArn = create("secrets").arn;
    this.logsKeyArn = create("logs").arn;
    this.volumesKeyArn = create("volumes").arn;
    this.registryKeyArn = create("registry").arn;
    const relaxations = [protection, ...args.administrators].flatMap(({ relaxation }) => relaxation ?? []);
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

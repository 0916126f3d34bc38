import * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { accountOf } from "../account.js";
import { withoutLockOut } from "../customer-key.js";
import { refuse } from "../errors.js";
import { policyDocument } from "../identity/policy-document.js";
import { after, named, published } from "../options.js";
import { DeletionProtection } from "../protection.js";
import { PRINCIPAL, keysRef, needs } from "../reference-shapes.js";
import { list } from "../shape.js";
import type { EncryptionKeysArgs } from "./encryption-keys.js";
import { KEY_PURPOSES, keyPolicy } from "./key-policy.js";
import type { KeyPurpose } from "./key-policy.js";
import { keyArnIssues } from "./key-arn.js";
import { KEY_DELETION_WINDOW_DAYS } from "./key-settings.js";
import { aliasOf, encryptionKeysIssues } from "./plan.js";
import type { KeysRef } from "./reference.js";

/** Arguments of {@link EncryptionKeyReplicas}. A replica rotates with its primary key and is of several Regions as that is. */
export interface EncryptionKeyReplicasArgs extends Omit<
  EncryptionKeysArgs,
  "multiRegion" | "rotationDays" | "transformKey"
> {
  /** The primary keys: {@link EncryptionKeys} with `multiRegion: true`, in another Region. */
  readonly primary: KeysRef;
}

/**
 * Replicas of multi-Region keys in the Region of this component's provider: what one Region encrypted, the other can decrypt.
 * Each has a policy and an alias of its own, of the same form as that of its primary key.
 */
export class EncryptionKeyReplicas extends pulumi.ComponentResource implements KeysRef {
  readonly secretsKeyArn: pulumi.Output<string>;
  readonly logsKeyArn: pulumi.Output<string>;
  readonly volumesKeyArn: pulumi.Output<string>;
  readonly registryKeyArn: pulumi.Output<string>;

  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: EncryptionKeyReplicasArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:EncryptionKeyReplicas", name, {}, opts);
    needs(`EncryptionKeyReplicas '${name}'`, args, {
      primary: keysRef("secretsKeyArn", "logsKeyArn", "volumesKeyArn", "registryKeyArn"),
      administrators: list(PRINCIPAL),
    });
    const { primary, administrators } = args;
    refuse(`EncryptionKeyReplicas '${name}'`, [...primaryIssues(primary), ...encryptionKeysIssues(name, args)]);
    const protection = args.deletionProtection ?? DeletionProtection.on();
    const account = accountOf(this);

    const create = (purpose: KeyPurpose, primaryKeyArn: pulumi.Input<string>) => {
      const child = `${name}-${purpose}`;
      const statements = keyPolicy(purpose, account, {
        administrators: administrators.map(({ arn }) => arn),
        users: args.users?.[purpose]?.map(({ arn }) => arn),
        scalingAccounts: purpose === "volumes" ? (args.scalingAccounts ?? []) : [],
      });
      const policy = withoutLockOut(`Key '${child}'`, account, administrators, policyDocument(statements));
      const replica = new kms.ReplicaKey(
        child,
        {
          primaryKeyArn,
          description: `${name}: ${KEY_PURPOSES[purpose].description}`,
          deletionWindowInDays: args.deletionWindowDays ?? KEY_DELETION_WINDOW_DAYS,
          ...(policy !== undefined && { policy }),
          tags: named(child, args.tags),
        },
        { parent: this, protect: protection.enabled, dependsOn: after(opts) },
      );
      new kms.Alias(
        `${child}-alias`,
        { name: aliasOf(name, purpose, args.aliases), targetKeyId: replica.keyId },
        { parent: this },
      );
      return replica.arn;
    };

    this.secretsKeyArn = create("secrets", primary.secretsKeyArn);
    this.logsKeyArn = create("logs", primary.logsKeyArn);
    this.volumesKeyArn = create("volumes", primary.volumesKeyArn);
    this.registryKeyArn = create("registry", primary.registryKeyArn);
    const { secretsKeyArn, logsKeyArn, volumesKeyArn, registryKeyArn } = this;
    const people = [...administrators, ...Object.values(args.users ?? {}).flat()];
    const relaxations = [protection, ...people].flatMap(({ relaxation }) => relaxation ?? []);
    this.registerOutputs(published({ secretsKeyArn, logsKeyArn, volumesKeyArn, registryKeyArn }, relaxations));
  }
}

/** Checks that each key that is known is one of several Regions, by its id. */
function primaryIssues({ secretsKeyArn, logsKeyArn, volumesKeyArn, registryKeyArn }: KeysRef): Issue[] {
  return Object.entries({ secretsKeyArn, logsKeyArn, volumesKeyArn, registryKeyArn }).flatMap(([purpose, given]) => {
    const path = `primary.${purpose}`;
    const issues = keyArnIssues(path, given);
    if (issues.length > 0 || typeof given !== "string" || given.includes(":key/mrk-")) return issues;
    const advice = "Make the primary keys with `multiRegion: true`: a key of one Region stays one";
    return [issue("NotAllowed", path, "must be a key of several Regions, its id begins with 'mrk-'", given, advice)];
  });
}

import * as ebs from "@pulumi/aws/ebs/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";
import { issue } from "../../core/issue.js";
import type { Issue } from "../../core/issue.js";
import { keyArnIssues } from "../encryption/key-arn.js";
import type { KeysRef } from "../encryption/reference.js";
import { refuse } from "../errors.js";
import { after, published } from "../options.js";
import { DeletionProtection } from "../protection.js";

/** The defaults of {@link AccountDefaultsArgs}. */
export const ACCOUNT_DEFAULTS = { metadataHopLimit: 1, passwordLength: 14 } as const;

/** Old passwords that nobody may choose again: as many as IAM remembers (CIS AWS Foundations 1.9). */
const REMEMBERED_PASSWORDS = 24;

/** What new volumes are encrypted with. */
export interface EbsEncryptionOptions {
  /**
   * The key of volumes for which nobody names a key; its policy admits EC2 and Auto Scaling, as that of
   * {@link EncryptionKeys}.
   *
   * @default - the key that AWS has for the account, `aws/ebs`
   */
  readonly keys?: Pick<KeysRef, "volumesKeyArn">;
}

/** What instances get for which nobody says otherwise. */
export interface InstanceMetadataOptions {
  /**
   * Network hops that an answer of the metadata service goes, 1 to 64: with 1 no pod on a network of its own gets it.
   *
   * @default 1
   */
  readonly metadataHopLimit?: number;
}

/** Passwords of IAM users, for accounts that have such. */
export interface PasswordPolicyOptions {
  /**
   * Characters of a password, 14 to 128 (CIS AWS Foundations 1.8).
   *
   * @default 14
   */
  readonly passwordLength?: number;
}

/**
 * What an account has one of, in a Region or altogether. Each is set when it is named, and left alone when not: two stacks that
 * set the same one overwrite each other at every `up`. Name each in one stack of the account, and Region by Region where it is
 * the Region's. To take over one that is set already is to set it: nothing collides at the first deployment.
 */
export interface AccountDefaultsArgs {
  /**
   * New volumes and copies of snapshots are encrypted. Of the Region (Security Hub EC2.7).
   *
   * @default - left alone
   */
  readonly ebsEncryption?: EbsEncryptionOptions;
  /**
   * New instances answer IMDSv2 only. Of the Region (Security Hub EC2.8).
   *
   * @default - left alone
   */
  readonly instanceMetadata?: InstanceMetadataOptions;
  /**
   * Snapshots are public to nobody, those shared before too. Of the Region (Security Hub EC2.182).
   *
   * @default - left alone
   */
  readonly blockPublicSnapshots?: boolean;
  /**
   * Machine images are made public no more; those shared before stay so. Of the Region (Security Hub EC2.183).
   *
   * @default - left alone
   */
  readonly blockPublicImages?: boolean;
  /**
   * No bucket of the account is public, whatever its own settings say. Of the account (Security Hub S3.1).
   *
   * @default - left alone
   */
  readonly blockPublicBuckets?: boolean;
  /**
   * Passwords of IAM users are long, and not chosen again. Of the account (CIS AWS Foundations 1.8, 1.9).
   *
   * @default - left alone
   */
  readonly passwordPolicy?: PasswordPolicyOptions;
  /**
   * Whether the settings stay when the stack is destroyed, or an argument left out: other things of the account rely on them.
   * Off, they go back to AWS's own, but that of images, which the provider never undoes.
   *
   * @default - `DeletionProtection.on()`
   */
  readonly deletionProtection?: DeletionProtection;
}

/**
 * Settings of an account and Region by which what nobody thought of is closed too. All are opt-in. A VPC's block of public
 * access is another setting of that kind: {@link Network} has it.
 */
export class AccountDefaults extends pulumi.ComponentResource {
  /** @throws pulumi.RunError with every problem of the arguments. */
  constructor(name: string, args: AccountDefaultsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:infra:AccountDefaults", name, {}, opts);
    refuse(`AccountDefaults '${name}'`, accountDefaultsIssues(args));
    const protection = args.deletionProtection ?? DeletionProtection.on();
    const options = { parent: this, retainOnDelete: protection.enabled, dependsOn: after(opts) };

    if (args.ebsEncryption !== undefined) {
      const encrypted = new ebs.EncryptionByDefault(`${name}-ebs-encryption`, { enabled: true }, options);
      const keyArn = args.ebsEncryption.keys?.volumesKeyArn;
      if (keyArn !== undefined)
        new ebs.DefaultKmsKey(`${name}-ebs-key`, { keyArn }, { ...options, dependsOn: after(opts, encrypted) });
    }
    if (args.instanceMetadata !== undefined)
      new ec2.InstanceMetadataDefaults(
        `${name}-instance-metadata`,
        {
          httpEndpoint: "enabled",
          httpTokens: "required",
          httpPutResponseHopLimit: args.instanceMetadata.metadataHopLimit ?? ACCOUNT_DEFAULTS.metadataHopLimit,
          instanceMetadataTags: "no-preference",
        },
        options,
      );
    if (args.blockPublicSnapshots === true)
      new ebs.SnapshotBlockPublicAccess(`${name}-snapshots`, { state: "block-all-sharing" }, options);
    if (args.blockPublicImages === true)
      new ec2.ImageBlockPublicAccess(`${name}-images`, { state: "block-new-sharing" }, options);
    if (args.blockPublicBuckets === true)
      new s3.AccountPublicAccessBlock(
        `${name}-buckets`,
        { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
        options,
      );
    if (args.passwordPolicy !== undefined)
      new iam.AccountPasswordPolicy(
        `${name}-passwords`,
        {
          minimumPasswordLength: args.passwordPolicy.passwordLength ?? ACCOUNT_DEFAULTS.passwordLength,
          passwordReusePrevention: REMEMBERED_PASSWORDS,
          requireLowercaseCharacters: true,
          requireUppercaseCharacters: true,
          requireNumbers: true,
          requireSymbols: true,
          allowUsersToChangePassword: true,
        },
        options,
      );
    this.registerOutputs(published({}, protection.relaxation === undefined ? [] : [protection.relaxation]));
  }
}

function accountDefaultsIssues(args: AccountDefaultsArgs): Issue[] {
  const { deletionProtection, ...settings } = args;
  const issues = keyArnIssues("ebsEncryption.keys.volumesKeyArn", args.ebsEncryption?.keys?.volumesKeyArn);
  const hops = args.instanceMetadata?.metadataHopLimit;
  if (hops !== undefined && (!Number.isInteger(hops) || hops < 1 || hops > 64)) {
    const path = "instanceMetadata.metadataHopLimit";
    issues.push(issue("OutOfRange", path, "must be a whole number from 1 to 64", hops, "Leave it out for 1"));
  }
  const length = args.passwordPolicy?.passwordLength;
  if (length !== undefined && (!Number.isInteger(length) || length < 14 || length > 128)) {
    const path = "passwordPolicy.passwordLength";
    issues.push(issue("OutOfRange", path, "must be a whole number from 14 to 128", length, "Leave it out for 14"));
  }
  if (!Object.values(settings).some((one) => typeof one === "object" || one)) {
    const given = deletionProtection === undefined ? {} : { deletionProtection: "given" };
    const advice = "Name one, like `ebsEncryption: {}`, or leave the component out";
    issues.push(issue("Required", "args", "must name a setting", given, advice));
  }
  return issues;
}
